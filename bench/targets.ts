import type { Implementation } from "./implementations";
import { type Results, ratio, type Summary, samplesOf, summaryOf } from "./results";
import { LIMIT_MS } from "./scenarios/maps";
import { compareWithBound, type LimitedSample } from "./scenarios/rateLimited";
import type { Step } from "./scenarios/sizes";

/** An upper limit for a measurement. */
export interface Target {
  readonly name: string;
  readonly limit: number;
  /** The unit; absent for a ratio. */
  readonly unit?: "calls" | "ms" | "failures";
  /** The size of the stack, if only runs of that size measure the target. */
  readonly groups?: number;
  /** Selects the measurement; undefined if the run has none. */
  readonly measured: (results: Results) => Summary | undefined;
}

export interface TargetResult {
  readonly target: Target;
  /** The measurement; undefined if it is missing, and then the target is missed. */
  readonly measured: Summary | undefined;
  /** True if the compared value is within the limit. */
  readonly isMet: boolean;
}

/** The number of calls in flight, which may all get status 429 at once. */
const CONCURRENCY = 10;

/** The number of times that this may happen: when the bucket is empty for the first time, and once more. */
const PAUSES = 2;

const targets: readonly Target[] = [
  ...[200, 1000].flatMap((groups) => [
    time(groups, "up", "floor", 1),
    time(groups, "preview", "floor", groups === 200 ? 1.15 : 1),
    time(groups, "unchanged", "floor", groups === 200 ? 1.15 : 1),
    time(groups, "refresh", "floor", 1.15),
    time(groups, "destroy", "floor", 1),
    time(groups, "up", "naive", 0.6),
    time(groups, "preview", "naive", 0.6),
    stateSize(groups),
  ]),
  callCount({ step: "up", name: "API calls to create 200 groups", limit: 202 }),
  callCount({ step: "unchanged", name: "API calls of an up without changes", limit: 0 }),
  callCount({ step: "oneChange", name: "API writes to change one field", limit: 1, which: isWrite }),
  callCount({
    step: "oneChange",
    name: "API reads to change one field, without that of the organization",
    limit: 2,
    which: isRead,
  }),
  callCount({ step: "refresh", name: "API calls to refresh 200 groups without members", limit: 2 }),
  {
    name: "API calls to refresh groups with members, beyond one per group",
    limit: 2,
    unit: "calls",
    measured: ({ limited }) =>
      summaryOf(limited.filter(isOf("refresh")).map(({ calls, groups }) => completedCalls(calls) - groups)),
  },
  ...(["up", "refresh", "destroy"] as const).flatMap((operation) => limitedTargets(operation)),
  ...mapTargets(),
  {
    name: 'require("pulumi-rhombus") above @pulumi/pulumi',
    limit: 100,
    unit: "ms",
    measured: ({ startUp }) => summaryOf(startUp.oursMs),
  },
  {
    name: "provider: time from listening to the first response",
    limit: 150,
    unit: "ms",
    measured: ({ startUp }) =>
      summaryOf(startUp.responses.flatMap((each) => (each.implementation === "ours" ? each.checkedMs : []))),
  },
  memory("first response", "checkedBytes"),
  memory("first create", "createdBytes"),
  {
    name: "provider: peak memory in an up of 200, ours / floor",
    limit: 1.25,
    measured: (results) => {
      const peak = (implementation: Implementation) =>
        summaryOf(samplesOf(results, implementation, 200, "up").map(({ providerBytes }) => providerBytes));
      return divided(peak("ours"), peak("floor"));
    },
  },
];

/**
 * Compares the results with all targets. Targets of a size that was not run are omitted; a target without a measurement is missed.
 */
export function evaluate(results: Results): TargetResult[] {
  const sizes = new Set(results.samples.map(({ groups }) => groups));
  return targets
    .filter(({ groups }) => groups === undefined || sizes.has(groups))
    .map((target) => {
      const measured = target.measured(results);
      return { target, measured, isMet: measured !== undefined && comparedValue(target, measured) <= target.limit };
    });
}

/**
 * The value to compare with the limit: the maximum of counts, because each repetition has to meet the limit, and the median
 * of times and ratios, because other work on the machine can slow one repetition.
 */
export function comparedValue({ unit }: Target, { median, max }: Summary): number {
  return unit === "calls" || unit === "failures" ? max : median;
}

function time(groups: number, step: Step, against: Implementation, limit: number): Target {
  const command = step === "unchanged" ? "up without changes" : step;
  return {
    name: `${command} of ${groups}, ours / ${against}`,
    limit,
    groups,
    measured: (results) => ratio(results, against, groups, step),
  };
}

function stateSize(groups: number): Target {
  return {
    name: `state of ${groups}, ours / floor`,
    limit: 0.75,
    groups,
    measured: (results) => {
      const size = (implementation: Implementation) =>
        summaryOf(samplesOf(results, implementation, groups, "up").map(({ stateBytes }) => stateBytes));
      return divided(size("ours"), size("floor"));
    },
  };
}

interface CallCountTarget {
  readonly step: Step;
  readonly name: string;
  readonly limit: number;
  readonly which?: (operation: string) => boolean;
}

function callCount({ step, name, limit, which = () => true }: CallCountTarget): Target {
  return {
    name,
    limit,
    unit: "calls",
    measured: (results) =>
      summaryOf(samplesOf(results, "ours", 200, step).map(({ calls }) => completedCalls(calls, which))),
  };
}

function isWrite(operation: string): boolean {
  return /^(?:create|update|delete|add|remove)/.test(operation);
}

/** Reads of the organization do not count: each process reads it once. */
function isRead(operation: string): boolean {
  return !isWrite(operation) && operation !== "getOrgV2";
}

function completedCalls(
  { byOperation }: LimitedSample["calls"],
  which: (operation: string) => boolean = () => true,
): number {
  return Object.entries(byOperation)
    .filter(([operation]) => which(operation))
    .reduce((sum, [, count]) => sum + count, 0);
}

function limitedTargets(operation: LimitedSample["operation"]): Target[] {
  const measuring = (value: (sample: LimitedSample) => number) => (results: Results) =>
    summaryOf(results.limited.filter(isOf(operation)).map(value));
  return [
    {
      name: `rate-limited ${operation}, first call to last response / bound`,
      limit: 1.15,
      measured: measuring((sample) => compareWithBound(sample).timesBound),
    },
    {
      name: `rate-limited ${operation}, failures`,
      limit: 0,
      unit: "failures",
      measured: measuring(({ calls, failure }) => calls.failed + (failure === undefined ? 0 : 1)),
    },
    {
      name: `rate-limited ${operation}, 429 responses`,
      limit: PAUSES * CONCURRENCY,
      unit: "calls",
      measured: measuring(({ calls: { rateLimited } }) => rateLimited),
    },
  ];
}

/** The targets for the slowest kind of map. */
function mapTargets(): Target[] {
  return ["check", "diff"].map((work) => ({
    name: `${work} of the slowest map of 5,000 doors`,
    limit: LIMIT_MS,
    unit: "ms",
    measured: ({ maps }) => {
      const timings = maps.filter((each) => each.doors === 5000 && each.work.startsWith(work));
      return summaryOf(timings.length === 0 ? [] : [Math.max(...timings.map(({ medianMs }) => medianMs))]);
    },
  }));
}

function isOf(operation: LimitedSample["operation"]): (sample: LimitedSample) => boolean {
  return (sample) => sample.operation === operation;
}

function memory(moment: string, bytes: "checkedBytes" | "createdBytes"): Target {
  return {
    name: `provider: memory after its ${moment}, ours / floor`,
    limit: 1.25,
    measured: ({ startUp: { responses } }) => {
      const bytesOf = (implementation: Implementation) =>
        summaryOf(responses.filter((each) => each.implementation === implementation).map((each) => each[bytes]));
      return divided(bytesOf("ours"), bytesOf("floor"));
    },
  };
}

/** The ratio of two medians, with the smallest and the largest possible ratio. */
function divided(ours: Summary | undefined, other: Summary | undefined): Summary | undefined {
  if (ours === undefined || other === undefined) return undefined;
  const { count } = ours;
  return { median: ours.median / other.median, min: ours.min / other.max, max: ours.max / other.min, count };
}
