import { intervalsOf, spansOf, WEEK_MINUTES, type WeeklyInterval, type WeekSpan } from "../../core/schema/week";
import type { Schedule, WeeklyMinutes } from "../../rhombus/api/schemas/schedules";

/**
 * The form of an interval that reaches or crosses the end of the week. `"wrapped"`: it stops before it starts. `"split"`: it
 * stops at minute 10080, and its rest is another interval. The documentation states neither; a client of the vendor writes the
 * first one (docs/rhombus-api.md#schedules). No interval is longer than a day, so that none stops where it starts.
 */
export type WeekEndForm = "wrapped" | "split";

/**
 * Intervals in the form of the API.
 * @param intervals The intervals.
 * @param form The form of those that reach or cross the end of the week.
 */
export function minutesOf(intervals: readonly WeeklyInterval[], form: WeekEndForm): WeeklyMinutes[] {
  const spans = intervals.flatMap(spansOf).flatMap((span) => inForm(span, form));
  const sorted = spans.sort((one, other) => one.start - other.start);
  return sorted.map(({ start, stop }) => ({ minuteOfWeekStart: start, minuteOfWeekStop: stop }));
}

function inForm({ start, stop }: WeekSpan, form: WeekEndForm): readonly WeekSpan[] {
  if (stop < WEEK_MINUTES) return [{ start, stop }];
  const rest = stop - WEEK_MINUTES;
  if (form === "wrapped") return [{ start, stop: rest }];
  return [{ start, stop: WEEK_MINUTES }, ...(rest > 0 ? [{ start: 0, stop: rest }] : [])];
}

/**
 * True if an interval reaches the end of the week, so that the forms differ.
 * @param intervals The intervals.
 */
export function reachWeekEnd(intervals: readonly WeeklyInterval[]): boolean {
  return intervals.flatMap(spansOf).some(({ stop }) => stop >= WEEK_MINUTES);
}

/**
 * The intervals of a schedule, in either form.
 * @param schedule The schedule.
 * @returns `undefined` if its list is missing, or has an interval that is not one of minutes of a week.
 */
export function intervalsIn({ intervalList }: Schedule): WeeklyInterval[] | undefined {
  if (!intervalList) return undefined;
  const spans = intervalList.flatMap((each) => spanOf(each) ?? []);
  return spans.length === intervalList.length ? intervalsOf(spans) : undefined;
}

function spanOf(minutes: WeeklyMinutes | null): WeekSpan | undefined {
  const { minuteOfWeekStart: start, minuteOfWeekStop: end } = minutes ?? {};
  if (!isMinute(start, WEEK_MINUTES - 1) || !isMinute(end, WEEK_MINUTES)) return undefined;
  return { start, stop: end < start ? end + WEEK_MINUTES : end };
}

function isMinute(value: number | null | undefined, last: number): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= last;
}
