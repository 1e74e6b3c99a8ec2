import { type Fields, fieldsOf } from "../../core/schema/field";
import { definitionOf } from "../../resources/registry";
import { countsIn, type Entry, entriesIn, isDoor } from "../entries";
import { capitalized, code, counted, joinedWithAnd } from "../output/plainText";
import { urnOf } from "../pulumi/state";
import { type Changes, type Finding, joined, noChanges, reducedMonitoring } from "./changes";
import type { PlanStep, Values } from "./plan";
import { describeField } from "./properties";
import { isAdopting, sharedIn, unclearIn } from "./unclear";
import { isSecret, isUnknown, type ValueFormatter } from "./valueFormatter";

/** The review of one resource. */
export interface ResourceReview extends Changes {
  /** The resource, as Markdown. */
  readonly label: string;
  /** The operation in a few words. */
  readonly verb: string;
}

/** The operations of the engine that a review understands. */
const OPERATIONS = ["create", "update", "replace", "delete", "import", "same"];

/**
 * Reviews one step of a plan.
 * @param step The step.
 * @param formatter Formats values.
 */
export function reviewOf(step: PlanStep, formatter: ValueFormatter): ResourceReview {
  const { lines, findings } = joined([ofWhole(step), describeStep(step, formatter)]);
  return {
    label: labelOf(step),
    verb: verbOf(step),
    lines: lines.length > 0 ? lines : insteadOf(step, findings),
    findings,
  };
}

function labelOf({ type, name, before, after }: PlanStep): string {
  const { display } = definitionOf(type);
  const objectName = display.name === undefined ? undefined : (after ?? before)?.[display.name];
  const title = typeof objectName === "string" && !isUnknown(objectName) ? ` ${code(objectName)}` : "";
  return `${capitalized(display.noun)}${title} (${code(name)} in the program)`;
}

function verbOf({ op, after = {}, isRetained, isRecreated }: PlanStep): string {
  if (op === "delete") return isRetained ? "removed from the stack; it stays in Rhombus" : "deleted";
  if (op === "create" && isAdopting(after)) return "adopted, or created if it does not exist";
  if (op === "create") return isRecreated ? "created again, because it was deleted outside Pulumi" : "new";
  if (op === "update") return "changed";
  if (op === "replace") return "replaced";
  if (op === "same") return "unchanged in Rhombus";
  return op === "import" ? "imported as it is" : code(op);
}

/** Changes that do not concern a single input. */
function ofWhole({ op, provider, previousProvider, driftedInputs, isUnprotected }: PlanStep): Changes {
  const lines = driftedInputs.map((name) => `${code(name)} was changed outside Pulumi since the last deployment`);
  const findings: Finding[] = [];
  if (!OPERATIONS.includes(op)) findings.push({ kind: "unsupported", text: `operation ${code(op)}` });
  if (previousProvider !== provider)
    findings.push({ kind: "settings", text: `uses ${settingsOf(provider)} from now on` });
  if (isUnprotected) findings.push({ kind: "unprotected", text: "a later deployment may delete it" });
  return { lines, findings };
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
  const { type, op, before = {}, after, replaceReasons } = step;
  const { fields } = definitionOf(type);
  if (op === "same") return noChanges;
  if (after === undefined || op === "delete") return describeDeletion(step, fields, formatter);
  const because = replaceReasons.map(code).join(", ");
  const replaced: Finding = { kind: "replaced", text: because && `because of ${because}` };
  const findings = [
    ...(op === "replace" ? [replaced, ...lostUnseen(fields, before)] : []),
    ...reducedMonitoring(fields, before, after),
    ...unclearIn(fields, step, after, formatter),
  ];
  const changes = fieldsOf(fields).map(([name, field]) => describeField(name, field, step, formatter));
  return joined([{ lines: [], findings }, ...changes]);
}

function describeDeletion({ before = {}, isRetained }: PlanStep, fields: Fields, formatter: ValueFormatter): Changes {
  const lines = contentOf(fields, before, formatter);
  if (isRetained) return { lines, findings: [{ kind: "unmanaged", text: "it stays in Rhombus, and is in no stack" }] };
  const counts = [...countsIn(fields, before)].filter(([, count]) => count > 0);
  const text = counts.map(([noun, count]) => counted(count, noun)).join(", ");
  const shared = fieldsOf(fields).flatMap(([, field]) => sharedIn(field, before));
  const members = removedMembers(fields, before, formatter);
  return { lines, findings: [{ kind: "deleted", text }, ...members, ...shared, ...lostUnseen(fields, before)] };
}

function removedMembers(fields: Fields, before: Values, formatter: ValueFormatter): Finding[] {
  return fieldsOf(fields).flatMap(([name, { each, modifiers }]): Finding[] => {
    const { entry } = modifiers;
    const members = before[name];
    if (entry !== undefined && isSecret(members)) return [{ kind: "secret", text: `${entry.noun}s that are removed` }];
    if (!Array.isArray(members) || members.length === 0 || entry === undefined) return [];
    return [{ kind: "membersRemoved", text: formatter.shortList(each, members) }];
  });
}

/** Collections that are lost with the object, and that the state does not show because the program does not declare them. */
function lostUnseen(fields: Fields, before: Values): Finding[] {
  return fieldsOf(fields).flatMap(([name, { modifiers }]): Finding[] => {
    const { entry, deprecated } = modifiers;
    if (entry === undefined || deprecated !== undefined || (before[name] ?? undefined) !== undefined) return [];
    return [{ kind: "unmanaged", text: `${entry.noun}s are not managed; those that are lost are not shown` }];
  });
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
