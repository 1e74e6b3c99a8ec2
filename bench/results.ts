import type { Contestant } from "./implementations";
import type { MapTiming } from "./maps/measureMaps";
import type { LimitedSample } from "./scenarios/rateLimited";
import type { Sample, Step } from "./scenarios/sizes";
import type { StartUp } from "./scenarios/startUp";
import { type Summary, summary } from "./statistics";

/** All that a run has measured. */
export interface Results {
  /** The steps of stacks of several sizes. */
  readonly samples: readonly Sample[];
  /** The operations under the rate limit. */
  readonly limited: readonly LimitedSample[];
  /** What checks and diffs of large maps take. */
  readonly maps: readonly MapTiming[];
  /** What it costs to begin. */
  readonly startUp: StartUp;
}

/**
 * The samples of a step.
 * @param results All results.
 * @param contestant Whose step.
 * @param groups Of a stack of how many groups.
 * @param step Which step.
 */
export function samplesOf({ samples }: Results, contestant: Contestant, groups: number, step: Step): Sample[] {
  return samples.filter((each) => each.contestant === contestant && each.groups === groups && each.step === step);
}

/**
 * How many times as long ours takes as another contestant, in each repetition that both have: what slows the machine down for a
 * while slows both.
 * @param results All results.
 * @param other The other one.
 * @param groups Of a stack of how many groups.
 * @param step Which step.
 * @param time Which time. Default: that of the clock.
 * @returns Their summary; nothing where there is no such repetition.
 */
export function ratio(
  results: Results,
  other: Contestant,
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

/**
 * Sums values up, where there are some.
 * @param values The values.
 */
export function summaryOf(values: readonly (number | undefined)[]): Summary | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : summary(known);
}
