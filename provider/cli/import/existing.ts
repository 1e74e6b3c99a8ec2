import { check } from "../../core/operations/check";
import { refuseOther } from "../../core/ownership/organizationGuard";
import type { Definition, NaturalKey, Observed, Organization } from "../../core/resource/definition";
import { fieldsOf } from "../../core/schema/field";
import { isValueMap, type Value, type Values } from "../../core/schema/values";
import { projected, withoutDefaults } from "../../core/state/projection";
import { definitionOf, type ResourceType, resourceTypes } from "../../resources/registry";
import type { RhombusApi } from "../../rhombus/api/api";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import { UNNAMED } from "../output/plainText";
import type { Progress } from "./progress";

/** Something that the organization has. */
export interface Existing {
  /** The type of the resource that it can be. */
  readonly type: ResourceType;
  /** Its id. */
  readonly id: string;
  /** What people call it. */
  readonly label: string;
  /** What must be unique in the organization. */
  readonly key: NaturalKey;
  /** As it was read. */
  readonly observed: Observed;
  /** What a program declares that declares all of it, without defaults. Vendor keys that reads show are in clear. */
  readonly inputs: Values;
  /** The vendor keys that reads do not show. */
  readonly hiddenKeys: readonly string[];
  /** Why no program can declare it as it is, one sentence each. */
  readonly problems: readonly string[];
}

/**
 * Reads what the organization has of some types.
 * @param api Rhombus.
 * @param types The types; the others are not even asked for.
 * @param progress Where to show how far the reading is.
 * @throws LifecycleError when something belongs to another organization than the settings name.
 */
export async function readExisting(
  api: RhombusApi,
  types: readonly ResourceType[],
  progress: Progress,
): Promise<Existing[]> {
  const found = await Promise.all(
    types.map(async (type) => ({
      type,
      ...(await listed(api, type).catch((error: unknown) => refuseBlindly(type, error))),
    })),
  );
  progress.begin(found.reduce((total, { items }) => total + items.length, 0));
  const read = found.map(async ({ type, known, items }) => {
    const each = items.map(async ({ id }) => {
      const [whole] = await observe(api, type, { id }, known);
      progress.advance();
      return whole === undefined ? [] : [existingOf(type, whole, known)];
    });
    return (await Promise.all(each)).flat().sort(byName);
  });
  try {
    return (await Promise.all(read)).flat();
  } finally {
    progress.end();
  }
}

/**
 * Reads with all its fields what has an id or a natural key.
 * @param api Rhombus.
 * @param type The type.
 * @param query Which.
 * @param known What the program declares, as far as it steers the reading.
 * @param fresh Whether a listing of up to a minute ago will not do. Default: it will.
 */
export async function observe(
  api: RhombusApi,
  type: ResourceType,
  query: { readonly id: string } | { readonly key: string },
  known: Values,
  fresh = false,
): Promise<readonly Observed[]> {
  const definition = definitionOf(type);
  const fields = new Set(fieldsOf(definition.fields).map(([name]) => name));
  const found = await definition.find(api, query, { fresh, fields, prior: known });
  for (const { orgUuid } of found) refuseOther(api, noPrior, { actual: orgUuid, what: "what was read belongs to" });
  return found;
}

/** The empty state of an object that is not imported yet: only the settings name an organization. */
export const noPrior = { prior: {}, label: "what is to be imported" };

interface Listed {
  /** What steers the reading. */
  readonly known: Values;
  readonly items: readonly Observed[];
}

/** The objects of a type. The variants of the resource are read only if a plain read shows no object. */
async function listed(api: RhombusApi, type: ResourceType): Promise<Listed> {
  const { variants = [] } = definitionOf(type);
  const list = (known: Values) =>
    definitionOf(type).find(api, "all", { fresh: false, fields: new Set(), prior: known });
  const items = await list({});
  if (items.length > 0) return { known: {}, items };
  for (const known of variants) {
    const others = await list(known).catch(noneWhereRemoved);
    if (others.length > 0) return { known, items: others };
  }
  return { known: {}, items };
}

/** A key may be allowed to see only some of it. */
function refuseBlindly(type: ResourceType, error: unknown): never {
  if (!(error instanceof RhombusError) || error.status !== 403) throw error;
  const others = resourceTypes.filter((each) => each !== type);
  throw new Error(`${error.message} If the key may see the rest: --only ${others.join(" ")}.`);
}

function noneWhereRemoved(error: unknown): readonly Observed[] {
  if (error instanceof RhombusError && error.kind === "notFound") return [];
  throw error;
}

function existingOf(type: ResourceType, observed: Observed, known: Values): Existing {
  const definition = definitionOf(type);
  const inputs = withoutRepeatedIds(
    withoutDefaults(definition, { ...projected(definition, observed, undefined), ...known }),
  );
  const { failures } = check(definition, inputs);
  const hidden = fieldsOf(definition.fields).filter(([name, { unread }]) => unread && inputs[name] === undefined);
  return {
    type,
    id: observed.id,
    label: labelOf(definition, inputs),
    key: definition.key(inputs),
    observed,
    inputs,
    hiddenKeys: hidden.map(([name]) => name),
    problems: failures.map(({ reason }) => reason),
  };
}

function labelOf({ display }: Definition<RhombusApi>, inputs: Values): string {
  if (display.name === undefined) return display.noun;
  const name = inputs[display.name];
  return typeof name === "string" && name !== "" ? name : UNNAMED;
}

/** A place of Kisi has its number twice, as its key and inside; nobody would write the second one. */
function withoutRepeatedIds(inputs: Values): Values {
  const { placeToSettingsMap: places } = inputs;
  if (!isValueMap(places)) return inputs;
  const entries = Object.entries(places).map(([key, place]): [string, Value] => {
    if (!isValueMap(place)) return [key, place];
    return [key, Object.fromEntries(Object.entries(place).filter(([name]) => name !== "placeId"))];
  });
  return { ...inputs, placeToSettingsMap: Object.fromEntries(entries) };
}

function byName(one: Existing, other: Existing): number {
  return compare(one.label.toLowerCase(), other.label.toLowerCase()) || compare(one.id, other.id);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** What an organization is called. */
export function organizationText(organization: Organization | undefined): string {
  if (organization === undefined) return "The organization of this key";
  return organization.name ? `${organization.name} (${organization.uuid})` : organization.uuid;
}
