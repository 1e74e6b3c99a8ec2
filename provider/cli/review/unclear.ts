import { type Field, type Fields, fieldsOf } from "../../core/schema/field";
import { type Path, pathText, valueFrom } from "../../core/schema/values";
import { definitionOf } from "../../resources/registry";
import { type Reference, referencesIn } from "../entries";
import { code, joinedWithAnd } from "../output/plainText";
import { SECRET, UNKNOWN, urnOf } from "../pulumi/state";
import type { Finding } from "./changes";
import { shortened } from "./lists";
import type { PlanStep, Values } from "./plan";
import type { ValueFormatter } from "./valueFormatter";

/**
 * Finds the effects of a step that its plan does not show: values that are unknown or secret, references to what is not in
 * Rhombus, and members that are managed elsewhere.
 * @param fields The fields of the resource.
 * @param step The step, which creates or changes the resource.
 * @param after The inputs after the deployment.
 * @param formatter Knows the objects in Rhombus.
 */
export function unclearIn(fields: Fields, step: PlanStep, after: Values, formatter: ValueFormatter): Finding[] {
  const { before = {}, op } = step;
  const found: Finding[] = fieldsOf(fields).flatMap(([name, field]) => {
    const hidden = isSecretChanged(name, step) ? secretPaths(name, before, after) : [];
    return [
      ...pathsOf(after[name], UNKNOWN, [name]).map((path) => findingAt("unknown", path, step.sources[name])),
      ...(field.modifiers.secret ? [] : hidden.map((path) => findingAt("secret", path))),
      ...newlyManaged(name, field, step, after),
      ...sharedIn(field, op, before, after),
    ];
  });
  if (op === "create" && isAdopting(after)) found.push({ kind: "adopted", text: ADOPTED });
  if (op === "import") found.push({ kind: "imported", text: "what the object contains is not shown" });
  return [...found, ...notFoundIn(fields, before, after, formatter)];
}

/**
 * Finds the changes that the engine ignores, whether or not the program differs now.
 * @param step The step.
 */
export function ignoredIn({ ignoredInputs }: PlanStep): Finding[] {
  if (ignoredInputs.length === 0) return [];
  return [{ kind: "ignored", text: `${ignoredInputs.map(code).join(", ")}, because of \`ignoreChanges\`` }];
}

/** The operations that have inputs before, and those that have inputs afterwards. */
const WITH_BEFORE = ["update", "replace", "delete", "same"];
const WITH_AFTER = ["create", "update", "replace", "import", "same"];

/**
 * Finds the states that a step should have, and that its plan does not show.
 * @param step The step.
 */
export function unreadIn({ op, before, after }: PlanStep): Finding[] {
  const missing = [
    ...(WITH_BEFORE.includes(op) && before === undefined ? ["before"] : []),
    ...(WITH_AFTER.includes(op) && after === undefined ? ["after"] : []),
  ];
  return missing.map((side) => ({ kind: "unread", text: `its values ${side} the deployment` }));
}

const ADOPTED = "an existing object is taken over if there is one, and what it contains is not shown";

/**
 * True if the inputs ask for an existing object to be taken over.
 * @param after The inputs.
 */
export function isAdopting({ adopt }: Values): boolean {
  return adopt !== undefined && adopt !== null && adopt !== false;
}

/**
 * True if a secret input may change: always, except in an update whose plan names other inputs only.
 * @param name The input.
 * @param step The step.
 */
export function isSecretChanged(name: string, { op, changedInputs }: PlanStep): boolean {
  return op !== "update" || changedInputs.length === 0 || changedInputs.includes(name);
}

/** The paths of a marker in a value. A list that contains it counts as a whole. */
function pathsOf(value: unknown, marker: string, path: Path): Path[] {
  if (value === marker || (Array.isArray(value) && value.includes(marker))) return [path];
  if (typeof value !== "object" || value === null) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, each]) => pathsOf(each, marker, [...path, isList ? Number(key) : key]));
}

/** A part that is a secret on one side is compared with nothing. */
function secretPaths(name: string, before: Values, after: Values): Path[] {
  const paths = [before, after].flatMap((inputs) => pathsOf(inputs[name], SECRET, [name]));
  return [...new Map(paths.map((path) => [pathText(path), path])).values()];
}

function findingAt(kind: "unknown" | "secret", path: Path, sources: readonly string[] = []): Finding {
  const names = sources.map((urn) => code(urnOf(urn).name));
  const computed = names.length === 0 ? "" : `, computed from ${joinedWithAnd(shortened(names))} of the program`;
  return { kind, text: `${code(pathText(path))}${computed}`, item: { noun: "value", key: pathText(path), place: "" } };
}

/**
 * The inputs whose new values a plan does not show.
 * @param step A step of the plan.
 */
export function hiddenInputs(step: PlanStep): string[] {
  const hidden = fieldsOf(definitionOf(step.type).fields).filter(([name]) => {
    const markers = isSecretChanged(name, step) ? [UNKNOWN, SECRET] : [UNKNOWN];
    return markers.some((marker) => pathsOf(step.after?.[name], marker, [name]).length > 0);
  });
  return hidden.map(([name]) => name);
}

/** A collection that the program declares for the first time: what Rhombus has in it stays, and is not in the plan. */
function newlyManaged(name: string, { modifiers: { entry } }: Field, step: PlanStep, after: Values): Finding[] {
  const isNew = entry !== undefined && isDeclared(after[name]) && !isDeclared(step.before?.[name]);
  if (!isNew || step.op !== "update") return [];
  return [{ kind: "unmanaged", text: `${entry.noun}s were not managed before; what Rhombus has is not shown` }];
}

function isDeclared(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/**
 * Finds members that are managed outside Pulumi as well.
 * @param field The field of the members.
 * @param op The operation. A deletion and a replacement lose them.
 * @param sides The inputs before and after the deployment.
 */
export function sharedIn({ sharedIn: isShared, modifiers }: Field, op: string, ...sides: readonly Values[]): Finding[] {
  if (!sides.some((inputs) => isShared?.(asValues(inputs)))) return [];
  const fate = op === "delete" || op === "replace" ? "are lost, and not shown" : "are not shown";
  return [{ kind: "shared", text: `${modifiers.entry?.noun}s that were added outside Pulumi ${fate}` }];
}

function asValues(inputs: Values) {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, valueFrom(value)]));
}

function notFoundIn(fields: Fields, before: Values, after: Values, formatter: ValueFormatter): Finding[] {
  const [old, next] = [before, after].map((inputs) => {
    const references = fieldsOf(fields).flatMap(([name, field]) => referencesIn(field, inputs[name]).flatMap(partsOf));
    return new Map(references.map((each) => [`${each.of} ${each.uuid}`, each]));
  });
  const added = [...(next ?? [])].filter(([id]) => !old?.has(id));
  return added.flatMap(([, reference]): Finding[] => {
    const { of, uuid } = reference;
    if (!formatter.isMissing(reference)) return [];
    return [{ kind: "notFound", text: `${of} ${code(uuid)}`, item: { noun: of, key: uuid, place: "" } }];
  });
}

/** A path of locations refers to each of them. */
function partsOf({ of, uuid }: Reference): Reference[] {
  if (uuid === UNKNOWN || uuid === SECRET) return [];
  return of === "locationPath" ? uuid.split(".").map((part) => ({ of: "location", uuid: part })) : [{ of, uuid }];
}
