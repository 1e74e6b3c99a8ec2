import type { LookupCall } from "./define/defineLookup";
import { defineMany } from "./define/defineSearch";
import type { LookupMissing, LookupOutputArgs } from "./define/lookupOptions";
import { type KisiAccountPlace, kisiPlaceSearch } from "./lists/kisiPlaces";

/** The arguments of {@link getKisiPlaces}. */
export interface GetKisiPlacesArgs extends LookupMissing {
  /** Kisi's API key, for use before the integration is configured. Secret. Default: the key stored in Rhombus. */
  apiSecretKey?: string;
  /** The names to find. Default: all places at Kisi. */
  names?: readonly string[];
}

/** The arguments of {@link getKisiPlacesOutput}: those of {@link getKisiPlaces}, as values or outputs. */
export type GetKisiPlacesOutputArgs = LookupOutputArgs<GetKisiPlacesArgs>;

/** The result of {@link getKisiPlaces}. */
export interface GetKisiPlacesResult {
  /** The places in the order of the arguments; for all, in the order of Kisi's list. */
  readonly places: KisiAccountPlace[];
  /** The ids in the same order. */
  readonly ids: string[];
}

const kisiPlaces = defineMany({
  name: "getKisiPlaces",
  vendorKey: "apiSecretKey",
  by: ["name"],
  search: (call: LookupCall<GetKisiPlacesArgs>) => kisiPlaceSearch(call),
  result: (places): GetKisiPlacesResult => ({ places, ids: places.map(({ id }) => id) }),
});

/**
 * Looks up places at Kisi: all, or some by name.
 * @param args The arguments. Default: `{}`, for all places at Kisi.
 * @param options The provider to use.
 * @throws LookupError if a requested place is missing, unless `missing` is `"omit"`, if several have the same requested name, or if Kisi rejects the key.
 * @function
 */
export const getKisiPlaces = kisiPlaces.promise;

/**
 * Like {@link getKisiPlaces}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments. Default: `{}`, for all places at Kisi.
 * @param options The provider to use, and dependencies.
 * @function
 */
export const getKisiPlacesOutput = kisiPlaces.output;
