import { type Field, type Fields, partOf } from "../../core/schema/field";
import { definitionOf } from "../../resources/registry";
import { countsIn, type Entry, entriesIn, isDoor } from "../entries";
import { capitalized, code, counted, joinedWithAnd } from "../output/plainText";
import { memberOf, UNKNOWN } from "../pulumi/state";
import {
  type Changes,
  type Danger,
  harmless,
  joined,
  noChanges,
  type PropertyChange,
  reducedMonitoring,
} from "./changes";
import { describeDoors } from "./doors";
import type { PlanStep, Values } from "./plan";
import { isSecret, isUnknown, membersOf, textFrom, type ValueFormatter } from "./valueFormatter";

/** The review of one resource. */
export interface ResourceReview extends Changes {
  /** The resource, as Markdown. */
  readonly label: string;
  /** The operation in a few words. */
  readonly verb: string;
}

/**
 * Reviews one step of a plan.
 * @param step The step.
 * @param formatter Formats values.
 */
export function reviewOf(step: PlanStep, formatter: ValueFormatter): ResourceReview {
  return { label: labelOf(step), verb: verbOf(step), ...describeStep(step, formatter) };
}

function labelOf({ type, name, before, after }: PlanStep): string {
  const { display } = definitionOf(type);
  const objectName = display.name === undefined ? undefined : (after ?? before)?.[display.name];
  const title = typeof objectName === "string" && !isUnknown(objectName) ? ` ${code(objectName)}` : "";
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

function describeStep(step: PlanStep, formatter: ValueFormatter): Changes {
  const { type, op, before = {}, after, isRetained, replaceReasons } = step;
  const { fields } = definitionOf(type);
  if (after === undefined || op === "delete") {
    const counts = [...countsIn(fields, before)].filter(([, count]) => count > 0);
    const text = counts.map(([noun, count]) => counted(count, noun)).join(", ");
    return { lines: contentOf(fields, before, formatter), dangers: isRetained ? [] : [{ kind: "deleted", text }] };
  }
  const because = replaceReasons.map(code).join(", ");
  const replaced: Danger[] = op === "replace" ? [{ kind: "replaced", text: because && `because of ${because}` }] : [];
  const dangers = [...replaced, ...reducedMonitoring(fields, before, after)];
  const changes = Object.entries(fields).map(([name, field]) => {
    const change = { before: before[name], after: after[name] };
    if (field.instruction) return noChanges;
    return field.modifiers.secret ? describeSecret(name, step, change) : describeField(name, field, change, formatter);
  });
  return joined([{ lines: [], dangers }, ...changes]);
}

/** The doors and members of a deleted resource, by name. */
function contentOf(fields: Fields, values: Values, formatter: ValueFormatter): string[] {
  const entries = entriesIn(fields, values);
  const innermost = entries.filter((entry) => isDoor(entry.field) || !entry.field.properties);
  return [...new Set(innermost.map(({ noun }) => noun))].map((noun) => {
    const texts = innermost.filter((entry) => entry.noun === noun).map((entry) => textOf(entry, formatter));
    return `${noun}s: ${joinedWithAnd(texts.sort())}`;
  });
}

function textOf({ field, key, name, value }: Entry, formatter: ValueFormatter): string {
  if (!isDoor(field)) return formatter.value(field, value);
  return name === undefined ? code(key) : `${code(name)} (${code(key)})`;
}

function describeSecret(name: string, { changedInputs, op }: PlanStep, { before, after }: PropertyChange): Changes {
  const isChanged = changedInputs.includes(name) || (before === undefined) !== (after === undefined);
  if (!isChanged) return noChanges;
  const change = after === undefined ? "is no longer declared" : op === "create" ? "is set" : "is changed";
  return harmless(`${code(name)} ${change} (secret)`);
}

function describeField(name: string, field: Field, change: PropertyChange, formatter: ValueFormatter): Changes {
  if (field.modifiers.entry !== undefined) return describeEntries(field, change, formatter);
  if (field.properties)
    return describeProperties(field, change, formatter, { start: "by default, ", end: " by default" });
  if (field.reset === "keep" && change.before !== undefined && change.after === undefined) {
    return harmless(`${code(name)} is no longer managed; it stays unchanged`);
  }
  return describeValue(name, field, change, formatter);
}

function describeValue(
  name: string,
  field: Field | undefined,
  { before, after }: PropertyChange,
  formatter: ValueFormatter,
): Changes {
  if (JSON.stringify(before) === JSON.stringify(after) && !isUnknown(after) && !isSecret(after)) return noChanges;
  if (isSecret(before) && isSecret(after)) return noChanges;
  const old = before === undefined ? "" : `${formatter.value(field, before)} → `;
  const line = `${code(name)}: ${old}${formatter.value(field, after)}`;
  return { lines: [line], dangers: isSecret(after) ? [{ kind: "secret", text: code(name) }] : [] };
}

/** Describes the properties of an object, without its maps. Lines start, and dangers end, with the words for the object. */
function describeProperties(
  field: Field,
  { before, after }: PropertyChange,
  formatter: ValueFormatter,
  words: { readonly start: string; readonly end: string },
): Changes {
  const [old, next] = [membersOf(before), membersOf(after)];
  const names = Object.keys({ ...old, ...next }).filter((name) => !partOf(field, name)?.modifiers.entry);
  const changes = names.sort().map((name) => {
    const change = { before: memberOf(old, name), after: memberOf(next, name) };
    return describeValue(name, partOf(field, name), change, formatter);
  });
  const { lines, dangers } = joined(changes);
  return {
    lines: lines.map((line) => `${words.start}${line}`),
    dangers: [...reducedMonitoring(field.properties ?? {}, old, next, words.end), ...dangers],
  };
}

/** Describes a map or a set, such as doors, places or members. */
function describeEntries(field: Field, change: PropertyChange, formatter: ValueFormatter, place = ""): Changes {
  const { each, modifiers } = field;
  const { before, after } = change;
  const { noun = "" } = modifiers.entry ?? {};
  const all = `${noun}s${place}`;
  if (isSecret(before) || isSecret(after)) {
    const line = `${all}: (secret), because the program declares them as a secret`;
    return { lines: [line], dangers: [{ kind: "secret", text: all }] };
  }
  if (after === UNKNOWN) return harmless(`${all}: unknown until the deployment`);
  if (after === undefined || after === null) {
    const isReleased = before !== undefined && before !== null;
    return isReleased ? harmless(`${all} are no longer managed; they stay unchanged`) : noChanges;
  }
  if (each === undefined) return noChanges;
  if (isDoor(each)) return describeDoors(each, change, formatter, place);
  return each.properties ? describePlaces(field, change, formatter) : describeMembers(all, each, change, formatter);
}

function describeMembers(
  all: string,
  member: Field,
  { before, after }: PropertyChange,
  formatter: ValueFormatter,
): Changes {
  const [old, next] = [textsIn(before), textsIn(after)];
  const [added, removed] = [next.filter((each) => !old.includes(each)), old.filter((each) => !next.includes(each))];
  return joined([
    ...(added.length > 0 ? [harmless(`${all} added: ${formatter.list(member, added)}`)] : []),
    ...(removed.length > 0 ? [harmless(`${all} removed: ${formatter.list(member, removed)}`)] : []),
  ]);
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(textFrom) : [];
}

function describePlaces(field: Field, { before, after }: PropertyChange, formatter: ValueFormatter): Changes {
  const [old, next] = [membersOf(before), membersOf(after)];
  const keys = Object.keys({ ...old, ...next }).sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
  return joined(
    keys.map((key) => describePlace(field, key, { before: memberOf(old, key), after: memberOf(next, key) }, formatter)),
  );
}

/** Describes an entry that has doors. */
function describePlace(map: Field, key: string, change: PropertyChange, formatter: ValueFormatter): Changes {
  const { before, after } = change;
  const { noun = "", name: nameField = "" } = map.modifiers.entry ?? {};
  const name = memberOf(after ?? before, nameField);
  const label = `${noun} ${typeof name === "string" ? `${code(name)} (${code(key)})` : code(key)}`;
  if (isSecret(after)) return { lines: [`${label}: (secret)`], dangers: [{ kind: "secret", text: label }] };
  if (isUnknown(after)) return harmless(`${label}: unknown until the deployment`);
  const maps = Object.entries(map.each?.properties ?? {}).filter(([, { modifiers }]) => modifiers.entry);
  const inner = maps.map(([property, field]) => {
    const doors = { before: memberOf(before, property), after: after === undefined ? {} : memberOf(after, property) };
    return describeEntries(field, doors, formatter, ` at ${label}`);
  });
  if (after === undefined) {
    return joined([{ lines: [`removed ${label}`], dangers: [{ kind: "doorRemoved", text: label }] }, ...inner]);
  }
  const words = { start: `${label}: `, end: ` at ${label}` };
  const own = map.each === undefined ? noChanges : describeProperties(map.each, change, formatter, words);
  const created = before === undefined && own.lines.length === 0 ? [harmless(`new ${label}`)] : [];
  return joined([...created, own, ...inner]);
}
