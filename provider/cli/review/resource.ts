import { definitionOf } from "../../resources/registry";
import { code, enumerated } from "../output/markdown";
import { capitalized, counted } from "../output/plainText";
import { memberOf } from "../pulumi/state";
import { type ChangeDescription, type Danger, joined, noChange, type Sides } from "./danger";
import { describeCameraMap, describeDoors } from "./doors";
import type { PlanStep, Values } from "./plan";
import { switchedOff } from "./switches";
import { isSecret, isUnknown, membersOf, textFrom, type ValueFormatter } from "./valueFormatter";

/** The review of one resource. */
export interface ResourceReview {
  /** The resource, as Markdown. */
  readonly label: string;
  /** The operation in a few words. */
  readonly verb: string;
  /** The changes of the resource. */
  readonly description: ChangeDescription;
}

/**
 * Reviews one step of a plan.
 * @param step The step.
 * @param formatter Formats values.
 */
export function reviewOf(step: PlanStep, formatter: ValueFormatter): ResourceReview {
  return { label: labelOf(step), verb: verbOf(step), description: describeStep(step, formatter) };
}

function labelOf({ type, name, before, after }: PlanStep): string {
  const { display } = definitionOf(type);
  const values = after ?? before ?? {};
  const called = display.name === undefined ? undefined : values[display.name];
  const title = typeof called === "string" && !isUnknown(called) ? ` ${code(called)}` : "";
  return `${capitalized(display.noun)}${title} (${code(name)} in the program)`;
}

function verbOf({ op, after, isRetained }: PlanStep): string {
  if (op === "delete") return isRetained ? "removed from the stack; it stays in Rhombus" : "deleted";
  if (op === "create") return isAdopting(after) ? "adopted, or created if it does not exist" : "new";
  if (op === "update") return "changed";
  if (op === "replace") return "replaced";
  return op === "import" ? "imported as it is" : code(op);
}

function isAdopting(after: Values | undefined): boolean {
  return after?.adopt !== undefined && after.adopt !== false;
}

function describeStep(step: PlanStep, formatter: ValueFormatter): ChangeDescription {
  const { op, before = {}, after, isRetained, replacing } = step;
  if (after === undefined || op === "delete") {
    const dangers: Danger[] = isRetained ? [] : [{ kind: "deleted", text: sizeOf(before) }];
    return { lines: contentOf(before, formatter), dangers };
  }
  const because = replacing.map((name) => code(name)).join(", ");
  const replaced: Danger[] = op === "replace" ? [{ kind: "replaced", text: because && `because of ${because}` }] : [];
  const changes = describeFields(step, after, formatter);
  const off = switchedOff(before, after);
  return joined([{ lines: [], dangers: [...replaced, ...off] }, ...changes]);
}

/** The doors and members of a resource, by name. */
function contentOf(values: Values, formatter: ValueFormatter): string[] {
  const doors = doorsOf(values).flatMap((map) => Object.entries(membersOf(map)));
  const labels = doors.map(([key, door]) => {
    const name = memberOf(door, "doorName");
    return typeof name === "string" ? `${code(name)} (${code(key)})` : code(key);
  });
  return [
    ...(labels.length === 0 ? [] : [`doors: ${enumerated(labels.sort())}`]),
    ...(memberTexts(values.userUuids).length === 0
      ? []
      : [`members: ${formatter.value("userUuids", values.userUuids)}`]),
  ];
}

function doorsOf(values: Values): unknown[] {
  const places = Object.values(membersOf(values.placeToSettingsMap));
  return [values.doorInfoMap, values.doorToCameraMap, ...places.map((place) => memberOf(place, "doorInfoMap"))];
}

/** The number of places, doors and members that the program manages. */
function sizeOf(values: Values): string {
  const places = Object.values(membersOf(values.placeToSettingsMap));
  const doors = doorsOf(values).reduce<number>((sum, map) => sum + Object.keys(membersOf(map)).length, 0);
  const members = Array.isArray(values.userUuids) ? values.userUuids.length : 0;
  const part = (count: number, noun: string) => (count === 0 ? [] : [counted(count, noun)]);
  return [...part(places.length, "place"), ...part(doors, "door"), ...part(members, "member")].join(", ");
}

function describeFields(step: PlanStep, after: Values, formatter: ValueFormatter): ChangeDescription[] {
  return Object.entries(definitionOf(step.type).fields).flatMap(([name, field]): ChangeDescription[] => {
    if (field.instruction) return [];
    const sides = { before: step.before?.[name], after: after[name] };
    if (field.modifiers.secret === true) return [describeSecret(name, step, sides)];
    if (name === "doorInfoMap") return [describeDoors(sides, formatter)];
    if (name === "doorToCameraMap") return [describeCameraMap(sides, formatter)];
    if (name === "placeToSettingsMap") return [describePlaces(sides, formatter)];
    if (name === "userUuids") return [describeMembers(sides, formatter)];
    if (name === "defaultOptions") return [describeOptions(sides, formatter)];
    return [
      field.reset === "live" && isUnmanaged(sides) ? describeUnmanaged(name) : describeScalar(name, sides, formatter),
    ];
  });
}

function describeSecret(name: string, { changed, op }: PlanStep, { before, after }: Sides): ChangeDescription {
  const isChanged = changed.includes(name) || (before === undefined) !== (after === undefined);
  if (!isChanged) return noChange;
  const change = after === undefined ? "is no longer declared" : op === "create" ? "is set" : "is changed";
  return { lines: [`${code(name)} ${change} (secret)`], dangers: [] };
}

function isUnmanaged({ before, after }: Sides): boolean {
  return before !== undefined && after === undefined;
}

function describeUnmanaged(name: string): ChangeDescription {
  return { lines: [`${code(name)} is no longer managed; it stays unchanged`], dangers: [] };
}

function describeScalar(name: string, { before, after }: Sides, formatter: ValueFormatter): ChangeDescription {
  if (JSON.stringify(before) === JSON.stringify(after) && !isUnknown(after) && !isSecret(after)) return noChange;
  if (isSecret(before) && isSecret(after)) return noChange;
  const next = formatter.value(name, after);
  const line =
    before === undefined ? `${code(name)}: ${next}` : `${code(name)}: ${formatter.value(name, before)} → ${next}`;
  return { lines: [line], dangers: isSecret(after) ? [{ kind: "secret", text: code(name) }] : [] };
}

function describeMembers({ before, after }: Sides, formatter: ValueFormatter): ChangeDescription {
  if (isSecret(before) || isSecret(after)) {
    return { lines: ["members: (secret)"], dangers: [{ kind: "secret", text: "the members" }] };
  }
  if (after === undefined) {
    return before === undefined
      ? noChange
      : { lines: ["members are no longer managed; they stay unchanged"], dangers: [] };
  }
  const [old, next] = [memberTexts(before), memberTexts(after)];
  const [added, removed] = [next.filter((each) => !old.includes(each)), old.filter((each) => !next.includes(each))];
  const lines = [
    ...(typeof after === "string" ? [`members: ${formatter.value("userUuids", after)}`] : []),
    ...(added.length > 0 ? [`members added: ${formatter.list("userUuids", added)}`] : []),
    ...(removed.length > 0 && typeof after !== "string"
      ? [`members removed: ${formatter.list("userUuids", removed)}`]
      : []),
  ];
  return { lines, dangers: [] };
}

function describePlaces({ before, after }: Sides, formatter: ValueFormatter): ChangeDescription {
  if (isSecret(before) || isSecret(after)) {
    return { lines: ["places: (secret)"], dangers: [{ kind: "secret", text: "the places" }] };
  }
  if (isUnknown(after)) return { lines: ["places: unknown until the deployment"], dangers: [] };
  if (after === undefined) {
    return before === undefined
      ? noChange
      : { lines: ["places are no longer managed; they stay unchanged"], dangers: [] };
  }
  const [old, next] = [membersOf(before), membersOf(after)];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])].sort((one, other) =>
    one.localeCompare(other, "en", { numeric: true }),
  );
  return joined(
    keys.map((key) => describePlace(key, { before: memberOf(old, key), after: memberOf(next, key) }, formatter)),
  );
}

function describePlace(key: string, { before, after }: Sides, formatter: ValueFormatter): ChangeDescription {
  const name = memberOf(after ?? before, "placeName");
  const label = typeof name === "string" ? `place ${code(name)} (${code(key)})` : `place ${code(key)}`;
  const within = ` at ${label}`;
  const maps = { before: memberOf(before, "doorInfoMap"), after: memberOf(after, "doorInfoMap") };
  if (after === undefined) {
    const doors = describeDoors({ ...maps, after: {} }, formatter, within);
    return joined([{ lines: [`removed ${label}`], dangers: [{ kind: "doorRemoved", text: label }] }, doors]);
  }
  if (isSecret(after)) return { lines: [`${label}: (secret)`], dangers: [{ kind: "secret", text: label }] };
  if (isUnknown(after)) return { lines: [`${label}: unknown until the deployment`], dangers: [] };
  const [old, next] = [membersOf(before), membersOf(after)];
  const fields = Object.keys({ ...old, ...next }).filter((field) => field !== "doorInfoMap");
  const settings = fields
    .sort()
    .map((field) => describeScalar(field, { before: memberOf(old, field), after: memberOf(next, field) }, formatter));
  const lines = settings.flatMap((description) => description.lines.map((line) => `${label}: ${line}`));
  const own = { lines, dangers: [...switchedOff(old, next, within), ...settings.flatMap(({ dangers }) => dangers)] };
  const created = { lines: before === undefined && lines.length === 0 ? [`new ${label}`] : [], dangers: [] };
  return joined([created, own, describeDoors(maps, formatter, within)]);
}

function describeOptions({ before, after }: Sides, formatter: ValueFormatter): ChangeDescription {
  const [old, next] = [membersOf(before), membersOf(after)];
  const fields = Object.keys({ ...old, ...next }).sort();
  const descriptions = fields.map((field) => {
    const { lines, dangers } = describeScalar(
      field,
      { before: memberOf(old, field), after: memberOf(next, field) },
      formatter,
    );
    return { lines: lines.map((line) => `by default, ${line}`), dangers };
  });
  return joined([{ lines: [], dangers: switchedOff(old, next, " by default") }, ...descriptions]);
}

function memberTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(textFrom) : [];
}
