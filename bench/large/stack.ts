import type { Peaks } from "../environment/memory";
import type { Operation } from "../environment/project";
import { Rhombus } from "../environment/rhombus";
import { declare, openLarge, type Program } from "./largeProject";
import { deployment, group, largeOrganization } from "./organization";

/** The size of the stack. */
export interface Size {
  readonly groups: number;
  /** The number of members of each group. */
  readonly members: number;
  /** The number of OnGuard deployments. */
  readonly deployments: number;
  /** The number of doors of each deployment. */
  readonly doors: number;
}

/** The measurement of one command. */
export interface Step {
  /** The command and its situation, for the table. */
  readonly what: string;
  /** The duration, in seconds. */
  readonly seconds: number;
  /** The peak memory of its processes. */
  readonly peaks: Peaks;
  /** The number of API calls. */
  readonly calls: number;
  /** The size of the state afterwards, in bytes. */
  readonly stateBytes: number;
}

/** Deploys a large stack with the real CLI, refreshes it, changes one group, and destroys it. */
export async function measureStack(size: Size, onStep: (step: Step) => void): Promise<Step[]> {
  const rhombus = await Rhombus.start({ seed: largeOrganization() });
  try {
    return await runSteps(size, rhombus, onStep);
  } finally {
    await rhombus.close();
  }
}

async function runSteps(size: Size, rhombus: Rhombus, onStep: (step: Step) => void): Promise<Step[]> {
  const project = await openLarge(rhombus.url, programOf(size));
  const all = size.groups + size.deployments + 1;
  const steps: Step[] = [];
  const step = async (what: string, operation: Operation, expected: string) => {
    await rhombus.send("clear");
    const { seconds, peaks } = await project.run(operation, { expected });
    const { total } = await rhombus.send("calls");
    const done = { what, seconds, peaks, calls: total, stateBytes: project.stateBytes() };
    steps.push(done);
    onStep(done);
  };
  try {
    await step("up", "up", `+ ${all} created`);
    await step("refresh", "refresh", `${all} unchanged`);
    await step("preview", "preview", `${all} unchanged`);
    declare(project, programOf(size, "Enters by night"));
    await step("up, one group changed", "up", "~ 1 updated");
    await step("destroy", "destroy", `- ${all} deleted`);
    const remains = await rhombus.send("remains");
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

/** The steps as a table of Markdown. */
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
