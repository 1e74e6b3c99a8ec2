import * as pulumi from "@pulumi/pulumi";
import type { Query } from "./define/defineLookup";
import { defineOne } from "./define/defineOne";
import type { LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
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

const lookup = defineOne({
  name: "getUser",
  by: ["email", "name"],
  search: (query: Query<GetUserArgs>, by) => userSearch(query, by),
});

/**
 * Looks up a user by e-mail address or name. Deleted and disabled users are ignored by default.
 * @param args The arguments.
 * @param options The provider to use.
 * @returns The user; `undefined` if there is none and `missing` is `"omit"`.
 * @throws LookupError if no user matches, unless `missing` is `"omit"`, or if several match.
 */
export function getUser(args: GetUserArgs & { missing?: "error" }, options?: LookupOptions): Promise<GetUserResult>;
export function getUser(args: GetUserArgs, options?: LookupOptions): Promise<GetUserResult | undefined>;
export function getUser(args: GetUserArgs, options?: LookupOptions) {
  return lookup.promise(args, options);
}

/**
 * Like {@link getUser}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments.
 * @param options The provider to use, and dependencies.
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
