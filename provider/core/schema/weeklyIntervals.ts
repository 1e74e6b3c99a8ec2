import { type CheckReport, type Modifiers, mistypedAs, type RequiredField } from "./field";
import { mergeWhole, wholeDifferences } from "./merge";
import { object } from "./object";
import { text } from "./scalars";
import { set } from "./set";
import { nearestNames } from "./suggestions";
import { containsUnknown, entryOf, isValueMap, type Path, pathText, type Value } from "./values";
import {
  DAYS,
  type Day,
  intervalsOf,
  joined,
  minuteOf,
  spansOf,
  WEEK_MINUTES,
  type WeeklyInterval,
  type WeekSpan,
} from "./week";

/** The properties of an interval and their types, without the rules of their values. */
const interval = object({ days: set(text()), from: text(), to: text() });

/**
 * Intervals that repeat every week; there must be one at least. They are compared by the minutes that they cover, so their
 * order and division do not matter, and the declared form stays. They merge as a whole.
 *
 * `Written` names the interface in which a program writes an interval.
 * @param modifiers The options.
 */
export function weeklyIntervals<Written = WeeklyInterval>(
  modifiers: Modifiers & { readonly required: true },
): RequiredField<WeeklyInterval[], Written[]> {
  const canonical = (value: Value | undefined) => (Array.isArray(value) ? value : undefined);
  const field: RequiredField<WeeklyInterval[], Written[]> = {
    doc: "list of weekly intervals",
    modifiers,
    reset: "keep",
    each: interval,
    check(value, path, report) {
      if (Array.isArray(value)) checkIntervals(value, path, report);
      else if (!containsUnknown(value)) report.fail(path, `${pathText(path)} must be a list of intervals.`);
      return value;
    },
    mistyped(value, path) {
      if (!Array.isArray(value)) return mistypedAs(value, path, "a list of intervals");
      return value.flatMap((each: Value, index) => interval.mistyped(each, [...path, index]));
    },
    canonical,
    equal(one, other) {
      if (containsUnknown(one) || containsUnknown(other)) return false;
      return one === other || comparable(one) === comparable(other);
    },
    project(observed, declared) {
      if (declared === undefined) return undefined;
      return field.equal(observed, declared) ? declared : (canonical(observed) ?? []);
    },
    merge: (three, path, notes) => mergeWhole(field, three, path, notes),
    differences: (desired, observed, three, path) => wholeDifferences(field, desired, observed, three, path),
  };
  return field;
}

/** The minutes that intervals cover, as a text. Parts of a wrong type or form are ignored. */
function comparable(value: Value | undefined): string {
  const intervals = Array.isArray(value) ? value : [];
  const spans = intervals.flatMap((each: Value) => {
    const [days, from, to] = [entryOf(each, "days"), entryOf(each, "from"), entryOf(each, "to")];
    return typeof from === "string" && typeof to === "string" ? spansOf({ days: daysIn(days), from, to }) : [];
  });
  return joined(spans)
    .map(({ start, stop }) => `${start}-${stop}`)
    .join();
}

function daysIn(value: Value | undefined): Day[] {
  return DAYS.filter((day) => Array.isArray(value) && value.includes(day));
}

function checkIntervals(values: readonly Value[], path: Path, report: CheckReport): void {
  if (values.length === 0) {
    report.fail(
      path,
      `${pathText(path)} must have an interval: Rhombus does not document what a schedule without one means.`,
    );
  }
  const checked = values.map((each, index) => ({
    at: [...path, index],
    interval: checkInterval(each, [...path, index], report),
  }));
  for (const [index, { at, interval: later }] of checked.entries()) {
    for (const { at: other, interval: earlier } of checked.slice(0, index)) {
      const [overlap] = earlier === undefined || later === undefined ? [] : overlapsOf(earlier, later);
      if (earlier === undefined || later === undefined || overlap === undefined) continue;
      report.fail(
        at,
        `${pathText(at)} (${textOf(later)}) overlaps ${pathText(other)} (${textOf(earlier)}): ${textOf(overlap)} is in both. ` +
          "Change one of them, or write them as one interval.",
      );
    }
  }
}

/** Returns the interval, with the days that are known and correct; `undefined` if a time is not. */
function checkInterval(value: Value, path: Path, report: CheckReport): WeeklyInterval | undefined {
  interval.check(value, path, report);
  if (!isValueMap(value)) return undefined;
  for (const name of Object.keys(interval.properties ?? {})) {
    const given = entryOf(value, name) ?? null;
    if (given === null) report.fail([...path, name], `${pathText([...path, name])} is required.`);
  }
  checkDays(entryOf(value, "days"), [...path, "days"], report);
  const from = checkTime(entryOf(value, "from"), [...path, "from"], report, "23:59");
  const to = checkTime(entryOf(value, "to"), [...path, "to"], report, "24:00");
  if (from === undefined || to === undefined) return undefined;
  if (from !== to) return { days: daysIn(entryOf(value, "days")), from, to };
  const at = [...path, "to"];
  report.fail(at, `${pathText(at)} is "${to}", the same as from. For a whole day, write from "00:00" to "24:00".`);
  return undefined;
}

function checkDays(value: Value | undefined, path: Path, report: CheckReport): void {
  if (!Array.isArray(value)) return;
  if (value.length === 0) report.fail(path, `${pathText(path)} must name at least one day.`);
  for (const [index, day] of value.entries()) {
    const at = [...path, index];
    if (typeof day !== "string") continue;
    const isDay = DAYS.some((each) => each === day);
    if (!isDay) report.fail(at, `${pathText(at)} is ${JSON.stringify(day)}, which is not a day. ${daysRemedy(day)}`);
    else if (value.indexOf(day) < index) report.fail(at, `${pathText(at)} repeats ${JSON.stringify(day)}. Remove it.`);
  }
}

function daysRemedy(written: string): string {
  const [nearest] = nearestNames(written, DAYS, 1);
  return nearest === undefined ? `The days are ${DAYS.join(", ")}.` : `Did you mean "${nearest}"?`;
}

/** Returns a correct time; `undefined` for any other value. */
function checkTime(value: Value | undefined, path: Path, report: CheckReport, last: string): string | undefined {
  if (typeof value !== "string") return undefined;
  if ((minuteOf(value) ?? Number.POSITIVE_INFINITY) <= (minuteOf(last) ?? 0)) return value;
  report.fail(
    path,
    `${pathText(path)} is ${JSON.stringify(value)}; it must be a time from "00:00" to "${last}", with two digits for the hour and two for the minute.`,
  );
  return undefined;
}

/** The times that two intervals have in common. */
function overlapsOf(one: WeeklyInterval, other: WeeklyInterval): readonly WeeklyInterval[] {
  const inOtherWeeks = ({ start, stop }: WeekSpan) =>
    [-WEEK_MINUTES, 0, WEEK_MINUTES].map((weeks) => ({ start: start + weeks, stop: stop + weeks }));
  const others = spansOf(other).flatMap(inOtherWeeks);
  const common = spansOf(one).flatMap((span) =>
    others.flatMap((each) => {
      const [start, stop] = [Math.max(span.start, each.start), Math.min(span.stop, each.stop)];
      const weeks = start - (start % WEEK_MINUTES);
      return start < stop ? [{ start: start - weeks, stop: stop - weeks }] : [];
    }),
  );
  return intervalsOf(common);
}

function textOf({ days, from, to }: WeeklyInterval): string {
  return `${days.join(", ")} ${from} to ${to}`;
}
