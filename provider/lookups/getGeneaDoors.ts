import * as pulumi from "@pulumi/pulumi";
import { listOf, refuseBlank } from "./define/arguments";
import {
  type Lookup,
  type LookupMissing,
  type LookupOptions,
  type LookupOutputArgs,
  type LookupOutputOptions,
  lookUp,
  lookUpOutput,
  vendorKeyArgument,
} from "./define/defineLookup";
import { all } from "./define/search";

/** Which doors at Genea to look up. */
export interface GetGeneaDoorsArgs extends LookupMissing {
  /** Genea's Global API Key, to see the doors before the integration is set up. Secret. Default: the one that Rhombus has. */
  apiToken?: string;
  /** Their names. Default: all doors. */
  names?: readonly string[];
}

/** As {@link GetGeneaDoorsArgs}, with outputs. */
export type GetGeneaDoorsOutputArgs = LookupOutputArgs<GetGeneaDoorsArgs>;

/** A door at Genea. */
export interface GeneaDoor {
  /** Genea's id: the key in `doorInfoMap`. */
  readonly id: string;
  /** The door's name at Genea. */
  readonly name: string;
}

/** Doors at Genea. */
export interface GetGeneaDoorsResult {
  /** The doors: in the order of the names, else as Genea lists them. */
  readonly doors: GeneaDoor[];
  /** Their ids, in the same order. */
  readonly ids: string[];
}

const lookup: Lookup<GetGeneaDoorsArgs, GetGeneaDoorsResult> = {
  name: "getGeneaDoors",
  async find(directory, args, fresh) {
    const { wanted } = listOf(args, ["names"]);
    if (args.apiToken !== undefined) refuseBlank("apiToken", args.apiToken);
    const listed = await directory.geneaDoors(args.apiToken, fresh);
    const search = {
      nouns: ["Genea door", "Genea doors"] as const,
      items: listed.flatMap(({ id, name }): GeneaDoor[] => (id ? [{ id, name: name ?? "" }] : [])),
      by: "name",
      of: ({ name }: GeneaDoor) => name,
      told: ({ id, name }: GeneaDoor) => `${JSON.stringify(name)} (${id})`,
      narrower: "Use Genea's id itself.",
    };
    const doors = await all(search, wanted, { directory, args });
    return { doors, ids: doors.map(({ id }) => id) };
  },
};

/**
 * Looks up doors at Genea: all of them, or some by name.
 * @param args What to look for. Default: all.
 * @param options Where to look.
 * @throws LookupError when one of the names is missing, unless `missing` is `"omit"`, or fits several; or when Genea refuses the key.
 */
export function getGeneaDoors(args: GetGeneaDoorsArgs = {}, options: LookupOptions = {}): Promise<GetGeneaDoorsResult> {
  return lookUp(lookup, args, options);
}

/**
 * As {@link getGeneaDoors}, with outputs as arguments.
 * @param args What to look for. Default: all.
 * @param options Where and when to look.
 */
export function getGeneaDoorsOutput(
  args: GetGeneaDoorsOutputArgs = {},
  options: LookupOutputOptions = {},
): pulumi.Output<GetGeneaDoorsResult> {
  return lookUpOutput(lookup, pulumi.output({ ...args, apiToken: vendorKeyArgument(args.apiToken) }), options);
}
