import { DAYS, type Day, intervalsOf, joined, WEEK_MINUTES, type WeekSpan } from "../../core/schema/week";
import { capitalized, joinedWithAnd } from "./plainText";

/**
 * Times of the week as people say them, such as `weekdays 07:00 to 20:00`.
 * @param spans The times.
 * @returns `always` for the whole week, `never` for none.
 */
export function weekText(spans: readonly WeekSpan[]): string {
  const [first, ...others] = joined(spans);
  if (first === undefined) return "never";
  if (others.length === 0 && first.stop - first.start === WEEK_MINUTES) return "always";
  return intervalsOf(spans)
    .map(({ days, from, to }) => `${daysText(days)} ${from} to ${to}`)
    .join(", ");
}

const WEEKDAYS = DAYS.slice(0, 5);

function daysText(days: readonly Day[]): string {
  const text = days.join();
  if (days.length === DAYS.length) return "every day";
  if (text === WEEKDAYS.join()) return "weekdays";
  if (text === DAYS.slice(5).join()) return "weekends";
  const start = days[0] === undefined ? 0 : DAYS.indexOf(days[0]);
  const isRun = days.length > 2 && text === DAYS.slice(start, start + days.length).join();
  const names = days.map(capitalized);
  return isRun ? `${names[0]} to ${names.at(-1)}` : joinedWithAnd(names);
}
