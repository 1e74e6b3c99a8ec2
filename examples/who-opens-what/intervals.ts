import { propertiesOf, reportUnknown } from "./properties";
import { folded, type Value, type YamlFile } from "./yamlFile";

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

const DAY = 24 * 60;

/** The times at which an interval may begin. It may also end at 24:00. */
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** An interval of a schedule, as the package takes it. */
export interface Interval {
  readonly days: (typeof DAYS)[number][];
  readonly from: string;
  readonly to: string;
}

/** An interval, and the offset at which it begins in the file. */
interface PlacedInterval extends Interval {
  readonly offset: number;
}

/** The intervals of a schedule. Those that overlap are mistakes. */
export function intervalsIn(file: YamlFile, value: Value): Interval[] {
  const items = file.items(value, "Write a list of one or more intervals, each with days, from and to.", 1);
  const intervals = items.flatMap((item) => intervalIn(file, item));
  reportOverlaps(file, intervals);
  return intervals.map(({ offset, ...interval }) => interval);
}

function intervalIn(file: YamlFile, value: Value): PlacedInterval[] {
  const properties = propertiesOf(file, value, ["days", "from", "to"]);
  const [days, from, to] = ["days", "from", "to"].map((name) => properties?.get(name));
  if (days === undefined || from === undefined || to === undefined) return [];
  const names = file.texts(days, `Write a list of one or more days: ${DAYS.join(", ")}.`, 1);
  reportUnknown(file, "day", names, DAYS);
  const known = DAYS.filter((day) => names.some(({ text }) => folded(text) === day));
  const [start, end] = [timeIn(file, from), timeIn(file, to, "24:00")];
  if (start === undefined || end === undefined) return [];
  if (start === end) file.report(value.offset, "Write from: 00:00, to: 24:00 for whole days.");
  return [{ offset: value.offset, days: known, from: start, to: end }];
}

function timeIn(file: YamlFile, value: Value, last?: string): string | undefined {
  const expected = "Write hours and minutes, such as 07:00.";
  const time = file.text(value, expected);
  if (time === undefined || TIME.test(time.text) || time.text === last) return time?.text;
  file.report(time.offset, expected);
  return undefined;
}

function reportOverlaps(file: YamlFile, intervals: readonly PlacedInterval[]): void {
  const taken = new Map<number, number>();
  for (const interval of intervals) {
    const minutes = minutesOf(interval);
    const [other] = minutes.flatMap((minute) => taken.get(minute) ?? []);
    if (other !== undefined) file.report(interval.offset, `This interval overlaps that of line ${file.lineOf(other)}.`);
    for (const minute of minutes) taken.set(minute, interval.offset);
  }
}

/** The minutes of the week that an interval covers. One that ends before it begins lasts into the next day. */
function minutesOf({ days, from, to }: Interval): number[] {
  const [start, end] = [minuteOf(from), minuteOf(to)];
  const length = end > start ? end - start : end - start + DAY;
  return days.flatMap((day) => {
    const first = DAYS.indexOf(day) * DAY + start;
    return Array.from({ length }, (_, minute) => (first + minute) % (DAYS.length * DAY));
  });
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
