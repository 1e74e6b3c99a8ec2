import * as pulumi from "@pulumi/pulumi";
import type { Query } from "./define/defineLookup";
import { defineOne } from "./define/defineOne";
import type { LookupMissing, LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
import { type GetAccessControlGroupResult, groupSearch } from "./lists/groups";

/** The arguments of {@link getAccessControlGroup}. */
export interface GetAccessControlGroupArgs extends LookupMissing {
  /** The name. Case is ignored, unless several names differ only in case. */
  name: string;
}

/** The arguments of {@link getAccessControlGroupOutput}: those of {@link getAccessControlGroup}, as values or outputs. */
export type GetAccessControlGroupOutputArgs = LookupOutputArgs<GetAccessControlGroupArgs>;

const lookup = defineOne({
  name: "getAccessControlGroup",
  by: ["name"],
  search: (query: Query<GetAccessControlGroupArgs>) => groupSearch(query),
});

/**
 * Looks up an access control group by name, without managing it.
 * @param args The arguments.
 * @param options The provider to use.
 * @returns The access control group; `undefined` if there is none and `missing` is `"omit"`.
 * @throws LookupError if no access control group matches, unless `missing` is `"omit"`, or if several match.
 */
export function getAccessControlGroup(
  args: GetAccessControlGroupArgs & { missing?: "error" },
  options?: LookupOptions,
): Promise<GetAccessControlGroupResult>;
export function getAccessControlGroup(
  args: GetAccessControlGroupArgs,
  options?: LookupOptions,
): Promise<GetAccessControlGroupResult | undefined>;
export function getAccessControlGroup(args: GetAccessControlGroupArgs, options?: LookupOptions) {
  return lookup.promise(args, options);
}

/**
 * Like {@link getAccessControlGroup}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments.
 * @param options The provider to use, and dependencies.
 */
export function getAccessControlGroupOutput(
  args: GetAccessControlGroupOutputArgs & { missing?: "error" },
  options?: LookupOutputOptions,
): pulumi.Output<GetAccessControlGroupResult>;
export function getAccessControlGroupOutput(
  args: GetAccessControlGroupOutputArgs,
  options?: LookupOutputOptions,
): pulumi.Output<GetAccessControlGroupResult | undefined>;
export function getAccessControlGroupOutput(args: GetAccessControlGroupOutputArgs, options?: LookupOutputOptions) {
  return lookup.output(pulumi.output(args), options);
}
