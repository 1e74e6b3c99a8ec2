import * as pulumi from "@pulumi/pulumi";
import type { Query } from "./define/defineLookup";
import { defineMany } from "./define/defineMany";
import type { LookupMissing, LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
import { type GetAccessControlGroupResult, groupSearch } from "./lists/groups";

/** The arguments of {@link getAccessControlGroups}. */
export interface GetAccessControlGroupsArgs extends LookupMissing {
  /** The names to find. Default: all access control groups. */
  names?: readonly string[];
}

/** The arguments of {@link getAccessControlGroupsOutput}: those of {@link getAccessControlGroups}, as values or outputs. */
export type GetAccessControlGroupsOutputArgs = LookupOutputArgs<GetAccessControlGroupsArgs>;

/** The result of {@link getAccessControlGroups}. */
export interface GetAccessControlGroupsResult {
  /** The groups in the order of the arguments; for all, in the order of Rhombus's list. */
  readonly groups: GetAccessControlGroupResult[];
  /** The RUUIDs in the same order. */
  readonly uuids: string[];
}

const lookup = defineMany({
  name: "getAccessControlGroups",
  by: ["name"],
  search: (query: Query<GetAccessControlGroupsArgs>) => groupSearch(query),
  result: (groups): GetAccessControlGroupsResult => ({ groups, uuids: groups.map(({ uuid }) => uuid) }),
});

/**
 * Looks up access control groups, without managing them: all, or some by name.
 * @param args The arguments. Default: `{}`, for all access control groups.
 * @param options The provider to use.
 * @throws LookupError if a requested access control group is missing, unless `missing` is `"omit"`, or if several have the same requested name.
 */
export function getAccessControlGroups(args: GetAccessControlGroupsArgs = {}, options?: LookupOptions) {
  return lookup.promise(args, options);
}

/**
 * Like {@link getAccessControlGroups}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments. Default: `{}`, for all access control groups.
 * @param options The provider to use, and dependencies.
 */
export function getAccessControlGroupsOutput(
  args: GetAccessControlGroupsOutputArgs = {},
  options?: LookupOutputOptions,
) {
  return lookup.output(pulumi.output(args), options);
}
