import { memoize } from "../../core/schema/memoize";
import { joined, WEEK_MINUTES, type WeekSpan } from "../../core/schema/week";
import { weekText } from "../output/weekText";

/** The times at which a grant or a revocation holds. */
export interface Times {
  /** The minutes of every week in which it holds for certain. */
  readonly weekly: readonly WeekSpan[];
  /** Further times in words, such as certain dates. */
  readonly dates: readonly string[];
  /** The reason why its schedule is not known, so that it may hold always; `undefined` if it is known. */
  readonly unclear: string | undefined;
}

const WEEK: WeekSpan = { start: 0, stop: WEEK_MINUTES };

/** At all times. */
export const ALWAYS: Times = { weekly: [WEEK], dates: [], unclear: undefined };

/** At no time. */
export const NEVER: Times = { weekly: [], dates: [], unclear: undefined };

/**
 * True for no time.
 * @param times The times.
 */
export function isNever({ weekly, dates, unclear }: Times): boolean {
  return weekly.length === 0 && dates.length === 0 && unclear === undefined;
}

/**
 * True for all times of every week.
 * @param times The times.
 */
export function isWholeWeek({ weekly }: Times): boolean {
  return without([WEEK], weekly).length === 0;
}

/**
 * The times of a weekly schedule.
 * @param spans Its intervals; `undefined` if Rhombus shows none that can be understood.
 */
export function weeklyTimes(spans: readonly WeekSpan[] | undefined): Times {
  if (spans === undefined || spans.length === 0) return unclearTimes("it shows no times");
  const clear = spans.filter(({ start, stop }) => start !== stop);
  const unclear = clear.length < spans.length ? "it has an interval that ends where it starts" : undefined;
  return { weekly: joined(clear), dates: [], unclear };
}

/**
 * Times that are not known.
 * @param unclear The reason.
 */
export function unclearTimes(unclear: string): Times {
  return { weekly: [], dates: [], unclear };
}

/**
 * True if a revocation with these times may have no effect: a client of Rhombus says that controllers apply only those of certain
 * dates, and Rhombus does not document it.
 * @param times The times.
 */
export function mayHaveNoEffect({ dates }: Pick<Times, "dates">): boolean {
  return dates.length === 0;
}

/**
 * The minutes of the week that are left of some.
 * @param spans The minutes.
 * @param removed The minutes that are taken away.
 */
export function without(spans: readonly WeekSpan[], removed: readonly WeekSpan[]): readonly WeekSpan[] {
  let rest = inOneWeek(spans);
  for (const { start, stop } of inOneWeek(removed)) {
    rest = rest
      .flatMap((span) => [
        { start: span.start, stop: Math.min(span.stop, start) },
        { start: Math.max(span.start, stop), stop: span.stop },
      ])
      .filter((span) => span.start < span.stop);
  }
  return joined(rest);
}

/** Spans that do not cross the end of the week. */
function inOneWeek(spans: readonly WeekSpan[]): readonly WeekSpan[] {
  return joined(spans).flatMap(({ start, stop }) =>
    stop <= WEEK_MINUTES
      ? [{ start, stop }]
      : [
          { start, stop: WEEK_MINUTES },
          { start: 0, stop: stop - WEEK_MINUTES },
        ],
  );
}

/** The times that are among one or other times. */
export const union = memoizedPairs((one: Times, other: Times): Times => {
  return {
    weekly: without([...one.weekly, ...other.weekly], []),
    dates: [...new Set([...one.dates, ...other.dates])],
    unclear: one.unclear ?? other.unclear,
  };
});

/** The times that are not among others. Unknown times are among no others but all, because two unknown schedules may differ. */
export const lessOf = memoizedPairs(({ weekly, dates, unclear }: Times, others: Times): Times => {
  if (isWholeWeek(others)) return NEVER;
  return {
    weekly: without(weekly, others.weekly),
    dates: dates.filter((each) => !others.dates.includes(each)),
    unclear,
  };
});

/** Remembers the results for pairs of objects: thousands of grants have the times of a few schedules. */
function memoizedPairs<Argument extends object, Result>(compute: (one: Argument, other: Argument) => Result) {
  const resultsOf = memoize((one: Argument) => memoize((other: Argument) => compute(one, other)));
  return (one: Argument, other: Argument): Result => resultsOf(one)(other);
}

/**
 * Times in words.
 * @param times The times.
 */
export function timesText({ weekly, dates, unclear }: Times): string {
  const unknown = unclear === undefined ? [] : [`unknown schedule (${unclear}), may be always`];
  const parts = [...(weekly.length > 0 ? [weekText(weekly)] : []), ...dates, ...unknown];
  return parts.length === 0 ? "never" : parts.join(", ");
}
