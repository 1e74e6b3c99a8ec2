import type { LookupCall } from "./define/defineLookup";
import { defineMany, defineOne } from "./define/defineSearch";
import type { LookupOutputArgs } from "./define/lookupOptions";
import { type GetUserResult, type UserKinds, userSearch } from "./lists/users";

/** The arguments of {@link getUser}. Exactly one of `email` and `name` is required. */
export interface GetUserArgs extends UserKinds {
  /** The e-mail address. Case is ignored. */
  email?: string;
  /** The full name. Case is ignored, unless several names differ only in case. */
  name?: string;
}

/** The arguments of {@link getUserOutput}: those of {@link getUser}, as values or outputs. */
export type GetUserOutputArgs = LookupOutputArgs<GetUserArgs>;

/** The arguments of {@link getUsers}. At most one of `emails` and `names` is allowed. */
export interface GetUsersArgs extends UserKinds {
  /** The e-mail addresses to find. Default: all users. */
  emails?: readonly string[];
  /** The full names to find. Default: all users. */
  names?: readonly string[];
}

/** The arguments of {@link getUsersOutput}: those of {@link getUsers}, as values or outputs. */
export type GetUsersOutputArgs = LookupOutputArgs<GetUsersArgs>;

/** The result of {@link getUsers}. */
export interface GetUsersResult {
  /** The users in the order of the arguments; for all, in the order of Rhombus's list. */
  readonly users: GetUserResult[];
  /** The RUUIDs in the same order, as `userUuids` of a group takes them. */
  readonly uuids: string[];
}

const user = defineOne({
  name: "getUser",
  by: ["email", "name"],
  alsoTakes: ["includeDeleted", "includeDisabled"],
  search: (call: LookupCall<GetUserArgs>, by) => userSearch(call, by),
});

const users = defineMany({
  name: "getUsers",
  by: ["email", "name"],
  alsoTakes: ["includeDeleted", "includeDisabled"],
  search: (call: LookupCall<GetUsersArgs>, by) => userSearch(call, by),
  result: (users): GetUsersResult => ({ users, uuids: users.map(({ uuid }) => uuid) }),
});

/**
 * Looks up a user by e-mail address or name. Deleted and disabled users are ignored by default.
 * @function
 */
export const getUser = user.promise;

/**
 * Like {@link getUser}, for outputs: accepts them as arguments and returns an output.
 * @function
 */
export const getUserOutput = user.output;

/**
 * Looks up users: all, or some by e-mail address or name. Deleted and disabled users are ignored by default.
 * @param args The arguments. Default: `{}`, for all users.
 * @param options The provider to use.
 * @throws LookupError if a requested user is missing, unless `missing` is `"omit"`, or if several have the same requested name.
 * @function
 */
export const getUsers = users.promise;

/**
 * Like {@link getUsers}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments. Default: `{}`, for all users.
 * @param options The provider to use, and dependencies.
 * @function
 */
export const getUsersOutput = users.output;
