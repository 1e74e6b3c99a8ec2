import * as pulumi from "@pulumi/pulumi";
import type { Query } from "./define/defineLookup";
import { defineMany } from "./define/defineMany";
import type { LookupMissing, LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
import { type GetLocationResult, locationSearch } from "./lists/locations";

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

const lookup = defineMany({
  name: "getLocations",
  by: ["name"],
  search: (query: Query<GetLocationsArgs>) => locationSearch(query),
  result: (locations): GetLocationsResult => ({ locations, uuids: locations.map(({ uuid }) => uuid) }),
});

/**
 * Looks up locations, including those inside other locations: all, or some by name.
 * @param args The arguments. Default: `{}`, for all locations.
 * @param options The provider to use.
 * @throws LookupError if a requested location is missing, unless `missing` is `"omit"`, or if several have the same requested name.
 */
export function getLocations(args: GetLocationsArgs = {}, options?: LookupOptions) {
  return lookup.promise(args, options);
}

/**
 * Like {@link getLocations}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments. Default: `{}`, for all locations.
 * @param options The provider to use, and dependencies.
 */
export function getLocationsOutput(args: GetLocationsOutputArgs = {}, options?: LookupOutputOptions) {
  return lookup.output(pulumi.output(args), options);
}
