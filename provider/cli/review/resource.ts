import { type Field, type Fields, fieldsOf } from "../../core/schema/field";
import { definitionOf } from "../../resources/registry";
import { countsIn, type Entry, entriesIn, isDoor } from "../entries";
import { capitalized, code, counted, joinedWithAnd } from "../output/plainText";
import { memberOf, urnOf } from "../pulumi/state";
import { type Changes, changed, type Finding, joined, noChanges } from "./changes";
import { foreignCodeFindings } from "./foreignCode";
import { entryLabel, formerName } from "./labels";
import { enumerations } from "./lists";
import type { PlanStep, Values } from "./plan";
import { describeField, MEMBER } from "./properties";
import { describeStaying } from "./staying";
import { ignoredIn, isAdopting, sharedIn, unclearIn, unreadIn } from "./unclear";
import { isSecret, isUnknown, type ValueFormatter } from "./valueFormatter";

/** The review of one resource. */
export interface ResourceReview extends Changes {
  /** The resource, as Markdown. */
  readonly label: string;
  /** The operation in a few words. */
  readonly verb: string;
  /** True if the resource does not exist before the deployment. */
  readonly isNew: boolean;
}

/** The operations of the engine that a review understands. */
const OPERATIONS = ["create", "update", "replace", "delete", "import", "same"];

/**
 * Reviews one step of a plan.
 * @param step The step.
 * @param formatter Formats values.
 */
export function reviewOf(step: PlanStep, formatter: ValueFormatter): ResourceReview {
  const { lines, findings } = joined([ofWhole(step), describeStaying(step, formatter), describeStep(step, formatter)]);
  return {
    label: labelOf(step),
    verb: verbOf(step),
    isNew: step.op === "create" && !isAdopting(step.after ?? {}),
    lines: lines.length > 0 ? lines : insteadOf(step, findings),
    findings,
  };
}

/**
 * The name of a resource, as Markdown.
 * @param step Its step.
 */
export function labelOf({ type, name, before, after }: PlanStep): string {
  const { display } = definitionOf(type);
  const [old, next] = [before ?? after, after ?? before].map((values) => {
    const objectName = display.name === undefined ? undefined : values?.[display.name];
    return typeof objectName === "string" && !isUnknown(objectName) ? objectName : "";
  });
  const title = next ? ` ${code(next)}` : "";
  return `${capitalized(display.noun)}${title}${formerName(old ?? "", next ?? "")} (${code(name)} in the program)`;
}

function verbOf({ op, after = {}, isRetained, isRecreated, isLeftover }: PlanStep): string {
  if (op === "delete" && isRetained) return "removed from the stack; it stays in Rhombus";
  if (op === "delete") return isLeftover ? `deleted; ${LEFTOVER}` : "deleted";
  if (op === "create" && isAdopting(after)) return "adopted, or created if it does not exist";
  if (op === "create") return isRecreated ? "created again, because it is not in Rhombus any more" : "new";
  if (op === "update") return "changed";
  if (op === "replace") return isRetained ? "created anew; the old one stays in Rhombus" : "replaced";
  if (op === "same") return "unchanged in Rhombus";
  return op === "import" ? "imported as it is" : code(op);
}

const LEFTOVER = "an earlier replacement has left it";

/** Changes that do not concern a single input. */
function ofWhole(step: PlanStep): Changes {
  const { op, provider, previousProvider, undoneInputs, isUnprotected, foreignCode } = step;
  const lines = undoneInputs.map((name) => `${code(name)} was changed outside Pulumi since the last deployment`);
  const findings: Finding[] = [];
  if (!OPERATIONS.includes(op)) findings.push({ kind: "unsupported", text: `operation ${code(op)}` });
  if (previousProvider !== provider)
    findings.push({ kind: "moved", text: `from ${settingsOf(previousProvider)} to ${settingsOf(provider)}` });
  if (isUnprotected) findings.push({ kind: "unprotected", text: "a later deployment may delete it" });
  const unclear = [...foreignCodeFindings(foreignCode, op), ...unreadIn(step), ...ignoredIn(step), ...laterLeft(step)];
  return { lines, findings: [...findings, ...unclear] };
}

function laterLeft({ newlyRetainedBy }: PlanStep): Finding[] {
  return newlyRetainedBy.map((option) => {
    const condition = option === "deletedWith" ? "together with another resource " : "";
    return { kind: "unmanaged", text: `a later deletion ${condition}leaves it in Rhombus, because of ${code(option)}` };
  });
}

function settingsOf(provider: string | undefined): string {
  return provider === undefined ? "the settings of the stack" : `provider ${code(urnOf(provider).name)}`;
}

const NO_DIFFERENCE =
  "no declared value changes in effect; the deployment reads the object, and completes what an earlier one left undone";

/** The lines of an update without a visible difference. */
function insteadOf({ op }: PlanStep, findings: readonly Finding[]): readonly string[] {
  if (op !== "update") return [];
  const texts = findings.map(({ text }) => text).filter((text) => text !== "");
  return texts.length > 0 ? texts : [NO_DIFFERENCE];
}

function describeStep(step: PlanStep, formatter: ValueFormatter): Changes {
  const { type, op, before = {}, after, replaceReasons, isRetained } = step;
  const { fields, display, createsReplacementFirst } = definitionOf(type);
  if (op === "delete") return describeDeletion(step, fields, formatter);
  if (op === "same" || after === undefined) return noChanges;
  if (op === "replace" && isRetained) return describeSuccessor(step, fields, formatter);
  const [isNew, isReplaced] = [step.before === undefined, op === "replace"];
  const because = replaceReasons.map((name) => code(name)).join(", ");
  const kind = createsReplacementFirst && !step.isDeletedFirst ? "replacedFirst" : "replaced";
  const replaced: Finding = { kind, text: because && `because of ${because}` };
  const findings = [
    ...(isReplaced ? [replaced] : []),
    ...(isReplaced ? lostUnseen(fields, before, (name, field) => isReplaceable(field, after[name])) : []),
    ...unclearIn(fields, step, after, formatter),
  ];
  const resource = { start: "", end: "", label: "", nameField: display.name, isNew, isReplaced };
  const changes = fieldsOf(fields).map(([name, field]) => describeField(name, field, step, resource, formatter));
  return joined([{ lines: [], findings }, ...changes, ...unsupportedIn(fields, step)]);
}

/** A replacement whose old object stays: nothing is removed from it, and all that the new one has is new. */
function describeSuccessor(step: PlanStep, fields: Fields, formatter: ValueFormatter): Changes {
  const { before = {} } = step;
  const old = contentOf(fields, before, formatter).map((line) => `stays with the old one: ${line}`);
  const successor = describeStep({ ...step, op: "create", before: undefined, changedInputs: [] }, formatter);
  return joined([{ lines: old, findings: [leftBehind(fields, before, "the old one")] }, successor]);
}

/** The inputs that a later version has added. Their values may be secrets. */
function unsupportedIn(fields: Fields, { after, changedInputs }: PlanStep): Changes[] {
  const names = [...new Set([...Object.keys(after ?? {}), ...changedInputs])].filter((name) => {
    return !Object.hasOwn(fields, name) && name !== "provider" && !name.startsWith("__");
  });
  return names.sort().map((name) => {
    const text = `input ${code(name)}`;
    return changed(`${text} is unknown to this version`, { kind: "unsupported", text });
  });
}

/** `subject`: The object that stays, if the label of the resource does not name it. */
function leftBehind(fields: Fields, before: Values, subject = ""): Finding {
  const counts = countsOf(fields, before);
  return { kind: "left", text: subject === "" ? counts : `${subject}${counts && `, with ${counts}`}` };
}

function countsOf(fields: Fields, before: Values): string {
  const counts = [...countsIn(fields, before)].filter(([, count]) => count > 0);
  return joinedWithAnd(counts.map(([noun, count]) => counted(count, noun)));
}

function describeDeletion(
  { before = {}, isRetained, isLeftover, op }: PlanStep,
  fields: Fields,
  formatter: ValueFormatter,
): Changes {
  const lines = contentOf(fields, before, formatter);
  if (isRetained) return { lines, findings: [leftBehind(fields, before)] };
  const text = [countsOf(fields, before), ...(isLeftover ? [LEFTOVER] : [])].filter(Boolean).join("; ");
  const shared = fieldsOf(fields).flatMap(([, field]) => sharedIn(field, op, before));
  const members = removedMembers(fields, before, formatter);
  const unseen = lostUnseen(fields, before, (_, { modifiers }) => modifiers.entry !== undefined);
  return { lines, findings: [{ kind: "deleted", text }, ...members, ...shared, ...unseen] };
}

function removedMembers(fields: Fields, before: Values, formatter: ValueFormatter): Finding[] {
  return fieldsOf(fields).flatMap(([name, { each, modifiers }]): Finding[] => {
    const { entry } = modifiers;
    const members = before[name];
    if (entry !== undefined && isSecret(members)) return [{ kind: "secret", text: `${entry.noun}s that are removed` }];
    if (!Array.isArray(members) || members.length === 0 || entry?.noun !== MEMBER) return [];
    return [{ kind: "membersRemoved", text: formatter.shortList(each, members) }];
  });
}

/**
 * Finds what is lost with the object, and what the state does not show because the program does not declare it.
 * @param fields The fields of the object.
 * @param before Its values.
 * @param isLost True for an input to look at, by its name and its field.
 * @param place A suffix that names the place of the object, as Markdown. Default: none.
 */
function lostUnseen(
  fields: Fields,
  before: unknown,
  isLost: (name: string, field: Field) => boolean,
  place = "",
): Finding[] {
  const own = fieldsOf(fields).filter(([name, field]) => {
    return (
      isLost(name, field) &&
      field.modifiers.deprecated === undefined &&
      (memberOf(before, name) ?? undefined) === undefined
    );
  });
  const found = own.map(([name, { modifiers }]): Finding => {
    const text = modifiers.entry === undefined ? `${code(name)} is` : `${modifiers.entry.noun}s${place} are`;
    return { kind: "unmanaged", text: `${text} not managed; what is lost is not shown` };
  });
  const inner = entriesIn(fields, before).flatMap(({ noun, key, value, field: { properties = {} } }) => {
    const maps = Object.fromEntries(Object.entries(properties).filter(([, { modifiers }]) => modifiers.entry));
    return lostUnseen(maps, value, isLost, ` at ${noun} ${code(key)}`);
  });
  return [...found, ...inner];
}

/** True for a field that keeps its value if it is no longer declared, so that only a replacement loses it. */
function isReplaceable({ reset, writeOnly, modifiers: { local, entry } }: Field, declared: unknown): boolean {
  return reset === "keep" && !writeOnly && !local && (entry !== undefined || (declared ?? undefined) === undefined);
}

/** The doors and members of a deleted resource, by name. */
function contentOf(fields: Fields, values: Values, formatter: ValueFormatter): string[] {
  const entries = entriesIn(fields, values);
  const innermost = entries.filter((entry) => isDoor(entry.field) || !entry.field.properties);
  return [...new Set(innermost.map(({ noun }) => noun))].flatMap((noun) => {
    const texts = innermost.filter((entry) => entry.noun === noun).map((entry) => textOf(entry, formatter));
    return enumerations(texts.sort()).map((list) => `${noun}s: ${list}`);
  });
}

function textOf({ field, key, name = "", value }: Entry, formatter: ValueFormatter): string {
  return isDoor(field) ? entryLabel(key, name) : formatter.value(field, value);
}
