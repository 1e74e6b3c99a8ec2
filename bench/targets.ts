import type { Contestant } from "./implementations";
import { LONGEST_MS } from "./maps/measureMaps";
import { type Results, ratio, samplesOf, summaryOf } from "./results";
import { againstBound, type LimitedSample } from "./scenarios/rateLimited";
import type { Step } from "./scenarios/sizes";
import type { FirstAnswer } from "./scenarios/startUp";
import { type Summary, summary } from "./statistics";

/** Something that has to be at most so much. */
export interface Target {
  /** What it is about. */
  readonly name: string;
  /** The most that it may be. */
  readonly limit: number;
  /** What it is counted in; a ratio has none. */
  readonly unit?: "calls" | "ms" | "failures";
  /** Of a stack of how many groups, where only runs of that size measure it. */
  readonly groups?: number;
  /** What was measured; nothing where a run has not measured it. */
  readonly measured: (results: Results) => Summary | undefined;
}

/** A target and what became of it. */
export interface Judgement {
  /** The target. */
  readonly target: Target;
  /** What was measured; nothing where it should have been, and was not. */
  readonly measured: Summary | undefined;
  /** Whether the median of times and ratios, or the most of what is counted, was measured and is at most the limit. */
  readonly isMet: boolean;
}

/** At most this often may all calls in flight be answered 429: when the bucket is empty for the first time, and once more. */
const CONCURRENCY = 10;
const PAUSES = 2;

/** All targets. */
const targets: readonly Target[] = [
  ...[200, 1000].flatMap((groups) => [
    time({ groups, step: "up", against: "floor", limit: 1 }),
    time({ groups, step: "preview", against: "floor", limit: groups === 200 ? 1.15 : 1 }),
    time({ groups, step: "unchanged", against: "floor", limit: groups === 200 ? 1.15 : 1 }),
    time({ groups, step: "refresh", against: "floor", limit: 1.15 }),
    time({ groups, step: "destroy", against: "floor", limit: 1 }),
    time({ groups, step: "up", against: "naive", limit: 0.6 }),
    time({ groups, step: "preview", against: "naive", limit: 0.6 }),
    stateSize(groups),
  ]),
  calls({ step: "up", name: "API calls to create 200 groups", limit: 202 }),
  calls({ step: "unchanged", name: "API calls of an up without changes", limit: 0 }),
  calls({ step: "oneChange", name: "API writes to change one field", limit: 1, which: isWrite }),
  calls({
    step: "oneChange",
    name: "API reads to change one field, after that of the organization",
    limit: 2,
    which: isRead,
  }),
  calls({ step: "refresh", name: "API calls to refresh 200 groups without members", limit: 2 }),
  {
    name: "API calls to refresh groups with members, above one for each",
    limit: 2,
    unit: "calls",
    measured: ({ limited }) =>
      summaryOf(limited.filter(isOf("refresh")).map(({ calls: made, groups }) => answeredIn(made) - groups)),
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
    name: "provider: first answer after it listens",
    limit: 150,
    unit: "ms",
    measured: ({ startUp }) => summaryOf(startUp.answers.filter(isOurs).map(({ checkedMs }) => checkedMs)),
  },
  memory("first answer", "checkedBytes"),
  memory("first create", "createdBytes"),
  {
    name: "provider: most memory in an up of 200, ours / floor",
    limit: 1.25,
    measured: (results) => {
      const peak = (contestant: Contestant) =>
        summaryOf(samplesOf(results, contestant, 200, "up").map(({ providerBytes }) => providerBytes));
      return divided(peak("ours"), peak("floor"));
    },
  },
];

/**
 * Judges what was measured. Targets of a size that a run does not have are left out; whatever else was not measured is missed.
 * @param results All results.
 */
export function judge(results: Results): Judgement[] {
  const sizes = new Set(results.samples.map(({ groups }) => groups));
  return targets
    .filter(({ groups }) => groups === undefined || sizes.has(groups))
    .map((target) => {
      const measured = target.measured(results);
      return { target, measured, isMet: measured !== undefined && decisive(target, measured) <= target.limit };
    });
}

/**
 * What of several measurements counts: a slow moment is nobody's fault, but a call too many is one in every repetition.
 * @param target The target.
 * @param measured What was measured.
 */
export function decisive({ unit }: Target, { median, most }: Summary): number {
  return unit === "calls" || unit === "failures" ? most : median;
}

interface TimeTarget {
  readonly groups: number;
  readonly step: Step;
  readonly against: Contestant;
  readonly limit: number;
}

function time({ groups, step, against, limit }: TimeTarget): Target {
  const named = step === "unchanged" ? "up without changes" : step;
  return {
    name: `${named} of ${groups}, ours / ${against}`,
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
      const size = (contestant: Contestant) =>
        summaryOf(samplesOf(results, contestant, groups, "up").map(({ stateBytes }) => stateBytes));
      return divided(size("ours"), size("floor"));
    },
  };
}

interface CallsTarget {
  readonly step: Step;
  readonly name: string;
  readonly limit: number;
  readonly which?: (operation: string) => boolean;
}

function calls({ step, name, limit, which = () => true }: CallsTarget): Target {
  return {
    name,
    limit,
    unit: "calls",
    measured: (results) =>
      summaryOf(samplesOf(results, "ours", 200, step).map(({ calls: made }) => answeredIn(made, which))),
  };
}

function isWrite(operation: string): boolean {
  return /^(?:create|update|delete|add|remove)/.test(operation);
}

/** The organization is asked for once in the life of a process, however much is changed. */
function isRead(operation: string): boolean {
  return !isWrite(operation) && operation !== "getOrgV2";
}

function answeredIn(
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
      name: `rate-limited ${operation}, first call to last answer / bound`,
      limit: 1.15,
      measured: measuring((sample) => againstBound(sample).timesBound),
    },
    {
      name: `rate-limited ${operation}, failures`,
      limit: 0,
      unit: "failures",
      measured: measuring(({ calls: made, failure }) => made.failed + (failure === undefined ? 0 : 1)),
    },
    {
      name: `rate-limited ${operation}, answers of 429`,
      limit: PAUSES * CONCURRENCY,
      unit: "calls",
      measured: measuring(({ calls: { rateLimited } }) => rateLimited),
    },
  ];
}

/** One for the slowest of each kind of map. */
function mapTargets(): Target[] {
  return ["check", "diff"].map((work) => ({
    name: `${work} of the slowest map of 5,000 doors`,
    limit: LONGEST_MS,
    unit: "ms",
    measured: ({ maps }) => {
      const timings = maps.filter((each) => each.doors === 5000 && each.work.startsWith(work));
      return timings.length === 0 ? undefined : summary([Math.max(...timings.map(({ medianMs }) => medianMs))]);
    },
  }));
}

function isOf(operation: LimitedSample["operation"]): (sample: LimitedSample) => boolean {
  return (sample) => sample.operation === operation;
}

function isOurs({ contestant }: FirstAnswer): boolean {
  return contestant === "ours";
}

function memory(moment: string, bytes: "checkedBytes" | "createdBytes"): Target {
  return {
    name: `provider: memory after its ${moment}, ours / floor`,
    limit: 1.25,
    measured: ({ startUp: { answers } }) => {
      const of = (contestant: Contestant) =>
        summaryOf(answers.filter((each) => each.contestant === contestant).map((each) => each[bytes]));
      return divided(of("ours"), of("floor"));
    },
  };
}

/** The ratio of two medians, and of what is farthest apart. */
function divided(ours: Summary | undefined, other: Summary | undefined): Summary | undefined {
  if (ours === undefined || other === undefined) return undefined;
  const { count } = ours;
  return { median: ours.median / other.median, least: ours.least / other.most, most: ours.most / other.least, count };
}
