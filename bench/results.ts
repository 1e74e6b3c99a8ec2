import type { Implementation } from "./implementations";
import type { MapTiming } from "./scenarios/maps";
import type { LimitedSample } from "./scenarios/rateLimited";
import type { Sample, Step } from "./scenarios/sizes";
import type { StartUp } from "./scenarios/startUp";

/** The summary of repeated measurements. */
export interface Summary {
  /** The median; of an even number of values, the mean of the two in the middle. */
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/** The measurements of one run. */
export interface Results {
  readonly samples: readonly Sample[];
  readonly limited: readonly LimitedSample[];
  readonly maps: readonly MapTiming[];
  readonly startUp: StartUp;
}

export function samplesOf({ samples }: Results, implementation: Implementation, groups: number, step: Step): Sample[] {
  return samples.filter(
    (each) => each.implementation === implementation && each.groups === groups && each.step === step,
  );
}

/**
 * The time of ours divided by that of another implementation, for each repetition that both have: a machine that is slow
 * for a while slows both.
 */
export function ratio(
  results: Results,
  other: Implementation,
  groups: number,
  step: Step,
  time: "seconds" | "cpuSeconds" = "seconds",
): Summary | undefined {
  const others = new Map(samplesOf(results, other, groups, step).map((each) => [each.repetition, each[time]]));
  const ratios = samplesOf(results, "ours", groups, step).map((each) => {
    const [own, compared] = [each[time], others.get(each.repetition)];
    return own === undefined || compared === undefined ? undefined : own / compared;
  });
  return summaryOf(ratios);
}

/** Summarizes the values that are defined; undefined if there are none. */
export function summaryOf(values: readonly (number | undefined)[]): Summary | undefined {
  const sorted = values.filter((value) => value !== undefined).sort((one, other) => one - other);
  const [min] = sorted;
  const max = sorted.at(-1);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (min === undefined || max === undefined || lower === undefined || upper === undefined) return undefined;
  return { median: (lower + upper) / 2, min, max, count: sorted.length };
}

/** The difference of the largest and the smallest value, divided by the median. */
export function spread({ min, max, median }: Summary): number {
  return median === 0 ? 0 : (max - min) / median;
}
