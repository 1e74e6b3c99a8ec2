import type { OperationName } from "../../../provider/emulator";
import type { ResourceType } from "../../../provider/resources/registry";
import type { Stored } from "../../drivers/stack";
import type { Deployment } from "./deployments";
import { faultNames, readFaultNames } from "./faults";

/** One call of a deployment. */
export interface Step {
  /** Its operation. */
  readonly operation: OperationName;
  /** How many calls of this operation come before it. */
  readonly nth: number;
  /** How many calls of any operation come before it. */
  readonly position: number;
}

/** A deployment as it goes when nothing goes wrong. */
export interface Baseline {
  /** The deployment. */
  readonly deployment: Deployment;
  /** Its calls, in order. */
  readonly steps: readonly Step[];
  /** What the organization has at the end. */
  readonly content: unknown;
  /** What the state has at the end: the resource, or nothing. */
  readonly resources: Readonly<Record<string, Stored>>;
  /** The secrets that nobody can know, where the vendor hides them. */
  readonly hidden: readonly string[];
}

/**
 * How long a fault lasts. `once`, `twice`: that many calls of the operation, even if the second one is in the next run.
 * `always`: all calls of the operation until the engine has given up. `outage`: all calls of any operation until then.
 */
export type Duration = "once" | "twice" | "always" | "outage";

/** What surrounds a fault. */
export interface Conditions {
  /** How long it lasts. */
  readonly lasts: Duration;
  /** How often the client may try a call again. */
  readonly retries: "0" | "2";
  /** Whether the user refreshes before the operation runs again. */
  readonly refreshes: boolean;
}

/** A fault that strikes a step of a deployment. */
export interface Scenario extends Conditions {
  /** The deployment. */
  readonly baseline: Baseline;
  /** The first call that is struck. */
  readonly step: Step;
  /** The name of the fault. */
  readonly fault: string;
}

/** All conditions that there are. */
const conditions: readonly Conditions[] = (["once", "twice", "always", "outage"] as const).flatMap((lasts) =>
  (["0", "2"] as const).flatMap((retries) => [false, true].map((refreshes) => ({ lasts, retries, refreshes }))),
);

/** The scenario's name, by which it can be run alone. */
export function nameOf({ baseline, step, fault, lasts, retries, refreshes }: Scenario): string {
  const recovery = refreshes ? "refresh first" : "up at once";
  return `${baseline.deployment.name}, ${step.operation} ${step.nth + 1}, ${fault}, ${lasts}, ${retries} retries, ${recovery}`;
}

/** Tells whether a call only reads. */
export function isRead({ operation }: Step): boolean {
  return /^(?:get|find|list)/.test(operation);
}

/** Every scenario of a deployment: each step, with each fault, in all conditions. */
export function allOf(baseline: Baseline): Scenario[] {
  return pairsOf(baseline).flatMap((pair) => conditions.map((each) => ({ ...pair, ...each })));
}

/**
 * A covering of all scenarios: each step with each fault once, in conditions which are chosen so that every fault and
 * every operation meets all of them.
 */
export function coveringOf(baselines: readonly Baseline[]): Scenario[] {
  return covering(baselines.flatMap(pairsOf).map((pair) => [pair]));
}

/**
 * A smaller covering: each operation of a resource with each fault once, in whichever deployment, and what else it takes for
 * every step to be struck, and for every fault and every operation to runInterleaved all conditions.
 */
export function smallCoveringOf(baselines: readonly Baseline[]): Scenario[] {
  const groups = new Map<string, Pair[]>();
  for (const pair of baselines.flatMap(pairsOf)) {
    const name = `${typeOf(pair.baseline)} ${pair.step.operation} ${pair.fault}`;
    groups.set(name, [...(groups.get(name) ?? []), pair]);
  }
  return covering([...groups.values()], baselines.flatMap(allOf));
}

/** One scenario of each group, chosen for what it brings in; then those of the others that bring in what is missing. */
function covering(groups: readonly (readonly Pair[])[], others: readonly Scenario[] = []): Scenario[] {
  const covered = new Set<string>();
  const take = (scenario: Scenario) => {
    for (const interleaving of combinationsOf(scenario)) covered.add(interleaving);
    return scenario;
  };
  const ofGroups = groups.map((group, turn) => take(bestOf(group, turn, covered)));
  const more = others.flatMap((each) =>
    combinationsOf(each).every((interleaving) => covered.has(interleaving)) ? [] : [take(each)],
  );
  return [...ofGroups, ...more];
}

/** The combinations that a covering has to have. */
export function combinationsOf(scenario: Scenario): string[] {
  const { baseline, step, fault, lasts, retries, refreshes } = scenario;
  const { name } = baseline.deployment;
  const condition = [lasts, retries, refreshes].join();
  return [
    `${name}, ${step.operation} ${step.nth}`,
    `${name}, ${lasts}`,
    ...[fault, step.operation].map((each) => `${each}, ${condition}`),
  ];
}

/** The scenario of a group that brings in most combinations. Among equals, each turn begins with another condition. */
function bestOf(group: readonly Pair[], turn: number, covered: ReadonlySet<string>): Scenario {
  const turned = conditions.map((_, index) => ({
    ...usual,
    ...conditions[(index + turn) % conditions.length],
  }));
  const scenarios = group.flatMap((pair) => turned.map((each) => ({ ...pair, ...each })));
  const news = scenarios.map(
    (each) => combinationsOf(each).filter((interleaving) => !covered.has(interleaving)).length,
  );
  const best = scenarios[news.indexOf(Math.max(...news))];
  if (best === undefined) throw new RangeError("a group has no scenario");
  return best;
}

const usual: Conditions = { lasts: "once", retries: "0", refreshes: false };

/** The type of the resource. */
export function typeOf({ deployment }: Pick<Baseline, "deployment">): ResourceType {
  const [declared] = Object.values({ ...deployment.before, ...deployment.program });
  if (declared === undefined) throw new TypeError("A deployment has no resource.");
  return declared.type;
}

type Pair = Pick<Scenario, "baseline" | "step" | "fault">;

function pairsOf(baseline: Baseline): Pair[] {
  return baseline.steps.flatMap((step) =>
    (isRead(step) ? readFaultNames : faultNames).map((fault) => ({ baseline, step, fault })),
  );
}
