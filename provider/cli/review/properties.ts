import { type Field, partOf } from "../../core/schema/field";
import { isDoor } from "../entries";
import { code } from "../output/plainText";
import { memberOf, UNKNOWN } from "../pulumi/state";
import {
  type Changes,
  changed,
  type Finding,
  joined,
  noChanges,
  type PropertyChange,
  reducedMonitoring,
} from "./changes";
import { describeDoors } from "./doors";
import type { PlanStep } from "./plan";
import { isSecretChanged } from "./unclear";
import { isSecret, isUnknown, membersOf, textFrom, type ValueFormatter } from "./valueFormatter";

/**
 * Describes the change of one input.
 * @param name The input.
 * @param field Its field.
 * @param step The step that changes it.
 * @param formatter Formats values.
 */
export function describeField(name: string, field: Field, step: PlanStep, formatter: ValueFormatter): Changes {
  const change = { before: step.before?.[name], after: step.after?.[name] };
  const { before, after } = change;
  if (field.modifiers.secret) return describeSecret(name, field, step, change);
  if (isSecret(before) && isSecret(after) && !isSecretChanged(name, step)) return noChanges;
  if (field.modifiers.entry !== undefined) return describeEntries(field, change, formatter);
  if (field.reset === "keep" && isReleased(change)) return released(code(name), "it stays");
  if (!field.properties) return describeValue(name, field, change, formatter);
  return describeProperties(field, change, formatter, { start: "by default, ", end: " by default" });
}

function isReleased({ before, after }: PropertyChange): boolean {
  return (before ?? undefined) !== undefined && (after ?? undefined) === undefined;
}

/** A part that is no longer declared, and stays in Rhombus as it is. */
function released(subject: string, stays: string): Changes {
  const text = `${subject} ${stays === "it stays" ? "is" : "are"} no longer managed; ${stays} unchanged`;
  return changed(text, { kind: "unmanaged", text });
}

function describeSecret(name: string, { reset }: Field, step: PlanStep, { before, after }: PropertyChange): Changes {
  const isChanged = step.changedInputs.includes(name) || (before === undefined) !== (after === undefined);
  if (!isChanged) return noChanges;
  if (after === undefined && reset === "keep") return released(`${code(name)} (secret)`, "it stays");
  const text = `${code(name)} ${after === undefined ? "is cleared" : before === undefined ? "is set" : "is changed"}`;
  return changed(`${text} (secret)`, { kind: "secret", text });
}

function describeValue(
  name: string,
  field: Field | undefined,
  { before, after }: PropertyChange,
  formatter: ValueFormatter,
): Changes {
  if (JSON.stringify(before) === JSON.stringify(after) && !isUnknown(after) && !isSecret(after)) return noChanges;
  const old = before === undefined ? "" : `${formatter.value(field, before)} → `;
  return changed(`${code(name)}: ${old}${formatter.value(field, after)}`);
}

/** Describes the properties of an object, without its maps. Lines start, and findings end, with the words for the object. */
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
  const findings = reducedMonitoring(field.properties ?? {}, old, next, words.end);
  return { lines: joined(changes).lines.map((line) => `${words.start}${line}`), findings };
}

/** Describes a map or a set, such as doors, places or members. */
function describeEntries(field: Field, change: PropertyChange, formatter: ValueFormatter, place = ""): Changes {
  const { each, modifiers } = field;
  const { before, after } = change;
  const { noun = "" } = modifiers.entry ?? {};
  const all = `${noun}s${place}`;
  if (isReleased(change)) return released(all, "they stay");
  if (after === UNKNOWN) return changed(`${all}: unknown until the deployment`);
  if (isSecret(before) || isSecret(after))
    return changed(`${all}: (secret), because the program declares them as a secret`);
  if (each === undefined || (after ?? undefined) === undefined) return noChanges;
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
  const [isOld, isNext] = [new Set(old), new Set(next)];
  const describe = (kind: Finding["kind"], verb: string, members: readonly string[]) => {
    if (members.length === 0) return noChanges;
    const finding = { kind, text: formatter.shortList(member, members) };
    return changed(`${all} ${verb}: ${formatter.list(member, members)}`, finding);
  };
  return joined([
    describe(
      "membersAdded",
      "added",
      next.filter((each) => !isOld.has(each)),
    ),
    describe(
      "membersRemoved",
      "removed",
      old.filter((each) => !isNext.has(each)),
    ),
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
  if (isSecret(after)) return changed(`${label}: (secret)`);
  if (isUnknown(after)) return changed(`${label}: unknown until the deployment`);
  const maps = Object.entries(map.each?.properties ?? {}).filter(([, { modifiers }]) => modifiers.entry);
  const inner = maps.map(([property, field]) => {
    const doors = { before: memberOf(before, property), after: after === undefined ? {} : memberOf(after, property) };
    return describeEntries(field, doors, formatter, ` at ${label}`);
  });
  if (after === undefined) {
    return joined([
      changed(`removed ${label}`, { kind: "removed", text: label, item: { noun, key, place: "" } }),
      ...inner,
    ]);
  }
  const words = { start: `${label}: `, end: ` at ${label}` };
  const own = map.each === undefined ? noChanges : describeProperties(map.each, change, formatter, words);
  const created = before === undefined && own.lines.length === 0 ? [changed(`new ${label}`)] : [];
  return joined([...created, own, ...inner]);
}
