import * as pulumi from "@pulumi/pulumi";
import type { Query } from "./define/defineLookup";
import { defineMany } from "./define/defineMany";
import type { LookupMissing, LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
import { type GetAccessControlGroupResult, groupSearch } from "./lists/groups";

/** Which access control groups to look up. */
export interface GetAccessControlGroupsArgs extends LookupMissing {
  /** Their names. Default: all groups. */
  names?: readonly string[];
}

/** As {@link GetAccessControlGroupsArgs}, with outputs. */
export type GetAccessControlGroupsOutputArgs = LookupOutputArgs<GetAccessControlGroupsArgs>;

/** Access control groups. */
export interface GetAccessControlGroupsResult {
  /** The groups: in the order of the names, else as Rhombus lists them. */
  readonly groups: GetAccessControlGroupResult[];
  /** Their RUUIDs, in the same order. */
  readonly uuids: string[];
}

const lookup = defineMany({
  name: "getAccessControlGroups",
  by: ["name"],
  search: (query: Query<GetAccessControlGroupsArgs>) => groupSearch(query),
  result: (groups): GetAccessControlGroupsResult => ({ groups, uuids: groups.map(({ uuid }) => uuid) }),
});

/**
 * Looks up access control groups, without managing them: all of them, or some by name.
 * @param args What to look for. Default: all.
 * @param options Where to look.
 * @throws LookupError when one of the names is missing, unless `missing` is `"omit"`, or fits several.
 */
export function getAccessControlGroups(args: GetAccessControlGroupsArgs = {}, options?: LookupOptions) {
  return lookup.promise(args, options);
}

/**
 * As {@link getAccessControlGroups}, with outputs as arguments.
 * @param args What to look for. Default: all.
 * @param options Where and when to look.
 */
export function getAccessControlGroupsOutput(
  args: GetAccessControlGroupsOutputArgs = {},
  options?: LookupOutputOptions,
) {
  return lookup.output(pulumi.output(args), options);
}
