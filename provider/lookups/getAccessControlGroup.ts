import * as pulumi from "@pulumi/pulumi";
import type { Query } from "./define/defineLookup";
import { defineOne } from "./define/defineOne";
import type { LookupMissing, LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
import { type GetAccessControlGroupResult, groupSearch } from "./lists/groups";

/** Which access control group to look up. */
export interface GetAccessControlGroupArgs extends LookupMissing {
  /** Its name. Upper and lower case are the same, unless two differ in nothing else. */
  name: string;
}

/** As {@link GetAccessControlGroupArgs}, with outputs. */
export type GetAccessControlGroupOutputArgs = LookupOutputArgs<GetAccessControlGroupArgs>;

const lookup = defineOne({
  name: "getAccessControlGroup",
  by: ["name"],
  search: (query: Query<GetAccessControlGroupArgs>) => groupSearch(query),
});

/**
 * Looks up an access control group by name, without managing it.
 * @param args What to look for.
 * @param options Where to look.
 * @returns What fits; `undefined` where it is missing and `missing` is `"omit"`.
 * @throws LookupError when no group has the name, unless `missing` is `"omit"`, or several have it.
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
 * As {@link getAccessControlGroup}, with outputs as arguments.
 * @param args What to look for.
 * @param options Where and when to look.
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
