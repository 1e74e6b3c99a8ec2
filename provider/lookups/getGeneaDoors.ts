import type { LookupCall } from "./define/defineLookup";
import { defineMany } from "./define/defineSearch";
import type { LookupMissing, LookupOutputArgs } from "./define/lookupOptions";
import type { Search } from "./define/search";

/** The arguments of {@link getGeneaDoors}. */
export interface GetGeneaDoorsArgs extends LookupMissing {
  /** Genea's Global API Key, for use before the integration is configured. Secret. Default: the key stored in Rhombus. */
  apiToken?: string;
  /** The names to find. Default: all doors at Genea. */
  names?: readonly string[];
}

/** The arguments of {@link getGeneaDoorsOutput}: those of {@link getGeneaDoors}, as values or outputs. */
export type GetGeneaDoorsOutputArgs = LookupOutputArgs<GetGeneaDoorsArgs>;

/** A door at Genea. */
export interface GeneaDoor {
  /** Genea's id, the key in `doorInfoMap`. */
  readonly id: string;
  /** The door's name at Genea. */
  readonly name: string;
}

/** The result of {@link getGeneaDoors}. */
export interface GetGeneaDoorsResult {
  /** The doors in the order of the arguments; for all, in the order of Genea's list. */
  readonly doors: GeneaDoor[];
  /** The ids in the same order. */
  readonly ids: string[];
}

const geneaDoors = defineMany({
  name: "getGeneaDoors",
  vendorKey: "apiToken",
  by: ["name"],
  search: doorSearch,
  result: (doors): GetGeneaDoorsResult => ({ doors, ids: doors.map(({ id }) => id) }),
});

/**
 * Looks up doors at Genea: all, or some by name.
 * @param args The arguments. Default: `{}`, for all doors at Genea.
 * @param options The provider to use.
 * @throws LookupError if a requested door is missing, unless `missing` is `"omit"`, if several have the same requested name, or if Genea rejects the key.
 * @function
 */
export const getGeneaDoors = geneaDoors.promise;

/**
 * Like {@link getGeneaDoors}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments. Default: `{}`, for all doors at Genea.
 * @param options The provider to use, and dependencies.
 * @function
 */
export const getGeneaDoorsOutput = geneaDoors.output;

async function doorSearch(call: LookupCall<GetGeneaDoorsArgs>): Promise<Search<GeneaDoor>> {
  const doors = await call.directory.geneaDoors(call.args.apiToken, call.fresh);
  return {
    nouns: ["Genea door", "Genea doors"],
    items: doors.flatMap(({ id, name }) => (id ? [{ id, name: name ?? "" }] : [])),
    by: "name",
    textOf: ({ name }) => name,
    describe: ({ id, name }) => `${JSON.stringify(name)} (${id})`,
    remedy: "Use Genea's id itself.",
  };
}
