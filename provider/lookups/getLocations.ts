import * as pulumi from "@pulumi/pulumi";
import type { Query } from "./define/defineLookup";
import { defineMany } from "./define/defineMany";
import type { LookupMissing, LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
import { type GetLocationResult, locationSearch } from "./lists/locations";

/** Which locations to look up. */
export interface GetLocationsArgs extends LookupMissing {
  /** Their names. Default: all locations. */
  names?: readonly string[];
  /** The name of a location that they are inside of, however deep. Default: anywhere. */
  within?: string;
}

/** As {@link GetLocationsArgs}, with outputs. */
export type GetLocationsOutputArgs = LookupOutputArgs<GetLocationsArgs>;

/** Locations. */
export interface GetLocationsResult {
  /** The locations: in the order of the names, else as Rhombus lists them, each before those inside it. */
  readonly locations: GetLocationResult[];
  /** Their RUUIDs, in the same order. */
  readonly uuids: string[];
}

const lookup = defineMany({
  name: "getLocations",
  by: ["name"],
  search: (query: Query<GetLocationsArgs>) => locationSearch(query),
  result: (locations): GetLocationsResult => ({ locations, uuids: locations.map(({ uuid }) => uuid) }),
});

/**
 * Looks up locations, those inside others too: all of them, or some by name.
 * @param args What to look for. Default: all.
 * @param options Where to look.
 * @throws LookupError when one of the names is missing, unless `missing` is `"omit"`, or fits several.
 */
export function getLocations(args: GetLocationsArgs = {}, options?: LookupOptions) {
  return lookup.promise(args, options);
}

/**
 * As {@link getLocations}, with outputs as arguments.
 * @param args What to look for. Default: all.
 * @param options Where and when to look.
 */
export function getLocationsOutput(args: GetLocationsOutputArgs = {}, options?: LookupOutputOptions) {
  return lookup.output(pulumi.output(args), options);
}
