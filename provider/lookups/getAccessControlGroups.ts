import type { LookupCall } from "./define/defineLookup";
import { defineMany, defineOne } from "./define/defineSearch";
import type { LookupMissing, LookupOutputArgs } from "./define/lookupOptions";
import { type GetAccessControlGroupResult, groupSearch } from "./lists/groups";

/** The arguments of {@link getAccessControlGroup}. */
export interface GetAccessControlGroupArgs extends LookupMissing {
  /** The name. Case is ignored, unless several names differ only in case. */
  name: string;
}

/** The arguments of {@link getAccessControlGroupOutput}: those of {@link getAccessControlGroup}, as values or outputs. */
export type GetAccessControlGroupOutputArgs = LookupOutputArgs<GetAccessControlGroupArgs>;

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

const group = defineOne({
  name: "getAccessControlGroup",
  by: ["name"],
  search: (call: LookupCall<GetAccessControlGroupArgs>) => groupSearch(call),
});

const groups = defineMany({
  name: "getAccessControlGroups",
  by: ["name"],
  search: (call: LookupCall<GetAccessControlGroupsArgs>) => groupSearch(call),
  result: (groups): GetAccessControlGroupsResult => ({ groups, uuids: groups.map(({ uuid }) => uuid) }),
});

/**
 * Looks up an access control group by name, without managing it.
 * @function
 */
export const getAccessControlGroup = group.promise;

/**
 * Like {@link getAccessControlGroup}, for outputs: accepts them as arguments and returns an output.
 * @function
 */
export const getAccessControlGroupOutput = group.output;

/**
 * Looks up access control groups, without managing them: all, or some by name.
 * @param args The arguments. Default: `{}`, for all access control groups.
 * @param options The provider to use.
 * @throws LookupError if a requested access control group is missing, unless `missing` is `"omit"`, or if several have the same requested name.
 * @function
 */
export const getAccessControlGroups = groups.promise;

/**
 * Like {@link getAccessControlGroups}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments. Default: `{}`, for all access control groups.
 * @param options The provider to use, and dependencies.
 * @function
 */
export const getAccessControlGroupsOutput = groups.output;
