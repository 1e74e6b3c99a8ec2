import * as pulumi from "@pulumi/pulumi";
import type { Query } from "./define/defineLookup";
import { defineOne } from "./define/defineOne";
import type { LookupMissing, LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
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

const lookup = defineOne({
  name: "getLocation",
  by: ["name"],
  search: (query: Query<GetLocationArgs>) => locationSearch(query),
});

/**
 * Looks up a location by name, including locations inside other locations.
 * @param args The arguments.
 * @param options The provider to use.
 * @returns The location; `undefined` if there is none and `missing` is `"omit"`.
 * @throws LookupError if no location matches, unless `missing` is `"omit"`, or if several match.
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
 * Like {@link getLocation}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments.
 * @param options The provider to use, and dependencies.
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
