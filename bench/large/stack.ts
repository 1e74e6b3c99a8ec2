import type { Peaks } from "../environment/memory";
import type { Operation } from "../environment/project";
import { Rhombus } from "../environment/rhombus";
import { declare, openLarge, type Program } from "./largeProject";
import { deployment, group, largeOrganization } from "./organization";

/** How large the stack is. */
export interface Size {
  /** How many groups. */
  readonly groups: number;
  /** How many users each group has. */
  readonly members: number;
  /** How many OnGuard deployments. */
  readonly deployments: number;
  /** How many doors each deployment has. */
  readonly doors: number;
}

/** What one command took. */
export interface Step {
  /** The command, and on what. */
  readonly what: string;
  /** The seconds from its start to its end. */
  readonly seconds: number;
  /** The most memory that its processes held. */
  readonly peaks: Peaks;
  /** How many calls Rhombus got. */
  readonly calls: number;
  /** The size of the state afterwards, in bytes. */
  readonly stateBytes: number;
}

/**
 * Deploys a large stack with the real CLI, reads it again, changes one thing in it, and removes it.
 * @param size How large.
 * @param tell Told of each step.
 */
export async function measureStack(size: Size, tell: (step: Step) => void): Promise<Step[]> {
  const rhombus = await Rhombus.start({ seed: largeOrganization() });
  try {
    return await lifeOf(size, rhombus, tell);
  } finally {
    await rhombus.close();
  }
}

async function lifeOf(size: Size, rhombus: Rhombus, tell: (step: Step) => void): Promise<Step[]> {
  const project = await openLarge(rhombus.url, programOf(size));
  const all = size.groups + size.deployments + 1;
  const steps: Step[] = [];
  const step = async (what: string, operation: Operation, expected: string) => {
    await rhombus.ask("clear");
    const { seconds, peaks } = await project.run(operation, { expected });
    const { total } = await rhombus.ask("calls");
    const done = { what, seconds, peaks, calls: total, stateBytes: project.stateBytes() };
    steps.push(done);
    tell(done);
  };
  try {
    await step("up", "up", `+ ${all} created`);
    await step("refresh", "refresh", `${all} unchanged`);
    await step("preview", "preview", `${all} unchanged`);
    declare(project, programOf(size, "Enters by night"));
    await step("up, one group changed", "up", "~ 1 updated");
    await step("destroy", "destroy", `- ${all} deleted`);
    const remains = await rhombus.ask("remains");
    if (remains.length > 0) throw new Error(`${remains.length} objects are left behind.`);
  } finally {
    project.close();
  }
  return steps;
}

function programOf({ groups, members, deployments, doors }: Size, description?: string): Program {
  const declared = [
    ...Array.from({ length: groups }, (_, number) => {
      const isChanged = description !== undefined && number === 0;
      return [`group-${number}`, group(number, members, isChanged ? { description } : {})] as const;
    }),
    ...Array.from({ length: deployments }, (_, number) => {
      return [`deployment-${number}`, deployment(number, doors)] as const;
    }),
  ];
  return Object.fromEntries(declared);
}

/**
 * The steps as a table of Markdown.
 * @param steps The steps.
 */
export function stackTable(steps: readonly Step[]): string {
  const mebibytes = (bytes: number | undefined) => (bytes === undefined ? "–" : (bytes / 2 ** 20).toFixed(1));
  const rows = steps.map(({ what, seconds, peaks, calls, stateBytes }) => {
    const cells = [seconds.toFixed(1), calls, mebibytes(peaks.provider), mebibytes(peaks.cli), mebibytes(stateBytes)];
    return `| ${[what, ...cells].join(" | ")} |`;
  });
  return [
    "| | seconds | calls | provider, MiB | CLI, MiB | state, MiB |",
    "|---|---:|---:|---:|---:|---:|",
    ...rows,
  ].join("\n");
}
