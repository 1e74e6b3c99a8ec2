import type { OperationName } from "../../../provider/emulator";
import type { ResourceType } from "../../../provider/resources/registry";
import type { Stored } from "../../drivers/stack";
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
const circumstances: readonly Circumstances[] = (["once", "twice", "always", "outage"] as const).flatMap((lasts) =>
  (["0", "2"] as const).flatMap((retries) => [false, true].map((refreshes) => ({ lasts, retries, refreshes }))),
);

/** The scenario's name, by which it can be played alone. */
export function nameOf({ chart, step, fault, lasts, retries, refreshes }: Scenario): string {
  const recovery = refreshes ? "refresh first" : "up at once";
  return `${chart.journey.name}, ${step.operation} ${step.nth + 1}, ${fault}, ${lasts}, ${retries} retries, ${recovery}`;
}

/** Tells whether a call only reads. */
export function isRead({ operation }: Step): boolean {
  return /^(?:get|find|list)/.test(operation);
}

/** Every scenario of a journey: each step, with each fault, in all circumstances. */
export function allOf(chart: Chart): Scenario[] {
  return pairsOf(chart).flatMap((pair) => circumstances.map((each) => ({ ...pair, ...each })));
}

/**
 * A covering of all scenarios: each step with each fault once, in circumstances which are chosen so that every fault and
 * every operation meets all of them.
 */
export function coveringOf(charts: readonly Chart[]): Scenario[] {
  return covering(charts.flatMap(pairsOf).map((pair) => [pair]));
}

/**
 * A smaller covering: each operation of a resource with each fault once, in whichever journey, and what else it takes for
 * every step to be struck, and for every fault and every operation to meet all circumstances.
 */
export function smallCoveringOf(charts: readonly Chart[]): Scenario[] {
  const groups = new Map<string, Pair[]>();
  for (const pair of charts.flatMap(pairsOf)) {
    const name = `${typeOf(pair.chart)} ${pair.step.operation} ${pair.fault}`;
    groups.set(name, [...(groups.get(name) ?? []), pair]);
  }
  return covering([...groups.values()], charts.flatMap(allOf));
}

/** One scenario of each group, chosen for what it brings in; then those of the others that bring in what is missing. */
function covering(groups: readonly (readonly Pair[])[], others: readonly Scenario[] = []): Scenario[] {
  const met = new Set<string>();
  const take = (scenario: Scenario) => {
    for (const meeting of meetingsOf(scenario)) met.add(meeting);
    return scenario;
  };
  const ofGroups = groups.map((group, turn) => take(bestOf(group, turn, met)));
  const more = others.flatMap((each) => (meetingsOf(each).every((meeting) => met.has(meeting)) ? [] : [take(each)]));
  return [...ofGroups, ...more];
}

/** The meetings that a covering has to have. */
export function meetingsOf(scenario: Scenario): string[] {
  const { chart, step, fault, lasts, retries, refreshes } = scenario;
  const { name } = chart.journey;
  const circumstance = [lasts, retries, refreshes].join();
  return [
    `${name}, ${step.operation} ${step.nth}`,
    `${name}, ${lasts}`,
    ...[fault, step.operation].map((each) => `${each}, ${circumstance}`),
  ];
}

/** The scenario of a group that brings in most meetings. Among equals, each turn begins with another circumstance. */
function bestOf(group: readonly Pair[], turn: number, met: ReadonlySet<string>): Scenario {
  const turned = circumstances.map((_, index) => ({
    ...usual,
    ...circumstances[(index + turn) % circumstances.length],
  }));
  const scenarios = group.flatMap((pair) => turned.map((each) => ({ ...pair, ...each })));
  const news = scenarios.map((each) => meetingsOf(each).filter((meeting) => !met.has(meeting)).length);
  const best = scenarios[news.indexOf(Math.max(...news))];
  if (best === undefined) throw new RangeError("a group has no scenario");
  return best;
}

const usual: Circumstances = { lasts: "once", retries: "0", refreshes: false };

/** The type of the resource. */
export function typeOf({ journey }: Pick<Chart, "journey">): ResourceType {
  const [declared] = Object.values({ ...journey.before, ...journey.program });
  if (declared === undefined) throw new TypeError("A journey has no resource.");
  return declared.type;
}

type Pair = Pick<Scenario, "chart" | "step" | "fault">;

function pairsOf(chart: Chart): Pair[] {
  return chart.steps.flatMap((step) =>
    (isRead(step) ? readFaultNames : faultNames).map((fault) => ({ chart, step, fault })),
  );
}
