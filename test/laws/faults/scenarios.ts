import type { OperationName } from "../../../provider/emulator";
import type { Stored } from "../../resources/stack";
import { faultNames, readFaultNames } from "./faults";
import type { Journey } from "./journeys";

/** One call of a journey. */
export interface Step {
  /** Its operation. */
  readonly operation: OperationName;
  /** How many calls of this operation come before it. */
  readonly nth: number;
  /** How many calls of any operation come before it. */
  readonly position: number;
}

/** A journey as it goes when nothing goes wrong. */
export interface Chart {
  /** The journey. */
  readonly journey: Journey;
  /** Its calls, in order. */
  readonly steps: readonly Step[];
  /** What the organization has at the end. */
  readonly content: unknown;
  /** What the state has at the end: the resource, or nothing. */
  readonly resources: readonly Stored[];
  /** The secrets that nobody can know, where the vendor hides them. */
  readonly hidden: readonly string[];
}

/**
 * How long a fault lasts. `once`, `twice`: that many calls of the operation, even if the second one is in the next run.
 * `always`: all calls of the operation until the engine has given up. `outage`: all calls of any operation until then.
 */
export type Duration = "once" | "twice" | "always" | "outage";

/** What surrounds a fault. */
export interface Circumstances {
  /** How long it lasts. */
  readonly lasts: Duration;
  /** How often the client may try a call again. */
  readonly retries: "0" | "2";
  /** Whether the user refreshes before the operation runs again. */
  readonly refreshes: boolean;
}

/** A fault that strikes a step of a journey. */
export interface Scenario extends Circumstances {
  /** The journey. */
  readonly chart: Chart;
  /** The first call that is struck. */
  readonly step: Step;
  /** The name of the fault. */
  readonly fault: string;
}

/** All circumstances that there are. */
export const circumstances: readonly Circumstances[] = (["once", "twice", "always", "outage"] as const).flatMap(
  (lasts) =>
    (["0", "2"] as const).flatMap((retries) => [false, true].map((refreshes) => ({ lasts, retries, refreshes }))),
);

/** The scenario's name, by which it can be played alone. */
export function nameOf({ chart, step, fault, lasts, retries, refreshes }: Scenario): string {
  const recovery = refreshes ? "refresh first" : "up at once";
  return `${chart.journey.name}, ${step.operation} ${step.nth + 1}, ${fault}, ${lasts}, ${retries} retries, ${recovery}`;
}

/** The names of the faults that can strike a step. */
function faultsOf({ operation }: Step): readonly string[] {
  return /^(?:get|find|list)/.test(operation) ? readFaultNames : faultNames;
}

/** Every scenario of a journey: each step, with each fault, in all circumstances. */
export function allOf(chart: Chart): Scenario[] {
  return pairsOf(chart).flatMap((pair) => circumstances.map((each) => ({ ...pair, ...each })));
}

/**
 * A covering of all scenarios: each step with each fault once, in circumstances which are chosen so that every fault, every
 * operation and every journey meets all of them.
 */
export function coveringOf(charts: readonly Chart[]): Scenario[] {
  const met = new Set<string>();
  return charts.flatMap(pairsOf).map((pair, index) => {
    const turned = circumstances.map((_, turn) => (index + turn) % circumstances.length);
    const news = turned.map((each) => meetings(pair, each).filter((meeting) => !met.has(meeting)).length);
    const best = turned[news.indexOf(Math.max(...news))] ?? 0;
    for (const meeting of meetings(pair, best)) met.add(meeting);
    return { ...pair, lasts: "once", retries: "0", refreshes: false, ...circumstances[best] };
  });
}

/** What meets the circumstances of a number in a scenario. */
function meetings({ chart, step, fault }: Pair, circumstance: number): string[] {
  return [fault, step.operation, chart.journey.name].map((each) => `${each} ${circumstance}`);
}

type Pair = Pick<Scenario, "chart" | "step" | "fault">;

function pairsOf(chart: Chart): Pair[] {
  return chart.steps.flatMap((step) => faultsOf(step).map((fault) => ({ chart, step, fault })));
}
