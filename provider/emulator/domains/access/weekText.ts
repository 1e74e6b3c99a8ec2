/** An interval of a week, in minutes since Monday 00:00. */
interface Interval {
  readonly minuteOfWeekStart: number;
  readonly minuteOfWeekStop: number;
}

const DAYS: readonly string[] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MINUTES_PER_DAY = 24 * 60;

/** The form in which people read and write the intervals of a week. */
const weekTextExample = "Mon 08:00-18:00, Fri 22:00-Sat 06:00";

/** Writes an interval as in {@link weekTextExample}. Midnight after Sunday is `Sun 24:00`, or `Mon 00:00` if it is minute 0. */
export function intervalText({ minuteOfWeekStart: start, minuteOfWeekStop: stop }: Interval): string {
  const startDay = Math.floor(start / MINUTES_PER_DAY);
  const stopDay = start < stop ? Math.floor((stop - 1) / MINUTES_PER_DAY) : Math.floor(stop / MINUTES_PER_DAY);
  const stopText = timeText(stop - stopDay * MINUTES_PER_DAY);
  return `${DAYS[startDay]} ${timeText(start - startDay * MINUTES_PER_DAY)}-${startDay === stopDay ? "" : `${DAYS[stopDay]} `}${stopText}`;
}

/** Reads intervals as in {@link weekTextExample}. Throws a TypeError if the text has another form. */
export function intervalsIn(text: string): Interval[] {
  return text.split(",").map((part) => {
    const [, startDay, start, stopDay = startDay, stop] =
      /^(\w{3}) (\d\d:\d\d)-(?:(\w{3}) )?(\d\d:\d\d)$/.exec(part.trim()) ?? [];
    const interval = {
      minuteOfWeekStart: minuteOf(startDay, start),
      minuteOfWeekStop: minuteOf(stopDay, stop),
    };
    if (Number.isNaN(interval.minuteOfWeekStart + interval.minuteOfWeekStop)) {
      throw new TypeError(`Write the times as ${weekTextExample}: "${part.trim()}" has another form.`);
    }
    return interval;
  });
}

function timeText(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => `${part}`.padStart(2, "0")).join(":");
}

/** The minute of the week, NaN if there is no such day or time. */
function minuteOf(day: string | undefined, time = ""): number {
  const index = DAYS.indexOf(day ?? "");
  const [hours = Number.NaN, minutes = Number.NaN] = time.split(":").map(Number);
  const isTime = minutes < 60 && hours * 60 + minutes <= MINUTES_PER_DAY;
  return index >= 0 && isTime ? index * MINUTES_PER_DAY + hours * 60 + minutes : Number.NaN;
}
