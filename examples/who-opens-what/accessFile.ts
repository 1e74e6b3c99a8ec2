import { distance } from "fastest-levenshtein";
import { type Entry, folded, type Text, type Value, type YamlFile } from "./yamlFile";

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** Hours and minutes up to 24:00. */
const TIME = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

const E_MAILS = "Write a list of e-mail addresses, or [] for nobody.";

/** What the file says, with the names as they are written. Groups and schedules are those of the file. */
export interface AccessFile {
  readonly groups: readonly { readonly name: Text; readonly people: readonly Text[] }[];
  readonly schedules: readonly { readonly name: Text; readonly intervals: readonly Interval[] }[];
  readonly grants: readonly Grant[];
}

export interface Interval {
  readonly days: (typeof DAYS)[number][];
  readonly from: string;
  readonly to: string;
}

export interface Grant {
  readonly name: Text;
  readonly location: Text;
  readonly schedule: Text | undefined;
  /** True if the file says so, never because a schedule is missing. */
  readonly always: boolean;
  readonly doors: readonly Text[];
  readonly labels: readonly Text[];
  readonly groups: readonly Text[];
  readonly people: readonly Text[];
}

/** Reads what the file says, and reports the mistakes that show without asking Rhombus. */
export function readAccess(file: YamlFile): AccessFile {
  // A section that is lost must not delete what it declared.
  const sections = propertiesOf(file, file.root, ["groups", "schedules", "grants"]);
  const [groupEntries = [], scheduleEntries = [], grantEntries = []] = ["groups", "schedules", "grants"].map((name) => {
    const section = sections?.get(name);
    return section && file.entries(section, `Write the ${name} by name, or {} for none.`);
  });
  const groups = groupEntries.map(({ key, value }) => ({ name: key, people: file.texts(value, E_MAILS) }));
  const schedules = scheduleEntries.map(({ key, value }) => {
    const intervals = file.items(value, "Write a list of intervals, each with days, from and to.");
    return { name: key, intervals: intervals.flatMap((interval) => intervalIn(file, interval)) };
  });
  const grants = grantEntries.flatMap((entry) => grantIn(file, entry));
  for (const grant of grants) {
    reportUnknown(file, "group", grant.groups, namesOf(groups));
    reportUnknown(file, "schedule", grant.schedule === undefined ? [] : [grant.schedule], namesOf(schedules));
  }
  return { groups, schedules, grants };
}

function grantIn(file: YamlFile, { key: name, value }: Entry): Grant[] {
  const optional = ["schedule", "always", "doors", "labels", "groups", "people"];
  const properties = propertiesOf(file, { ...value, offset: name.offset }, ["location"], optional);
  if (properties === undefined) return [];
  const text = (property: string, expected: string) => {
    const found = properties.get(property);
    return found === undefined ? undefined : file.text(found, expected);
  };
  const list = (property: string, expected: string) => {
    const found = properties.get(property);
    return found === undefined ? [] : file.texts(found, expected);
  };
  // A line that is lost must not leave a grant that holds at all times.
  if (properties.has("schedule") === properties.has("always")) {
    file.report(name.offset, "Write either a schedule, or always: true.");
  }
  for (const [one, other, none] of [
    ["doors", "labels", "no door"],
    ["groups", "people", "nobody"],
  ] as const) {
    if (properties.has(one) || properties.has(other)) continue;
    file.report(name.offset, `Write ${one} or ${other}; [] means ${none}.`);
  }
  const always = text("always", "Write true.");
  if (always !== undefined && always.text !== "true") file.report(always.offset, "Write true, or a schedule instead.");
  const location = text("location", "Write the name of a location.");
  const grant = {
    name,
    schedule: text("schedule", "Write the name of a schedule."),
    always: always?.text === "true",
    doors: list("doors", "Write a list of names of doors, or [] for none."),
    labels: list("labels", "Write a list of labels of doors, or [] for none."),
    groups: list("groups", "Write a list of groups, or [] for none."),
    people: list("people", E_MAILS),
  };
  return location === undefined ? [] : [{ ...grant, location }];
}

function intervalIn(file: YamlFile, value: Value): Interval[] {
  const properties = propertiesOf(file, value, ["days", "from", "to"]);
  const [days, from, to] = ["days", "from", "to"].map((name) => properties?.get(name));
  if (days === undefined || from === undefined || to === undefined) return [];
  const names = file.texts(days, `Write a list of days: ${DAYS.join(", ")}.`);
  reportUnknown(file, "day", names, DAYS);
  const [start, end] = [timeIn(file, from), timeIn(file, to)];
  const known = DAYS.filter((day) => names.some(({ text }) => folded(text) === day));
  return [{ days: known, from: start, to: end }];
}

function timeIn(file: YamlFile, value: Value): string {
  const expected = "Write hours and minutes, such as 07:00.";
  const time = file.text(value, expected);
  if (time !== undefined && !TIME.test(time.text)) file.report(time.offset, expected);
  return time?.text ?? "";
}

/** The properties of a mapping, by name; `undefined` if the value is none. */
function propertiesOf(
  file: YamlFile,
  value: Value,
  required: readonly string[],
  optional: readonly string[] = [],
): Map<string, Value> | undefined {
  const names = [...required, ...optional];
  const entries = file.entries(value, `Write the properties ${names.join(", ")}.`);
  if (entries === undefined) return undefined;
  reportUnknown(
    file,
    "property",
    entries.map(({ key }) => key),
    names,
  );
  const properties = new Map(entries.map((entry) => [folded(entry.key.text), entry.value]));
  for (const name of required) {
    if (!properties.has(name)) file.report(value.offset, `${JSON.stringify(name)} is missing.`);
  }
  return properties;
}

function reportUnknown(file: YamlFile, noun: string, written: readonly Text[], names: readonly string[]): void {
  for (const { text, offset } of written) {
    if (names.some((name) => folded(name) === folded(text))) continue;
    file.report(offset, `There is no ${noun} ${JSON.stringify(text)}. ${remedyFor(folded(text), names)}`);
  }
}

function remedyFor(written: string, names: readonly string[]): string {
  const steps = (name: string) => distance(folded(name), written);
  const [nearest] = [...names].sort((one, other) => steps(one) - steps(other));
  if (nearest === undefined) return "The file has none.";
  const near = steps(nearest) <= Math.max(2, written.length / 3);
  return near ? `Did you mean ${JSON.stringify(nearest)}?` : `There are ${names.join(", ")}.`;
}

function namesOf(items: readonly { readonly name: Text }[]): string[] {
  return items.map(({ name }) => name.text);
}
