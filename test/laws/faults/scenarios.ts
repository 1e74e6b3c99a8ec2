import type { OperationName } from "../../../provider/emulator";
import type { ResourceType } from "../../../provider/resources/registry";
import type { Stored } from "../../drivers/stack";
import type { Deployment } from "./deployments";
import { faultNames, isInAnswer, readFaultNames } from "./faults";

/** One call of a deployment. */
export interface Step {
  readonly operation: OperationName;
  /** The number of calls of this operation before it. */
  readonly nth: number;
  /** The number of calls of any operation before it. */
  readonly position: number;
}

/** A deployment without a fault. */
export interface Baseline {
  readonly deployment: Deployment;
  readonly steps: readonly Step[];
  /** The objects of the organization at the end. */
  readonly content: unknown;
  /** The resources in the state at the end. */
  readonly resources: Readonly<Record<string, Stored>>;
  /** The secrets that Rhombus hides, so that the state cannot have them. */
  readonly hidden: readonly string[];
}

/** A fault of a step of a deployment, and its circumstances. */
export interface Scenario {
  readonly baseline: Baseline;
  /** The first call that fails. */
  readonly step: Step;
  /** The name of the fault. */
  readonly fault: string;
  /**
   * `once`, `twice`: that many calls of the operation fail, even if the second one is in the next run. `always`: all calls of
   * the operation until the engine has given up. `outage`: all calls of any operation until then.
   */
  readonly lasts: "once" | "twice" | "always" | "outage";
  /** The retries of the client. */
  readonly retries: "0" | "2";
  /** True if the user refreshes before the operation runs again. */
  readonly refreshes: boolean;
}

type Conditions = Pick<Scenario, "lasts" | "retries" | "refreshes">;

const conditions: readonly Conditions[] = (["once", "twice", "always", "outage"] as const).flatMap((lasts) =>
  (["0", "2"] as const).flatMap((retries) => [false, true].map((refreshes) => ({ lasts, retries, refreshes }))),
);

/** The scenario's name, by which it can be run alone. */
export function nameOf({ baseline, step, fault, lasts, retries, refreshes }: Scenario): string {
  const recovery = refreshes ? "refresh first" : "up at once";
  return `${baseline.deployment.name}, ${step.operation} ${step.nth + 1}, ${fault}, ${lasts}, ${retries} retries, ${recovery}`;
}

/** True for a call that only reads. */
export function isRead({ operation }: Step): boolean {
  return /^(?:get|find|list)/.test(operation);
}

/** Every scenario of a deployment: each step, with each fault, in all conditions. */
export function allOf(baseline: Baseline): Scenario[] {
  return pairsOf(baseline).flatMap((pair) => conditions.map((each) => ({ ...pair, ...each })));
}

/** The resources that are written as another one is: Kisi as Genea, a grant as a schedule. */
const likeOthers: ReadonlySet<ResourceType> = new Set(["KisiIntegration", "AccessGrant"]);

/** A covering of all scenarios: some of them that have every combination. */
export function coveringOf(baselines: readonly Baseline[], combinations = combinationsOf): Scenario[] {
  const covered = new Set<string>();
  const pairs = baselines.flatMap(pairsOf).map((pair, turn) => {
    const start = turn % conditions.length;
    const rotated = [...conditions.slice(start), ...conditions.slice(0, start)];
    return rotated.map((each) => {
      const scenario = { ...pair, ...each };
      return { scenario, combined: combinations(scenario) };
    });
  });
  // Scenarios with many combinations come first, so that few scenarios suffice.
  return [7, 6, 5, 4, 3, 2, 1].flatMap((least) =>
    pairs.flatMap((candidates) => {
      const news = candidates.map(({ combined }) => combined.filter((one) => !covered.has(one)).length);
      const most = Math.max(...news);
      if (most < least) return [];
      const chosen = candidates.slice(news.indexOf(most)).slice(0, 1);
      for (const combination of chosen.flatMap(({ combined }) => combined)) covered.add(combination);
      return chosen.map(({ scenario }) => scenario);
    }),
  );
}

/**
 * The combinations of a small covering, at most seven. Each step of each deployment has a fault. Each operation has each fault in
 * the form of an answer; each write has each other fault as well, unless another resource is written in the same way: then it is
 * one of the writes, as for each resource one of the reads. Each deployment, fault and operation has each duration; each fault and
 * operation has each way to recover.
 */
export function combinationsOf(scenario: Scenario): string[] {
  const { baseline, step, fault, lasts, retries, refreshes } = scenario;
  const { name } = baseline.deployment;
  const { operation } = step;
  const recovery = `${retries} retries, ${refreshes}`;
  return [
    `${name}, ${operation} ${step.nth}`,
    faultCombination(scenario),
    `${name}, ${lasts}`,
    ...[fault, operation].flatMap((each) => [`${each}, ${lasts}`, `${each}, ${recovery}`]),
  ];
}

function faultCombination({ baseline, step, fault }: Scenario): string {
  const type = typeOf(baseline);
  const isOneOfAll = !isInAnswer(fault) && (isRead(step) || likeOthers.has(type));
  // Both versions of an operation have the same code.
  const place = isOneOfAll ? `${type}, ${isRead(step) ? "a read" : "a write"}` : step.operation.replace(/V2$/, "");
  return `${place}, ${fault}`;
}

/** The combinations of a larger covering, in which each step has each fault, and each fault and operation all conditions. */
export function stepCombinationsOf({ baseline, step, fault, lasts, retries, refreshes }: Scenario): string[] {
  const { name } = baseline.deployment;
  const condition = [lasts, retries, refreshes].join();
  return [
    `${name}, ${step.position}, ${fault}`,
    `${name}, ${lasts}`,
    `${fault}, ${condition}`,
    `${step.operation}, ${condition}`,
  ];
}

/** The type of the resource. */
export function typeOf({ deployment }: Pick<Baseline, "deployment">): ResourceType {
  const [declared] = Object.values({ ...deployment.before, ...deployment.program });
  if (declared === undefined) throw new TypeError("A deployment has no resource.");
  return declared.type;
}

function pairsOf(baseline: Baseline): Pick<Scenario, "baseline" | "step" | "fault">[] {
  return baseline.steps.flatMap((step) =>
    (isRead(step) ? readFaultNames : faultNames).map((fault) => ({ baseline, step, fault })),
  );
}
