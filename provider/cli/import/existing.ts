import { check } from "../../core/operations/check";
import { refuseOther } from "../../core/ownership/organizationGuard";
import type { Definition, NaturalKey, Observed } from "../../core/resource/definition";
import { type Fields, fieldsOf } from "../../core/schema/field";
import { isValueMap, type Value, type ValueMap, type Values } from "../../core/schema/values";
import { projected } from "../../core/state/projection";
import { definitionOf, type ResourceType, resourceTypes } from "../../resources/registry";
import type { RhombusApi } from "../../rhombus/api/api";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import { listObjects } from "../listObjects";
import { noResource } from "../organizationText";
import { byText, UNNAMED } from "../output/plainText";
import type { Stream } from "../output/terminal";
import { progressOn } from "./progress";
import { withoutDefaults } from "./withoutDefaults";

/** An object of the organization. */
export interface ExistingObject {
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
  /** The inputs that declare all of it, without defaults. Vendor keys that reads return are in plain text. */
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
 * @param screen The stream for a progress bar.
 * @throws LifecycleError if an object belongs to another organization than the settings name.
 */
export async function readExisting(
  api: RhombusApi,
  types: readonly ResourceType[],
  screen: Stream,
): Promise<ExistingObject[]> {
  const found = await Promise.all(
    types.map(async (type) => ({
      type,
      ...(await listObjects(api, type, false).catch((error: unknown) => explainForbidden(type, error))),
    })),
  );
  const total = found.reduce((sum, { items }) => sum + items.length, 0);
  const progress = progressOn(screen, total);
  const read = found.map(async ({ type, prior, items }) => {
    const each = items.map(async ({ id }) => {
      const [whole] = await observe(api, type, { id }, prior);
      progress.advance();
      return whole === undefined ? [] : [existingOf(type, whole, prior)];
    });
    return (await Promise.all(each)).flat().sort(byText(({ label, id }) => `${label.toLowerCase()}\u0000${id}`));
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
 * @param fresh True bypasses shared listings, which may be up to a minute old. Default: false.
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
  for (const { orgUuid } of found) refuseOther(api, noResource, orgUuid);
  return found;
}

/** A key may read only some types. */
function explainForbidden(type: ResourceType, error: unknown): never {
  if (!(error instanceof RhombusError) || error.status !== 403) throw error;
  const others = resourceTypes.filter((each) => each !== type);
  throw new Error(`${error.message} If the key may read the other types, use --only ${others.join(" ")}.`);
}

function existingOf(type: ResourceType, observed: Observed, prior: Values): ExistingObject {
  const definition = definitionOf(type);
  const whole = withoutDefaults(definition, { ...projected(definition, observed, undefined), ...prior });
  const inputs = withoutRepeatedKeys(definition.fields, whole);
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

/** Leaves out properties that repeat the key of their entry, such as the number of a place. */
function withoutRepeatedKeys(fields: Fields, inputs: Values): Values {
  const entries = Object.entries(inputs).map(([name, map]): [string, Value | undefined] => {
    const property = fields[name]?.modifiers.entry?.key;
    return [name, property !== undefined && isValueMap(map) ? withoutProperty(map, property) : map];
  });
  return Object.fromEntries(entries);
}

function withoutProperty(map: ValueMap, property: string): ValueMap {
  const entries = Object.entries(map).map(([key, value]): [string, Value] => {
    if (!isValueMap(value)) return [key, value];
    return [key, Object.fromEntries(Object.entries(value).filter(([name]) => name !== property))];
  });
  return Object.fromEntries(entries);
}
