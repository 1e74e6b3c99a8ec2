import type { Observed } from "../core/resource/definition";
import type { Values } from "../core/schema/values";
import { definitionOf, type ResourceType } from "../resources/registry";
import type { RhombusApi } from "../rhombus/api/api";
import { RhombusError } from "../rhombus/errors/rhombusError";

/**
 * Lists the objects of a type. The variants of the resource are read only if a plain read shows no object.
 * @param api The Rhombus API.
 * @param type The type.
 * @param fresh True bypasses shared listings, which may be up to a minute old.
 * @returns The objects, perhaps without some fields, and the inputs under which they were read, such as `apiVersion`.
 */
export async function listObjects(api: RhombusApi, type: ResourceType, fresh: boolean) {
  const { variants = [] } = definitionOf(type);
  const list = async (prior: Values) => {
    return { prior, items: await definitionOf(type).find(api, "all", { fresh, fields: new Set(), prior }) };
  };
  const plain = await list({});
  if (plain.items.length > 0) return plain;
  for (const variant of variants) {
    const others = await list(variant).catch(noneWhereRemoved);
    if (others.items.length > 0) return others;
  }
  return plain;
}

function noneWhereRemoved(error: unknown): { prior: Values; items: readonly Observed[] } {
  if (error instanceof RhombusError && error.kind === "notFound") return { prior: {}, items: [] };
  throw error;
}
