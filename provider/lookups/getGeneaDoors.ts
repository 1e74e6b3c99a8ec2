import * as pulumi from "@pulumi/pulumi";
import { refuseBlank } from "./define/arguments";
import type { Query } from "./define/defineLookup";
import { defineMany } from "./define/defineMany";
import type { LookupMissing, LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
import type { Search } from "./define/search";
import { vendorKey } from "./define/vendorKey";

/** Which doors at Genea to look up. */
export interface GetGeneaDoorsArgs extends LookupMissing {
  /** Genea's Global API Key, to see the doors before the integration is set up. Secret. Default: the one that Rhombus has. */
  apiToken?: string;
  /** Their names. Default: all doors. */
  names?: readonly string[];
}

/** As {@link GetGeneaDoorsArgs}, with outputs. */
export type GetGeneaDoorsOutputArgs = LookupOutputArgs<GetGeneaDoorsArgs>;

/** A door at Genea. */
export interface GeneaDoor {
  /** Genea's id: the key in `doorInfoMap`. */
  readonly id: string;
  /** The door's name at Genea. */
  readonly name: string;
}

/** Doors at Genea. */
export interface GetGeneaDoorsResult {
  /** The doors: in the order of the names, else as Genea lists them. */
  readonly doors: GeneaDoor[];
  /** Their ids, in the same order. */
  readonly ids: string[];
}

const lookup = defineMany({
  name: "getGeneaDoors",
  by: ["name"],
  search: doorSearch,
  result: (doors): GetGeneaDoorsResult => ({ doors, ids: doors.map(({ id }) => id) }),
});

/**
 * Looks up doors at Genea: all of them, or some by name.
 * @param args What to look for. Default: all.
 * @param options Where to look.
 * @throws LookupError when one of the names is missing, unless `missing` is `"omit"`, or fits several; or when Genea refuses the key.
 */
export function getGeneaDoors(args: GetGeneaDoorsArgs = {}, options?: LookupOptions) {
  return lookup.promise(args, options);
}

/**
 * As {@link getGeneaDoors}, with outputs as arguments.
 * @param args What to look for. Default: all.
 * @param options Where and when to look.
 */
export function getGeneaDoorsOutput(args: GetGeneaDoorsOutputArgs = {}, options?: LookupOutputOptions) {
  return lookup.output(pulumi.output({ ...args, apiToken: vendorKey(args.apiToken) }), options);
}

async function doorSearch(query: Query<GetGeneaDoorsArgs>): Promise<Search<GeneaDoor>> {
  const { apiToken } = query.args;
  if (apiToken !== undefined) refuseBlank("apiToken", apiToken);
  const doors = await query.directory.geneaDoors(apiToken).items(query.fresh);
  return {
    nouns: ["Genea door", "Genea doors"],
    items: doors.flatMap(({ id, name }) => (id ? [{ id, name: name ?? "" }] : [])),
    by: "name",
    textOf: ({ name }) => name,
    describe: ({ id, name }) => `${JSON.stringify(name)} (${id})`,
    remedy: "Use Genea's id itself.",
  };
}
