import type { LookupCall } from "./define/defineLookup";
import { defineMany, defineOne } from "./define/defineSearch";
import type { LookupMissing, LookupOutputArgs } from "./define/lookupOptions";
import { type GetLocationResult, locationSearch } from "./lists/locations";

/** The arguments of {@link getLocation}. */
export interface GetLocationArgs extends LookupMissing {
  /** The name. Case is ignored, unless several names differ only in case. */
  name: string;
  /** The name of a location that contains it, directly or through other locations. Default: anywhere. */
  within?: string;
}

/** The arguments of {@link getLocationOutput}: those of {@link getLocation}, as values or outputs. */
export type GetLocationOutputArgs = LookupOutputArgs<GetLocationArgs>;

/** The arguments of {@link getLocations}. */
export interface GetLocationsArgs extends LookupMissing {
  /** The names to find. Default: all locations. */
  names?: readonly string[];
  /** The name of a location that contains them, directly or through other locations. Default: anywhere. */
  within?: string;
}

/** The arguments of {@link getLocationsOutput}: those of {@link getLocations}, as values or outputs. */
export type GetLocationsOutputArgs = LookupOutputArgs<GetLocationsArgs>;

/** The result of {@link getLocations}. */
export interface GetLocationsResult {
  /** The locations in the order of the arguments; for all, in the order of Rhombus's list, each before those inside it. */
  readonly locations: GetLocationResult[];
  /** The RUUIDs in the same order. */
  readonly uuids: string[];
}

const location = defineOne({
  name: "getLocation",
  by: ["name"],
  alsoTakes: ["within"],
  search: (call: LookupCall<GetLocationArgs>) => locationSearch(call),
});

const locations = defineMany({
  name: "getLocations",
  by: ["name"],
  alsoTakes: ["within"],
  search: (call: LookupCall<GetLocationsArgs>) => locationSearch(call),
  result: (locations): GetLocationsResult => ({ locations, uuids: locations.map(({ uuid }) => uuid) }),
});

/**
 * Looks up a location by name, including locations inside other locations.
 * @function
 */
export const getLocation = location.promise;

/**
 * Like {@link getLocation}, for outputs: accepts them as arguments and returns an output.
 * @function
 */
export const getLocationOutput = location.output;

/**
 * Looks up locations, including those inside other locations: all, or some by name.
 * @param args The arguments. Default: `{}`, for all locations.
 * @param options The provider to use.
 * @throws LookupError if a requested location is missing, unless `missing` is `"omit"`, or if several have the same requested name.
 * @function
 */
export const getLocations = locations.promise;

/**
 * Like {@link getLocations}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments. Default: `{}`, for all locations.
 * @param options The provider to use, and dependencies.
 * @function
 */
export const getLocationsOutput = locations.output;
