/** The days of a week, in order. */
export const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** A day of the week. */
export type Day = (typeof DAYS)[number];

/** The minutes of a day. */
export const DAY_MINUTES = 24 * 60;

/** The minutes of a week. */
export const WEEK_MINUTES = 7 * DAY_MINUTES;

/** A period that repeats every week, in the form in which people write it. */
export interface WeeklyInterval {
  /** The days on which it begins. */
  readonly days: Day[];
  /** The time of its start: `HH:MM`, from `00:00` to `23:59`. */
  readonly from: string;
  /** The time of its end: `HH:MM`, up to `24:00`. A time that is not after `from` is one of the next day. */
  readonly to: string;
}

/**
 * A period in minutes since Monday 00:00. `start` lies in the week; `stop` may lie in the next one. If they are equal, it is
 * not clear whether the period is empty or a whole week.
 */
export interface WeekSpan {
  /** The first minute. */
  readonly start: number;
  /** The minute after the last one. */
  readonly stop: number;
}

/**
 * The minutes of a day at a time.
 * @param time The time.
 * @returns `undefined` unless the text has the form `HH:MM`, from `00:00` to `24:00`.
 */
export function minuteOf(time: string): number | undefined {
  const match = /^(\d\d):([0-5]\d)$/.exec(time);
  const minute = match === null ? Number.NaN : Number(match[1]) * 60 + Number(match[2]);
  return minute <= DAY_MINUTES ? minute : undefined;
}

/**
 * The spans of an interval, one for each day.
 * @param interval The interval. A day or a time that does not exist has no span.
 */
export function spansOf({ days, from, to }: WeeklyInterval): readonly WeekSpan[] {
  const [first, last] = [minuteOf(from), minuteOf(to)];
  if (first === undefined || last === undefined) return [];
  const length = last < first ? last + DAY_MINUTES - first : last - first;
  return DAYS.flatMap((day, index) => {
    const start = index * DAY_MINUTES + first;
    return days.includes(day) ? [{ start, stop: start + length }] : [];
  });
}

/**
 * Spans in the form for comparisons: sorted, and joined where they touch or overlap, also across the end of the week. A
 * span whose start is its stop stays, so that it equals no other.
 * @param spans The spans.
 */
export function joined(spans: readonly WeekSpan[]): readonly WeekSpan[] {
  const runs: { start: number; stop: number }[] = [];
  for (const { start, stop } of spans.flatMap(splitAtWeekEnd).sort(byStart)) {
    const last = runs.at(-1);
    if (last !== undefined && start <= last.stop) last.stop = Math.max(last.stop, stop);
    else runs.push({ start, stop });
  }
  const [first, last] = [runs[0], runs.at(-1)];
  if (first !== last && first?.start === 0 && last?.stop === WEEK_MINUTES) {
    last.stop += first.stop;
    runs.shift();
  }
  const unclear = spans.filter(({ start, stop }) => start === stop);
  return [...runs, ...unclear].sort(byStart);
}

/**
 * The intervals of spans, with the days that have the same times in one interval.
 * @param spans The spans.
 */
export function intervalsOf(spans: readonly WeekSpan[]): WeeklyInterval[] {
  const intervals = new Map<string, { days: Day[]; from: string; to: string }>();
  for (const { start, stop } of joined(spans).flatMap(partsOf).sort(byStart)) {
    const day = DAYS[Math.floor(start / DAY_MINUTES)];
    const from = start % DAY_MINUTES;
    const to = from + stop - start;
    const interval = { days: [], from: timeOf(from), to: timeOf(to > DAY_MINUTES ? to - DAY_MINUTES : to) };
    const key = `${interval.from} ${interval.to}`;
    const known = intervals.get(key) ?? interval;
    intervals.set(key, known);
    if (day !== undefined) known.days.push(day);
  }
  return [...intervals.values()];
}

function splitAtWeekEnd({ start, stop }: WeekSpan): readonly WeekSpan[] {
  if (stop <= WEEK_MINUTES) return start < stop ? [{ start, stop }] : [];
  return [
    { start, stop: WEEK_MINUTES },
    { start: 0, stop: stop - WEEK_MINUTES },
  ];
}

/** The parts of a span that one day of an interval can express: less than a day, or a day from midnight to midnight. */
function partsOf({ start, stop }: WeekSpan): readonly WeekSpan[] {
  if (stop - start < DAY_MINUTES) return [{ start, stop }];
  const parts: WeekSpan[] = [];
  for (let from = start; from < stop; ) {
    const midnight = (Math.floor(from / DAY_MINUTES) + 1) * DAY_MINUTES;
    const first = from % WEEK_MINUTES;
    parts.push({ start: first, stop: first + Math.min(midnight, stop) - from });
    from = midnight;
  }
  return parts;
}

function byStart(one: WeekSpan, other: WeekSpan): number {
  return one.start - other.start || one.stop - other.stop;
}

function timeOf(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => `${part}`.padStart(2, "0")).join(":");
}
