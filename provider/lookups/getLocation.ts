import * as pulumi from "@pulumi/pulumi";
import type { Query } from "./define/defineLookup";
import { defineOne } from "./define/defineOne";
import type { LookupMissing, LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
import { type GetLocationResult, locationSearch } from "./lists/locations";

/** Which location to look up. */
export interface GetLocationArgs extends LookupMissing {
  /** Its name. Upper and lower case are the same, unless two differ in nothing else. */
  name: string;
  /** The name of a location that it is inside of, however deep. Default: anywhere. */
  within?: string;
}

/** As {@link GetLocationArgs}, with outputs. */
export type GetLocationOutputArgs = LookupOutputArgs<GetLocationArgs>;

const lookup = defineOne({
  name: "getLocation",
  by: ["name"],
  search: (query: Query<GetLocationArgs>) => locationSearch(query),
});

/**
 * Looks up a location by name, also one inside another.
 * @param args What to look for.
 * @param options Where to look.
 * @returns What fits; `undefined` where it is missing and `missing` is `"omit"`.
 * @throws LookupError when no location has the name, unless `missing` is `"omit"`, or several have it.
 */
export function getLocation(
  args: GetLocationArgs & { missing?: "error" },
  options?: LookupOptions,
): Promise<GetLocationResult>;
export function getLocation(args: GetLocationArgs, options?: LookupOptions): Promise<GetLocationResult | undefined>;
export function getLocation(args: GetLocationArgs, options?: LookupOptions) {
  return lookup.promise(args, options);
}

/**
 * As {@link getLocation}, with outputs as arguments.
 * @param args What to look for.
 * @param options Where and when to look.
 */
export function getLocationOutput(
  args: GetLocationOutputArgs & { missing?: "error" },
  options?: LookupOutputOptions,
): pulumi.Output<GetLocationResult>;
export function getLocationOutput(
  args: GetLocationOutputArgs,
  options?: LookupOutputOptions,
): pulumi.Output<GetLocationResult | undefined>;
export function getLocationOutput(args: GetLocationOutputArgs, options?: LookupOutputOptions) {
  return lookup.output(pulumi.output(args), options);
}
