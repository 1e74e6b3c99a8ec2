import * as pulumi from "@pulumi/pulumi";
import type { Query } from "./define/defineLookup";
import { defineMany } from "./define/defineMany";
import type { LookupMissing, LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
import { vendorKey } from "./define/vendorKey";
import { type KisiAccountPlace, kisiPlaceSearch } from "./lists/kisiPlaces";

/** Which places at Kisi to look up. */
export interface GetKisiPlacesArgs extends LookupMissing {
  /** Kisi's API key, to see the places before the integration is set up. Secret. Default: the one that Rhombus has. */
  apiSecretKey?: string;
  /** Their names. Default: all places. */
  names?: readonly string[];
}

/** As {@link GetKisiPlacesArgs}, with outputs. */
export type GetKisiPlacesOutputArgs = LookupOutputArgs<GetKisiPlacesArgs>;

/** Places at Kisi. */
export interface GetKisiPlacesResult {
  /** The places: in the order of the names, else as Kisi lists them. */
  readonly places: KisiAccountPlace[];
  /** Their ids, in the same order. */
  readonly ids: string[];
}

const lookup = defineMany({
  name: "getKisiPlaces",
  by: ["name"],
  search: (query: Query<GetKisiPlacesArgs>) => kisiPlaceSearch(query),
  result: (places): GetKisiPlacesResult => ({ places, ids: places.map(({ id }) => id) }),
});

/**
 * Looks up places at Kisi: all of them, or some by name.
 * @param args What to look for. Default: all.
 * @param options Where to look.
 * @throws LookupError when one of the names is missing, unless `missing` is `"omit"`, or fits several; or when Kisi refuses the key.
 */
export function getKisiPlaces(args: GetKisiPlacesArgs = {}, options?: LookupOptions) {
  return lookup.promise(args, options);
}

/**
 * As {@link getKisiPlaces}, with outputs as arguments.
 * @param args What to look for. Default: all.
 * @param options Where and when to look.
 */
export function getKisiPlacesOutput(args: GetKisiPlacesOutputArgs = {}, options?: LookupOutputOptions) {
  return lookup.output(pulumi.output({ ...args, apiSecretKey: vendorKey(args.apiSecretKey) }), options);
}
