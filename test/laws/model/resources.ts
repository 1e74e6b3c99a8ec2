import { keyOf as naturalKeyOf } from "../../../provider/core/resource/definition";
import { definitionOf, type ResourceType, resourceTypes } from "../../../provider/resources/registry";
import { resourceFacts, type Sample } from "../../resources/facts";
import { at, type Branch, isBranch, isLocal, type Tree, treeOf } from "./tree";

/** A value that can be written at a path of inputs or of a remote object; without a value, the path is removed. */
export interface Edit {
  readonly path: readonly string[];
  readonly value?: Tree;
}

/** A resource that a program can declare. */
export interface ModelResource {
  readonly type: ResourceType;
  /** The smallest inputs with which it can be created. */
  readonly least: Branch;
  /** Two values for every other input. */
  readonly fields: Readonly<Record<string, readonly [Tree, Tree]>>;
  /** The edits of its inputs. */
  readonly edits: readonly Edit[];
  /** The edits of its object in the console. */
  readonly remoteEdits: readonly Edit[];
}

/** The name of the field that names an object; `undefined` for a type with one object per organization. */
export function nameFieldOf(type: ResourceType): string | undefined {
  return definitionOf(type).display.name;
}

/** The natural key of an object, by its inputs or properties. */
export function keyOf(type: ResourceType, tree: Tree | undefined): string {
  return `${type} ${naturalKeyOf(definitionOf(type), isBranch(tree) ? tree : {}).value}`;
}

/** True for a vendor key. */
export function isVendorKey(type: ResourceType, name: string): boolean {
  return definitionOf(type).fields[name]?.modifiers.secret ?? false;
}

/** The values as which fields count that a program leaves out. */
export function undeclaredIn(type: ResourceType): Branch {
  const { fields } = definitionOf(type);
  return treeOf(
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.modifiers.whenUndeclared])),
  );
}

/** A resource with the inputs of the first sample of its type, and the names that its object can have. */
function resource(type: ResourceType, ...names: readonly string[]): ModelResource {
  const [sample] = Object.values(resourceFacts[type].samples);
  if (sample === undefined) throw new Error(`${type} has no sample`);
  const nameField = nameFieldOf(type) ?? "";
  const [name] = names;
  const fields = Object.fromEntries(Object.entries(sample.fields).map(([field, values]) => [field, treesOf(values)]));
  const edits = [
    ...Object.entries(fields).flatMap(([field, values]) => editsOf(type, field, values)),
    ...names.map((value) => ({ path: [nameField], value })),
    ...keyEdits(type, sample),
  ];
  const remoteEdits = edits.filter(({ path: [field = ""] }) => !isLocal(field) && !isVendorKey(type, field));
  const least = treeOf({ ...sample.least, ...(name === undefined ? {} : { [nameField]: name }) });
  return { type, least, fields, edits, remoteEdits };
}

function treesOf(values: readonly [unknown, unknown]): readonly [Tree, Tree] {
  return JSON.parse(JSON.stringify(values));
}

/** The vendor keys: the one of the sample, another one, and none. */
function keyEdits(type: ResourceType, { least, existing }: Sample): Edit[] {
  const names = Object.keys(least).filter((name) => isVendorKey(type, name));
  return names.flatMap((name) => [
    { path: [name] },
    ...treesOf([least[name], existing[name]]).map((value) => ({ path: [name], value })),
  ]);
}

/** All edits of an input: each value, and unless it is required none and an empty one, and the same for the values inside. */
function editsOf(type: ResourceType, name: string, values: readonly Tree[]): Edit[] {
  if (definitionOf(type).fields[name]?.modifiers.required) return valuesAt([name], values);
  const [first] = values;
  const empty = Array.isArray(first) ? [] : isBranch(first) ? {} : undefined;
  const clearing = empty === undefined ? [] : [{ path: [name], value: empty }];
  return [{ path: [name] }, ...clearing, ...valuesAt([name], values)];
}

function valuesAt(path: readonly string[], values: readonly Tree[]): Edit[] {
  const names = [...new Set(values.flatMap((value) => (isBranch(value) ? Object.keys(value) : [])))];
  const deeper = names.flatMap((name) => {
    const inner = values.map((value) => at(value, name)).filter((value) => value !== undefined);
    return [{ path: [...path, name] }, ...valuesAt([...path, name], inner)];
  });
  return [...values.map((value) => ({ path, value })), ...deeper];
}

const named = {
  staff: resource("AccessControlGroup", "Staff", "STAFF", "Team", "Night"),
  night: resource("AccessControlGroup", "Night", "Watch"),
  hq: resource("OnGuardIntegration", "HQ", "Headquarters", "Lab"),
  lab: resource("OnGuardIntegration", "Lab", "Robots"),
  genea: resource("GeneaIntegration"),
  kisi: resource("KisiIntegration"),
  shifts: resource("Schedule", "Shifts", "SHIFTS", "Nights"),
} as const;

const types = new Set<ResourceType>(Object.values(named).map(({ type }) => type));
const others = resourceTypes.filter((type) => !types.has(type)).map((type) => [type, resource(type)] as const);

/** The resources, by name: several of the types with names, and at least one of every type. */
export const modelResources: ReadonlyMap<string, ModelResource> = new Map([...Object.entries(named), ...others]);

/** The resource of a name. */
export function resourceOf(name: string): ModelResource {
  const found = modelResources.get(name);
  if (found === undefined) throw new Error(`the model has no resource ${name}`);
  return found;
}
