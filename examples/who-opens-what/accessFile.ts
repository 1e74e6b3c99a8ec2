import { type Interval, intervalsIn } from "./intervals";
import { propertiesOf, reportUnknown } from "./properties";
import type { Entry, Text, YamlFile } from "./yamlFile";

const E_MAILS = "Write a list of e-mail addresses, or [] for nobody.";

/** What the file says, with the names as they are written. Groups and schedules are those of the file. */
export interface AccessFile {
  readonly groups: readonly { readonly name: Text; readonly people: readonly Text[] }[];
  readonly schedules: readonly { readonly name: Text; readonly intervals: readonly Interval[] }[];
  readonly grants: readonly Grant[];
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
  const schedules = scheduleEntries.map(({ key, value }) => ({ name: key, intervals: intervalsIn(file, value) }));
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

function namesOf(items: readonly { readonly name: Text }[]): string[] {
  return items.map(({ name }) => name.text);
}
