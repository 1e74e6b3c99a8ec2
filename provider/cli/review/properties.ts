import { type Field, partOf } from "../../core/schema/field";
import { isDoor } from "../entries";
import { code } from "../output/plainText";
import { memberOf, UNKNOWN } from "../pulumi/state";
import { type Changes, changed, type Finding, joined, noChanges, type PropertyChange } from "./changes";
import { describeDoors } from "./doors";
import { entryLabel } from "./labels";
import type { PlanStep } from "./plan";
import { type Owner, settingFindings } from "./settingChange";
import { isSecretChanged } from "./unclear";
import { isSecret, isUnknown, membersOf, textFrom, type ValueFormatter } from "./valueFormatter";

/** The noun of the members of a group. Those of another set, such as the doors of a grant, are no people. */
export const MEMBER = "member";

const LOST = " (lost with the replacement)";

/**
 * Describes the change of one input.
 * @param name The input.
 * @param field Its field.
 * @param step The step that changes it.
 * @param resource The resource as the owner of its inputs.
 * @param formatter Formats values.
 */
export function describeField(
  name: string,
  field: Field,
  step: PlanStep,
  resource: Owner,
  formatter: ValueFormatter,
): Changes {
  const change = { before: step.before?.[name], after: step.after?.[name] };
  const { before, after } = change;
  if (field.modifiers.secret) return describeSecret(name, field, step, resource, change);
  if (isSecret(before) && isSecret(after) && !isSecretChanged(name, step)) return noChanges;
  if (field.modifiers.entry !== undefined) return describeEntries(field, change, resource, formatter);
  if (!field.properties) return describeValue(name, field, change, resource, formatter);
  if (isReleased(change) && !resource.isReplaced) return released(code(name), "it stays");
  const lost = isReleased(change) ? LOST : "";
  const words = { start: "by default, ", end: ` by default${lost}`, label: "", nameField: undefined };
  return describeProperties(field, change, { ...resource, ...words }, formatter);
}

function isReleased({ before, after }: PropertyChange): boolean {
  return (before ?? undefined) !== undefined && (after ?? undefined) === undefined;
}

/** A part that is no longer declared, and stays in Rhombus as it is. */
function released(subject: string, stays: string): Changes {
  const text = `${subject} ${stays === "it stays" ? "is" : "are"} no longer managed; ${stays} unchanged`;
  return changed(text, { kind: "unmanaged", text });
}

function describeSecret(
  name: string,
  { reset }: Field,
  step: PlanStep,
  { isReplaced }: Owner,
  { before, after }: PropertyChange,
): Changes {
  const isChanged = step.changedInputs.includes(name) || (before === undefined) !== (after === undefined);
  if (!isChanged) return noChanges;
  if (after === undefined && reset === "keep" && !isReplaced) return released(`${code(name)} (secret)`, "it stays");
  const text = `${code(name)} ${after === undefined ? "is cleared" : before === undefined ? "is set" : "is changed"}`;
  return changed(`${text} (secret)`, { kind: "secret", text });
}

function describeValue(
  name: string,
  field: Field | undefined,
  change: PropertyChange,
  owner: Owner,
  formatter: ValueFormatter,
): Changes {
  const { before, after } = change;
  const isSame = JSON.stringify(before ?? null) === JSON.stringify(after ?? null);
  if (isSame && !isUnknown(after) && !isSecret(after)) return noChanges;
  const isKept = field?.reset === "keep" && isReleased(change);
  if (isKept && !owner.isReplaced) return released(`${owner.start}${code(name)}`, "it stays");
  const old = before === undefined ? "" : `${formatter.value(field, before)} → `;
  const line = `${owner.start}${code(name)}: ${old}${formatter.value(field, after)}${isKept ? LOST : ""}`;
  return changed(line, ...settingFindings(name, field, change, owner, formatter));
}

/** Describes the properties of an object, without its maps. */
function describeProperties(
  field: Field,
  { before, after }: PropertyChange,
  owner: Owner,
  formatter: ValueFormatter,
): Changes {
  const [old, next] = [membersOf(before), membersOf(after)];
  const names = Object.keys({ ...old, ...next }).filter((name) => !partOf(field, name)?.modifiers.entry);
  const changes = names.sort().map((name) => {
    const change = { before: memberOf(old, name), after: memberOf(next, name) };
    return describeValue(name, partOf(field, name), change, owner, formatter);
  });
  return joined(changes);
}

/** Describes a map or a set, such as doors, places or members. */
function describeEntries(
  field: Field,
  change: PropertyChange,
  owner: Owner,
  formatter: ValueFormatter,
  place = "",
): Changes {
  const { each, modifiers } = field;
  const { before } = change;
  const { noun = "" } = modifiers.entry ?? {};
  const all = `${noun}s${place}`;
  if (isReleased(change) && !owner.isReplaced) return released(all, "they stay");
  const lost = isReleased(change) ? LOST : "";
  const after = isReleased(change) ? (Array.isArray(before) ? [] : {}) : change.after;
  if (after === UNKNOWN) return changed(`${all}: unknown until the deployment`);
  if (isSecret(before) || isSecret(after))
    return changed(`${all}: (secret), because the program declares them as a secret`);
  if (each === undefined || (after ?? undefined) === undefined) return noChanges;
  const sides = { before, after };
  if (isDoor(each)) return describeDoors(each, sides, owner, { formatter, place: `${place}${lost}` });
  return each.properties
    ? describePlaces(field, sides, { ...owner, end: lost }, formatter)
    : describeMembers(each, sides, { all, lost, isNew: owner.isNew }, formatter);
}

function describeMembers(
  member: Field,
  { before, after }: PropertyChange,
  { all, lost, isNew }: { readonly all: string; readonly lost: string; readonly isNew: boolean },
  formatter: ValueFormatter,
): Changes {
  const [old, next] = [textsIn(before), textsIn(after)];
  const [isOld, isNext] = [new Set(old), new Set(next)];
  const describe = (kind: Finding["kind"], verb: string, members: readonly string[]): Changes => {
    if (members.length === 0) return noChanges;
    const lines = formatter.lists(member, members).map((list) => `${all} ${verb}: ${list}${lost}`);
    const text = `${formatter.shortList(member, members)}${lost}`;
    if (all === `${MEMBER}s`) return { lines, findings: [{ kind, text }] };
    return { lines, findings: isNew ? [] : [{ kind: "changed", text: `${all} ${verb}: ${text}` }] };
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

function describePlaces(
  field: Field,
  { before, after }: PropertyChange,
  owner: Owner,
  formatter: ValueFormatter,
): Changes {
  const [old, next] = [membersOf(before), membersOf(after)];
  const keys = Object.keys({ ...old, ...next }).sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
  return joined(
    keys.map((key) => {
      return describePlace(field, key, { before: memberOf(old, key), after: memberOf(next, key) }, owner, formatter);
    }),
  );
}

/** Describes an entry that has doors. */
function describePlace(
  map: Field,
  key: string,
  change: PropertyChange,
  resource: Owner,
  formatter: ValueFormatter,
): Changes {
  const { before, after } = change;
  const { noun = "", name: nameField } = map.modifiers.entry ?? {};
  const label = `${noun} ${labelOf(map, key, change)}${resource.end}`;
  if (isSecret(after)) return changed(`${label}: (secret)`);
  if (isUnknown(after)) return changed(`${label}: unknown until the deployment`);
  const isNew = before === undefined;
  const end = ` at ${label}`;
  const owner = { ...resource, start: `${label}: `, end, label, nameField, isNew };
  const maps = Object.entries(map.each?.properties ?? {}).filter(([, { modifiers }]) => modifiers.entry);
  const inner = maps.map(([property, field]) => {
    const doors = { before: memberOf(before, property), after: after === undefined ? {} : memberOf(after, property) };
    return describeEntries(field, doors, owner, formatter, end);
  });
  if (after === undefined) {
    const item = { noun, key, place: resource.end, name: labelOf(map, key, change) };
    const undeclared = maps.filter(([property]) => (memberOf(before, property) ?? undefined) === undefined);
    const unseen = undeclared.map(([, { modifiers }]): Finding => {
      return { kind: "unmanaged", text: `${modifiers.entry?.noun}s${end} are not managed; what is lost is not shown` };
    });
    const findings: Finding[] = [{ kind: "removed", text: label, item }, ...(resource.isReplaced ? [] : unseen)];
    return joined([{ lines: [`removed ${label}`], findings }, ...inner]);
  }
  const own = map.each === undefined ? noChanges : describeProperties(map.each, change, owner, formatter);
  const findings: Finding[] = isNew && !resource.isNew ? [{ kind: "changed", text: `new ${label}` }] : [];
  const lines = isNew && own.lines.length === 0 ? [`new ${label}`] : [];
  return joined([{ lines, findings }, own, ...inner]);
}

/** The name of an entry with its former name and its key. A name that is no longer declared may stay. */
function labelOf(map: Field, key: string, { before, after }: PropertyChange): string {
  const { name = "" } = map.modifiers.entry ?? {};
  const [old = "", next = ""] = [before ?? after, after ?? before].map((value) => {
    const given = memberOf(value, name);
    return typeof given === "string" && !isUnknown(given) && !isSecret(given) ? given : "";
  });
  const isKept = next === "" && partOf(map.each, name)?.reset === "keep";
  return entryLabel(key, isKept ? old : next, old);
}
