import * as pulumi from "@pulumi/pulumi";
import type { Query } from "./define/defineLookup";
import { defineOne } from "./define/defineOne";
import type { LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
import { type GetUserResult, type UserKinds, userSearch } from "./lists/users";

/** Which user to look up: by one of e-mail and name. */
export interface GetUserArgs extends UserKinds {
  /** The e-mail address. Upper and lower case are the same. */
  email?: string;
  /** The full name. Upper and lower case are the same, unless two differ in nothing else. */
  name?: string;
}

/** As {@link GetUserArgs}, with outputs. */
export type GetUserOutputArgs = LookupOutputArgs<GetUserArgs>;

const lookup = defineOne({
  name: "getUser",
  by: ["email", "name"],
  search: (query: Query<GetUserArgs>, by) => userSearch(query, by),
});

/**
 * Looks up a user by e-mail or name. Users who have been deleted or are disabled do not count.
 * @param args What to look for.
 * @param options Where to look.
 * @returns What fits; `undefined` where it is missing and `missing` is `"omit"`.
 * @throws LookupError when no user fits, unless `missing` is `"omit"`, or several fit.
 */
export function getUser(args: GetUserArgs & { missing?: "error" }, options?: LookupOptions): Promise<GetUserResult>;
export function getUser(args: GetUserArgs, options?: LookupOptions): Promise<GetUserResult | undefined>;
export function getUser(args: GetUserArgs, options?: LookupOptions) {
  return lookup.promise(args, options);
}

/**
 * As {@link getUser}, with outputs as arguments.
 * @param args What to look for.
 * @param options Where and when to look.
 */
export function getUserOutput(
  args: GetUserOutputArgs & { missing?: "error" },
  options?: LookupOutputOptions,
): pulumi.Output<GetUserResult>;
export function getUserOutput(
  args: GetUserOutputArgs,
  options?: LookupOutputOptions,
): pulumi.Output<GetUserResult | undefined>;
export function getUserOutput(args: GetUserOutputArgs, options?: LookupOutputOptions) {
  return lookup.output(pulumi.output(args), options);
}
