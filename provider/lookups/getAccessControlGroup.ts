import * as pulumi from "@pulumi/pulumi";
import { refuseBlank } from "./define/arguments";
import {
  type Lookup,
  type LookupMissing,
  type LookupOptions,
  type LookupOutputArgs,
  type LookupOutputOptions,
  lookUp,
  lookUpOutput,
} from "./define/defineLookup";
import { theOne } from "./define/search";
import { type GetAccessControlGroupResult, groupSearch } from "./lists/groups";

/** Which access control group to look up. */
export interface GetAccessControlGroupArgs extends LookupMissing {
  /** Its name. Upper and lower case are the same, unless two differ in nothing else. */
  name: string;
}

/** As {@link GetAccessControlGroupArgs}, with outputs. */
export type GetAccessControlGroupOutputArgs = LookupOutputArgs<GetAccessControlGroupArgs>;

const lookup: Lookup<GetAccessControlGroupArgs, GetAccessControlGroupResult | undefined> = {
  name: "getAccessControlGroup",
  single: true,
  async find(directory, args, fresh) {
    refuseBlank("name", args.name);
    return theOne(await groupSearch(directory, fresh), args.name, { directory, args });
  },
};

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
export function getAccessControlGroup(
  args: GetAccessControlGroupArgs,
  options: LookupOptions = {},
): Promise<GetAccessControlGroupResult | undefined> {
  return lookUp(lookup, args, options);
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
export function getAccessControlGroupOutput(
  args: GetAccessControlGroupOutputArgs,
  options: LookupOutputOptions = {},
): pulumi.Output<GetAccessControlGroupResult | undefined> {
  return lookUpOutput(lookup, pulumi.output(args), options);
}
