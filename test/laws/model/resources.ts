import { keyOf as naturalKeyOf } from "../../../provider/core/resource/definition";
import { type Behaviours, campusSeed, type Emulator } from "../../../provider/emulator";
import { definitionOf, type ResourceType, resourceTypes } from "../../../provider/resources/registry";
import { resourceFacts, type Sample } from "../../resources/facts";
import { at, type Branch, branch, isBranch, isLocal, type Tree, treeOf } from "./tree";

const { acme, bluebird, partner } = campusSeed;

/** An organization. Each has an explicit provider in the program. */
export type OrganizationName = "acme" | "bluebird";

/** The names of the organizations. */
export const organizationNames = ["acme", "bluebird"] as const satisfies readonly OrganizationName[];

const partnerConfig = { "rhombus:partner": "true", "rhombus:orgUuid": bluebird.orgUuid };

/** The organizations: one with a key of its own, one with the key of its partner. */
export const organizations = {
  acme: { orgUuid: acme.orgUuid, config: ({ url }: Emulator) => configWith(url, acme.apiKey) },
  bluebird: {
    orgUuid: bluebird.orgUuid,
    config: ({ url }: Emulator) => ({ ...configWith(url, partner.apiKey), ...partnerConfig }),
  },
} as const;

function configWith(endpoint: string, apiKey: string): Record<string, string> {
  return { "rhombus:apiKey": apiKey, "rhombus:endpoint": endpoint };
}

/** A value that can be written at a path of inputs or of a remote object; without a value, the path is removed. */
export interface Edit {
  readonly path: readonly string[];
  readonly value?: Tree;
}

/** A resource that a program can declare. */
export interface ModelResource {
  readonly organization: OrganizationName;
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

/** The inputs that only another sample of the type has, such as those of another version of the vendor's operations. */
function fieldsOfOtherSample(type: ResourceType): { least: Branch; names: readonly string[] } {
  const [own, other] = Object.values(resourceFacts[type].samples);
  if (own === undefined || other === undefined) return { least: {}, names: [] };
  const names = Object.keys(other.fields).filter((name) => !Object.hasOwn(own.fields, name));
  const least = Object.entries(treeOf(other.least)).filter(([name]) => !Object.hasOwn(own.least, name));
  return { least: branch(least), names };
}

function resource(organization: OrganizationName, type: ResourceType, ...names: readonly string[]): ModelResource {
  const [sample, ...others] = Object.values(resourceFacts[type].samples);
  if (sample === undefined) throw new Error(`${type} has no sample`);
  const nameField = nameFieldOf(type);
  const least: Branch = {
    ...valueFor(organization, sample.least),
    ...(nameField !== undefined && names[0] !== undefined ? { [nameField]: names[0] } : {}),
  };
  const fields = valuesOf(sample, organization);
  const edits = [
    ...Object.entries(fields).flatMap(([name, values]) => editsOf(name, values)),
    ...names.map((value) => ({ path: [nameField ?? ""], value })),
    ...secretEdits(type, sample),
    ...others.flatMap((other) => otherSampleEdits(type, valuesOf(other, organization))),
  ];
  return { organization, type, least, fields, edits, remoteEdits: edits.filter((edit) => isRemoteEdit(type, edit)) };
}

function valuesOf(sample: Sample, organization: OrganizationName): Record<string, readonly [Tree, Tree]> {
  const entries = Object.entries(sample.fields).map(([name, [one, other]]) => {
    const values = valueFor(organization, { one, other });
    return [name, [values.one ?? null, values.other ?? null] as const] as const;
  });
  return Object.fromEntries(entries);
}

/** The keys of other vendors: the one of the sample, another one, and none. */
function secretEdits(type: ResourceType, { least, existing }: Sample): Edit[] {
  const names = Object.keys(least).filter((name) => definitionOf(type).fields[name]?.modifiers.secret);
  return names.flatMap((name) => {
    const values = [treeOf(least)[name], treeOf(existing)[name]].flatMap((value) =>
      value === undefined ? [] : [value],
    );
    return [...values.map((value) => ({ path: [name], value })), { path: [name] }];
  });
}

function otherSampleEdits(type: ResourceType, fields: Readonly<Record<string, readonly [Tree, Tree]>>): Edit[] {
  const { least, names } = fieldsOfOtherSample(type);
  const edits = Object.entries(least).flatMap(([name, value]) => [{ path: [name], value }, { path: [name] }]);
  return [...edits, ...names.flatMap((name) => editsOf(name, fields[name] ?? []))];
}

/** The console changes neither instructions, nor keys of other vendors, nor the fields of another sample. */
function isRemoteEdit(type: ResourceType, { path: [name = ""], value }: Edit): boolean {
  if (isLocal(name) || definitionOf(type).fields[name]?.modifiers.secret) return false;
  if (fieldsOfOtherSample(type).names.includes(name)) return false;
  return name !== nameFieldOf(type) || value !== undefined;
}

/** All edits of an input: each value, none, an empty one, and the same for the values inside. */
function editsOf(name: string, values: readonly Tree[]): Edit[] {
  const [first] = values;
  const empty = Array.isArray(first)
    ? [{ path: [name], value: [] }]
    : isBranch(first)
      ? [{ path: [name], value: {} }]
      : [];
  return [{ path: [name] }, ...empty, ...valuesAt([name], values)];
}

function valuesAt(path: readonly string[], values: readonly Tree[]): Edit[] {
  const names = [...new Set(values.flatMap((value) => (isBranch(value) ? Object.keys(value) : [])))];
  const deeper = names.flatMap((name) => {
    const inner = values.map((value) => at(value, name)).filter((value) => value !== undefined);
    return [{ path: [...path, name] }, ...valuesAt([...path, name], inner)];
  });
  return [...values.map((value) => ({ path, value })), ...deeper];
}

/** The value for an organization. The samples name the users of Acme. */
function valueFor(organization: OrganizationName, value: Readonly<Record<string, unknown>>): Branch {
  if (organization === "acme") return treeOf(value);
  const { ada, ben, chloe } = acme.users;
  const { maya, noah, olga } = bluebird.users;
  const pairs = [[ada, maya] as const, [ben, noah] as const, [chloe, olga] as const];
  return JSON.parse(pairs.reduce((text, [one, other]) => text.replaceAll(one.uuid, other.uuid), JSON.stringify(value)));
}

const named = {
  staff: resource("acme", "AccessControlGroup", "Staff", "STAFF", "Team", "Night"),
  night: resource("acme", "AccessControlGroup", "Night", "Watch"),
  hq: resource("acme", "OnGuardIntegration", "HQ", "Headquarters", "Lab"),
  lab: resource("acme", "OnGuardIntegration", "Lab", "Robots"),
  genea: resource("acme", "GeneaIntegration"),
  kisi: resource("acme", "KisiIntegration"),
  nurses: resource("bluebird", "AccessControlGroup", "Staff", "Nurses"),
  clinic: resource("bluebird", "OnGuardIntegration", "HQ", "Clinic"),
} as const;

const types = new Set<ResourceType>(Object.values(named).map(({ type }) => type));
const others = resourceTypes.filter((type) => !types.has(type)).map((type) => [type, resource("acme", type)] as const);

/** The resources, by name: several of the types with names, and at least one of every type. */
export const modelResources: ReadonlyMap<string, ModelResource> = new Map([...Object.entries(named), ...others]);

/** The resource of a name. */
export function resourceOf(name: string): ModelResource {
  const found = modelResources.get(name);
  if (found === undefined) throw new Error(`the model has no resource ${name}`);
  return found;
}

/** The inputs without those that need the other sample: the first version of Kisi, unless Rhombus has removed it. */
export function validInputs(resource: string, inputs: Branch, { kisiVersions }: Behaviours): Branch {
  const { least, names: others } = fieldsOfOtherSample(resourceOf(resource).type);
  const isOther = Object.entries(least).every(([name, value]) => inputs[name] === value);
  if (isOther && kisiVersions !== "v1-removed") return inputs;
  const removed = isOther ? [...others, ...Object.keys(least)] : others;
  return branch(Object.entries(inputs).filter(([name]) => !removed.includes(name)));
}
