import assert from "node:assert/strict";
import type { Calls } from "../environment/commands";
import type { Operation, Project } from "../environment/project";
import { Rhombus } from "../environment/rhombus";
import { type Contestant, contestants, declaring, openProject } from "../implementations";

/** The steps of a stack's life, in their order. */
export const steps = ["preview", "up", "unchanged", "oneChange", "refresh", "destroy"] as const;

/** A step of a stack's life: a preview of all, then they are made, nothing is changed, one field is, all are read and removed. */
export type Step = (typeof steps)[number];

/** What one step took. */
export interface Sample {
  /** Whose step. */
  readonly contestant: Contestant;
  /** How many groups the stack has. */
  readonly groups: number;
  /** Which repetition. */
  readonly repetition: number;
  /** Which step. */
  readonly step: Step;
  /** Its seconds. */
  readonly seconds: number;
  /** The CPU seconds of all its processes. */
  readonly cpuSeconds?: number;
  /** The most memory that the provider's process held, in bytes. */
  readonly providerBytes?: number;
  /** The size of the state after it, in bytes. */
  readonly stateBytes: number;
  /** The calls that it made. */
  readonly calls: Calls;
}

/** How often a size is measured. */
export interface SizePlan {
  /** How many groups. */
  readonly groups: number;
  /** How many repetitions each contestant has. */
  readonly repetitions: number;
}

/** A contestant with a stack of its own, and with a Rhombus of its own, where nobody else has taken the names. */
interface Player {
  readonly contestant: Contestant;
  readonly project: Project;
  readonly rhombus: Rhombus;
}

/**
 * Has the contestants take turns at each step, so that whatever else the machine does meets all of them.
 * @param plan What is measured.
 * @param tell Told of each sample.
 */
export async function measureSize(plan: SizePlan, tell: (sample: Sample) => void): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let repetition = 0; repetition < plan.repetitions; repetition += 1) {
    const players: Player[] = [];
    try {
      for (const contestant of contestants) players.push(await open(contestant));
      for (const [number, step] of steps.entries()) {
        for (const player of inTurn(players, repetition + number)) {
          const sample = await take(player, step, plan.groups, repetition);
          samples.push(sample);
          tell(sample);
        }
      }
      for (const { contestant, rhombus } of players) {
        assert.deepEqual(await rhombus.ask("remains"), [], `${contestant} leaves something behind`);
      }
    } finally {
      for (const player of players) await close(player);
    }
  }
  return samples;
}

async function open(contestant: Contestant): Promise<Player> {
  const rhombus = await Rhombus.start();
  try {
    return { contestant, rhombus, project: await openProject(contestant, rhombus.url) };
  } catch (error) {
    await rhombus.close();
    throw error;
  }
}

async function close({ project, rhombus }: Player): Promise<void> {
  project.close();
  await rhombus.close();
}

/** Another one begins each time. */
function inTurn<Each>(all: readonly Each[], turn: number): Each[] {
  const first = turn % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

async function take(
  { contestant, project, rhombus }: Player,
  step: Step,
  groups: number,
  repetition: number,
): Promise<Sample> {
  await rhombus.ask("clear");
  const env = declaring({ groups, ...changedIn(step, groups) });
  const { seconds, cpuSeconds, peaks } = await project.run(operations[step], {
    env,
    expected: expectedOf(step, groups),
  });
  const calls = await rhombus.ask("calls");
  return {
    contestant,
    groups,
    repetition,
    step,
    seconds,
    ...(cpuSeconds === undefined ? {} : { cpuSeconds }),
    ...(peaks.provider === undefined ? {} : { providerBytes: peaks.provider }),
    stateBytes: project.stateBytes(),
    calls,
  };
}

const operations: Readonly<Record<Step, Operation>> = {
  preview: "preview",
  up: "up",
  unchanged: "up",
  oneChange: "up",
  refresh: "refresh",
  destroy: "destroy",
};

function changedIn(step: Step, groups: number): { changed?: number } {
  return step === "oneChange" ? { changed: Math.floor(groups / 2) } : {};
}

function expectedOf(step: Step, groups: number): string {
  const all = groups + 1;
  const expected: Readonly<Record<Step, string>> = {
    preview: `+ ${all} to create`,
    up: `+ ${all} created`,
    unchanged: `${all} unchanged`,
    oneChange: "~ 1 updated",
    refresh: `${all} unchanged`,
    destroy: `- ${all} deleted`,
  };
  return expected[step];
}
