import { campusSeed, type Emulator } from "../../../provider/emulator";
import type { ResourceType } from "../../../provider/resources/registry";
import { samples, type TypedSample } from "../../resources/facts";
import { at, type Branch, branch, isBranch, type Tree } from "./tree";

const { acme, bluebird, partner } = campusSeed;

/** An organization that programs of the model manage, through a provider of its own. */
export type OrganizationName = "acme" | "bluebird";

/** The organizations: one with a key of its own, one through its partner's key. */
export const organizations: Readonly<
  Record<
    OrganizationName,
    {
      /** Its RUUID. */
      readonly orgUuid: string;
      /** The settings of its provider. */
      config(emulator: Emulator): Record<string, string>;
    }
  >
> = {
  acme: {
    orgUuid: acme.orgUuid,
    config: ({ url }) => ({ "rhombus:apiKey": acme.apiKey, "rhombus:endpoint": url }),
  },
  bluebird: {
    orgUuid: bluebird.orgUuid,
    config: ({ url }) => ({
      "rhombus:apiKey": partner.apiKey,
      "rhombus:partner": "true",
      "rhombus:orgUuid": bluebird.orgUuid,
      "rhombus:endpoint": url,
    }),
  },
};

/** The names of the resources that a program can declare. */
export type SlotName = "staff" | "night" | "hq" | "lab" | "genea" | "kisi" | "nurses" | "clinic";

/** A value to put at a path of inputs, or of a remote object; without a value, what is there goes. */
export interface Choice {
  /** The path. */
  readonly path: readonly string[];
  /** The value. */
  readonly value?: Tree;
}

/** A resource that a program can declare. */
export interface Slot {
  /** The organization that it belongs to. */
  readonly organization: OrganizationName;
  /** Its type. */
  readonly type: ResourceType;
  /** The inputs with which it works. */
  readonly least: Branch;
  /** For every other input two values. */
  readonly fields: Readonly<Record<string, readonly [Tree, Tree]>>;
  /** What a program may write where. */
  readonly choices: readonly Choice[];
  /** What somebody at the console may do, with the names of inputs. */
  readonly outside: readonly Choice[];
}

/** What stands for an object in an organization: names are unique where the vendor says so. */
export const NAME_OF: Readonly<Partial<Record<ResourceType, string>>> = {
  AccessControlGroup: "name",
  OnGuardIntegration: "displayName",
};

/** Inputs that say something to the provider, and nothing of the object. */
export const LOCAL: readonly string[] = ["adopt", "membership", "apiVersion"];

/** Inputs that only the first version of the vendor's Kisi operations has. The console cannot change them. */
const ONLY_KISI_V1 = ["placeId", "doorInfoMap", "doorToCameraMap", "createSeekPoints", "saveClips"].concat(
  "alertUnauthorizedFaces",
  "identifyFacesFromBadge",
);

function sampleOf(type: ResourceType): TypedSample {
  const own = Object.values(samples).filter((sample) => sample.type === type);
  const [sample] = own.filter(({ least }) => least.apiVersion === undefined);
  if (sample === undefined) throw new Error(`${type} has no sample`);
  return sample;
}

function slotOf(organization: OrganizationName, type: ResourceType, keys: Branch, extra: readonly Choice[]): Slot {
  const sample = sampleOf(type);
  const fields = Object.entries(sample.fields).map(([name, [one, other]]) => [
    name,
    [treeOf(one, organization), treeOf(other, organization)] as const,
  ]);
  const declared = Object.fromEntries(fields);
  const choices = [...Object.keys(declared).flatMap((name) => choicesOf(name, declared[name])), ...extra];
  return {
    organization,
    type,
    least: {
      ...branch(Object.entries(sample.least).map(([name, value]) => [name, treeOf(value, organization)])),
      ...keys,
    },
    fields: declared,
    choices,
    outside: choices.filter(({ path: [name = ""], value }) => isForConsole(type, name, value)),
  };
}

function isForConsole(type: ResourceType, name: string, value: Tree | undefined): boolean {
  if (LOCAL.includes(name) || name === "apiToken" || name === "apiSecretKey") return false;
  if (type === "KisiIntegration" && ONLY_KISI_V1.includes(name)) return false;
  return name !== NAME_OF[type] || value !== undefined;
}

/** Everything that can be done at one input: set to either value, taken out, emptied, and the same deeper down. */
function choicesOf(name: string, values: readonly [Tree, Tree]): Choice[] {
  const empty: Choice[] = isBranch(values[0])
    ? [{ path: [name], value: {} }]
    : Array.isArray(values[0])
      ? [{ path: [name], value: [] }]
      : [];
  return [{ path: [name] }, ...empty, ...valuesAt([name], values)];
}

function valuesAt(path: readonly string[], values: readonly (Tree | undefined)[]): Choice[] {
  const there = values.filter((value) => value !== undefined);
  const own = there.map((value) => ({ path, value }));
  const names = [...new Set(there.flatMap((value) => (isBranch(value) ? Object.keys(value) : [])))];
  const deeper = names.flatMap((name) => {
    const inner = there.map((value) => at(value, name));
    return [{ path: [...path, name] }, ...valuesAt([...path, name], inner)];
  });
  return [...own, ...deeper];
}

/** A sample's value for an organization: the samples speak of Acme's users. */
function treeOf(value: unknown, organization: OrganizationName): Tree {
  const text = JSON.stringify(value);
  if (organization === "acme") return JSON.parse(text);
  const { ada, ben, chloe } = acme.users;
  const { maya, noah, olga } = bluebird.users;
  const pairs = [
    [ada, maya],
    [ben, noah],
    [chloe, olga],
  ] as const;
  return JSON.parse(pairs.reduce((told, [one, other]) => told.replaceAll(one.uuid, other.uuid), text));
}

function named(field: string, names: readonly string[]): Choice[] {
  return names.map((name) => ({ path: [field], value: name }));
}

const kisiV1: Choice[] = [
  ...named("apiVersion", ["V1", "V2"]),
  { path: ["placeId"], value: 41001 },
  { path: ["placeId"] },
  { path: ["doorToCameraMap"], value: { "51001": [acme.cameras.lobby.uuid], "51002": [] } },
  { path: ["doorInfoMap"], value: { "51001": { doorName: "Lobby" } } },
  { path: ["doorInfoMap", "51001", "doorName"], value: "Lobby 2" },
  { path: ["saveClips"], value: true },
];

/** All of them. */
export const slots: Readonly<Record<SlotName, Slot>> = {
  staff: slotOf("acme", "AccessControlGroup", { name: "Staff" }, named("name", ["Staff", "STAFF", "Team", "Night"])),
  night: slotOf("acme", "AccessControlGroup", { name: "Night" }, named("name", ["Night", "Watch"])),
  hq: slotOf("acme", "OnGuardIntegration", { displayName: "HQ" }, named("displayName", ["HQ", "Headquarters", "Lab"])),
  lab: slotOf("acme", "OnGuardIntegration", { displayName: "Lab" }, named("displayName", ["Lab", "Robots"])),
  genea: slotOf("acme", "GeneaIntegration", {}, [
    ...named("apiToken", [acme.genea.apiToken, acme.genea.rotatedApiToken]),
    { path: ["apiToken"] },
  ]),
  kisi: slotOf("acme", "KisiIntegration", {}, [
    ...named("apiSecretKey", [acme.kisi.apiSecretKey, acme.kisi.rotatedApiSecretKey]),
    ...kisiV1,
  ]),
  nurses: slotOf("bluebird", "AccessControlGroup", { name: "Staff" }, named("name", ["Staff", "Nurses"])),
  clinic: slotOf("bluebird", "OnGuardIntegration", { displayName: "HQ" }, named("displayName", ["HQ", "Clinic"])),
};

/** The names of all of them. */
export const slotNames: readonly SlotName[] = ["staff", "night", "hq", "lab", "genea", "kisi", "nurses", "clinic"];

/**
 * What makes an object unique in its organization.
 * @param type Its type.
 * @param tree Its inputs, or what it holds.
 */
export function keyOf(type: ResourceType, tree: Tree | undefined): string {
  const field = NAME_OF[type];
  if (field === undefined) return type;
  const name = at(tree, field);
  const text = typeof name === "string" ? name.trim() : "";
  return `${type} ${type === "AccessControlGroup" ? text.toLowerCase() : text}`;
}
