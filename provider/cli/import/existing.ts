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

/** An object of the organization. */
export interface Existing {
  /** The resource type that can manage it. */
  readonly type: ResourceType;
  /** The id. */
  readonly id: string;
  /** The label for tables and names. */
  readonly label: string;
  /** The natural key. */
  readonly key: NaturalKey;
  /** The object as it was read. */
  readonly observed: Observed;
  /** The inputs that declare all of it, without defaults. Vendor keys that reads return are in clear. */
  readonly inputs: Values;
  /** The names of vendor keys that no read returns. */
  readonly hiddenKeys: readonly string[];
  /** The reasons why no program can declare it as it is, one sentence each. */
  readonly problems: readonly string[];
}

/**
 * Reads the objects of some types.
 * @param api The Rhombus API.
 * @param types The types. Other types are not read.
 * @param progress The progress bar.
 * @throws LifecycleError when an object belongs to another organization than the settings name.
 */
export async function readExisting(
  api: RhombusApi,
  types: readonly ResourceType[],
  progress: Progress,
): Promise<Existing[]> {
  const found = await Promise.all(
    types.map(async (type) => ({
      type,
      ...(await listed(api, type).catch((error: unknown) => explainForbidden(type, error))),
    })),
  );
  progress.begin(found.reduce((total, { items }) => total + items.length, 0));
  const read = found.map(async ({ type, prior, items }) => {
    const each = items.map(async ({ id }) => {
      const [whole] = await observe(api, type, { id }, prior);
      progress.advance();
      return whole === undefined ? [] : [existingOf(type, whole, prior)];
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
 * Reads objects with all their fields, by id or by natural key.
 * @param api The Rhombus API.
 * @param type The type.
 * @param query The id or the natural key.
 * @param prior Inputs that change the reading, such as `apiVersion`.
 * @param fresh Whether to bypass shared listings, which may be up to a minute old. Default: false.
 */
export async function observe(
  api: RhombusApi,
  type: ResourceType,
  query: { readonly id: string } | { readonly key: string },
  prior: Values,
  fresh = false,
): Promise<readonly Observed[]> {
  const definition = definitionOf(type);
  const fields = new Set(fieldsOf(definition.fields).map(([name]) => name));
  const found = await definition.find(api, query, { fresh, fields, prior });
  for (const { orgUuid } of found) refuseOther(api, importSubject, orgUuid);
  return found;
}

/** The empty state of an object that is not imported yet: only the settings name an organization. */
export const importSubject = { prior: {}, label: "the object to import" };

interface Listed {
  /** Inputs that change the reading. */
  readonly prior: Values;
  readonly items: readonly Observed[];
}

/** The objects of a type. The variants of the resource are read only if a plain read shows no object. */
async function listed(api: RhombusApi, type: ResourceType): Promise<Listed> {
  const { variants = [] } = definitionOf(type);
  const list = (prior: Values) => definitionOf(type).find(api, "all", { fresh: false, fields: new Set(), prior });
  const items = await list({});
  if (items.length > 0) return { prior: {}, items };
  for (const prior of variants) {
    const others = await list(prior).catch(noneWhereRemoved);
    if (others.length > 0) return { prior, items: others };
  }
  return { prior: {}, items };
}

/** A key may read only some types. */
function explainForbidden(type: ResourceType, error: unknown): never {
  if (!(error instanceof RhombusError) || error.status !== 403) throw error;
  const others = resourceTypes.filter((each) => each !== type);
  throw new Error(`${error.message} If the key may read the other types, use --only ${others.join(" ")}.`);
}

function noneWhereRemoved(error: unknown): readonly Observed[] {
  if (error instanceof RhombusError && error.kind === "notFound") return [];
  throw error;
}

function existingOf(type: ResourceType, observed: Observed, prior: Values): Existing {
  const definition = definitionOf(type);
  const inputs = withoutRepeatedIds(
    withoutDefaults(definition, { ...projected(definition, observed, undefined), ...prior }),
  );
  const { failures } = check(definition, inputs);
  const hidden = fieldsOf(definition.fields).filter(([name, { writeOnly }]) => writeOnly && inputs[name] === undefined);
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

/** A place of Kisi has its id as its key and as a field. The field is redundant. */
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

/**
 * The name and RUUID of an organization, for messages.
 * @param organization The organization; `undefined` if the key may not read it.
 */
export function organizationText(organization: Organization | undefined): string {
  if (organization === undefined) return "The organization of this key";
  return organization.name ? `${organization.name} (${organization.uuid})` : organization.uuid;
}
