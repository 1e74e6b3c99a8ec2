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
import { type KisiAccountPlace, placeSearch } from "./lists/kisiPlaces";

/** Which places at Kisi to look up. */
export interface GetKisiPlacesArgs extends LookupMissing {
  /** Kisi's API key, to see the places before the integration is set up. Secret. Default: the one that Rhombus has. */
  apiSecretKey?: string;
  /** Their names. Default: all places. */
  names?: readonly string[];
}

/** As {@link GetKisiPlacesArgs}, with outputs. */
export type GetKisiPlacesOutputArgs = LookupOutputArgs<GetKisiPlacesArgs>;

/** Places at Kisi. */
export interface GetKisiPlacesResult {
  /** The places: in the order of the names, else as Kisi lists them. */
  readonly places: KisiAccountPlace[];
  /** Their ids, in the same order. */
  readonly ids: string[];
}

const lookup: Lookup<GetKisiPlacesArgs, GetKisiPlacesResult> = {
  name: "getKisiPlaces",
  async find(directory, args, fresh) {
    const { wanted } = listOf(args, ["names"]);
    if (args.apiSecretKey !== undefined) refuseBlank("apiSecretKey", args.apiSecretKey);
    const search = await placeSearch(directory, args.apiSecretKey, fresh);
    const places = await all(search, wanted, { directory, args });
    return { places, ids: places.map(({ id }) => id) };
  },
};

/**
 * Looks up places at Kisi: all of them, or some by name.
 * @param args What to look for. Default: all.
 * @param options Where to look.
 * @throws LookupError when one of the names is missing, unless `missing` is `"omit"`, or fits several; or when Kisi refuses the key.
 */
export function getKisiPlaces(args: GetKisiPlacesArgs = {}, options: LookupOptions = {}): Promise<GetKisiPlacesResult> {
  return lookUp(lookup, args, options);
}

/**
 * As {@link getKisiPlaces}, with outputs as arguments.
 * @param args What to look for. Default: all.
 * @param options Where and when to look.
 */
export function getKisiPlacesOutput(
  args: GetKisiPlacesOutputArgs = {},
  options: LookupOutputOptions = {},
): pulumi.Output<GetKisiPlacesResult> {
  return lookUpOutput(lookup, pulumi.output({ ...args, apiSecretKey: vendorKeyArgument(args.apiSecretKey) }), options);
}
