import assert from "node:assert/strict";
import { type Emulator, startEmulator } from "../../provider/emulator";
import { type Calls, callsOf } from "../environment/calls";
import type { Operation, Project } from "../environment/project";
import { groupsEnv, type Implementation, implementations, openProject } from "../implementations";

export const steps = ["preview", "up", "unchanged", "oneChange", "refresh", "destroy"] as const;

/**
 * A step: preview the creation of all groups, create them, run `up` without a change, change one field, refresh, destroy.
 */
export type Step = (typeof steps)[number];

export interface Sample {
  readonly implementation: Implementation;
  readonly groups: number;
  readonly repetition: number;
  readonly step: Step;
  /** The duration of the command, in seconds. */
  readonly seconds: number;
  /** The CPU seconds of all its processes; absent if the system does not report them. */
  readonly cpuSeconds?: number;
  /** The peak memory of the provider process, in bytes; absent if the system does not report it. */
  readonly providerBytes?: number;
  readonly stateBytes: number;
  readonly calls: Calls;
}

export interface SizePlan {
  readonly groups: number;
  /** The number of repetitions for each implementation. */
  readonly repetitions: number;
}

/** An implementation with a stack and an emulator of its own, so that names do not conflict. */
interface Participant {
  readonly implementation: Implementation;
  readonly project: Project;
  readonly emulator: Emulator;
}

/**
 * Measures a size. The implementations take turns at each step, so that other work on the machine affects all of them.
 */
export async function measureSize(plan: SizePlan, onSample: (sample: Sample) => void): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let repetition = 0; repetition < plan.repetitions; repetition += 1) {
    const participants: Participant[] = [];
    try {
      for (const implementation of implementations) participants.push(await open(implementation));
      for (const [number, step] of steps.entries()) {
        for (const participant of rotated(participants, repetition + number)) {
          const sample = await measureStep(participant, step, plan.groups, repetition);
          samples.push(sample);
          onSample(sample);
        }
      }
      for (const { implementation, emulator } of participants) {
        assert.deepEqual(emulator.remains(), [], `${implementation} leaves objects behind`);
      }
    } finally {
      for (const participant of participants) await close(participant);
    }
  }
  return samples;
}

async function open(implementation: Implementation): Promise<Participant> {
  const emulator = await startEmulator();
  try {
    return { implementation, emulator, project: await openProject(implementation, emulator.url) };
  } catch (error) {
    await emulator.close();
    throw error;
  }
}

async function close({ project, emulator }: Participant): Promise<void> {
  project.close();
  await emulator.close();
}

/** The list, beginning with another element each time. */
function rotated<Each>(all: readonly Each[], turn: number): Each[] {
  const first = turn % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

async function measureStep(
  { implementation, project, emulator }: Participant,
  step: Step,
  groups: number,
  repetition: number,
): Promise<Sample> {
  emulator.clearRequests();
  const env = groupsEnv({ groups, ...changedIn(step, groups) });
  const { seconds, cpuSeconds, peaks } = await project.run(operations[step], {
    env,
    expected: expectedOf(step, groups),
  });
  const calls = callsOf(emulator);
  return {
    implementation,
    groups,
    repetition,
    step,
    seconds,
    cpuSeconds,
    providerBytes: peaks.provider,
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
