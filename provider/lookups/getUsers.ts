import * as pulumi from "@pulumi/pulumi";
import type { Query } from "./define/defineLookup";
import { defineMany } from "./define/defineMany";
import type { LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
import { type GetUserResult, type UserKinds, userSearch } from "./lists/users";

/** Which users to look up: by one of e-mails and names, or all. */
export interface GetUsersArgs extends UserKinds {
  /** Their e-mail addresses. Default: all users. */
  emails?: readonly string[];
  /** Their full names. Default: all users. */
  names?: readonly string[];
}

/** As {@link GetUsersArgs}, with outputs. */
export type GetUsersOutputArgs = LookupOutputArgs<GetUsersArgs>;

/** Users. */
export interface GetUsersResult {
  /** The users: in the order in which they were asked for, else as Rhombus lists them. */
  readonly users: GetUserResult[];
  /** Their RUUIDs, in the same order: what `userUuids` of a group takes. */
  readonly uuids: string[];
}

const lookup = defineMany({
  name: "getUsers",
  by: ["email", "name"],
  search: (query: Query<GetUsersArgs>, by) => userSearch(query, by),
  result: (users): GetUsersResult => ({ users, uuids: users.map(({ uuid }) => uuid) }),
});

/**
 * Looks up users: all of them, or some by e-mail or name. Users who have been deleted or are disabled do not count.
 * @param args What to look for. Default: all.
 * @param options Where to look.
 * @throws LookupError when one of the users is missing, unless `missing` is `"omit"`, or several have one name.
 */
export function getUsers(args: GetUsersArgs = {}, options?: LookupOptions) {
  return lookup.promise(args, options);
}

/**
 * As {@link getUsers}, with outputs as arguments.
 * @param args What to look for. Default: all.
 * @param options Where and when to look.
 */
export function getUsersOutput(args: GetUsersOutputArgs = {}, options?: LookupOutputOptions) {
  return lookup.output(pulumi.output(args), options);
}
