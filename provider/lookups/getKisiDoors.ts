import * as pulumi from "@pulumi/pulumi";
import { foldedName } from "../core/schema/foldedName";
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
import { all, theOne } from "./define/search";
import type { Directory } from "./lists/directory";
import { type KisiAccountPlace, placeSearch } from "./lists/kisiPlaces";

/** Which doors at Kisi to look up. */
export interface GetKisiDoorsArgs extends LookupMissing {
  /** Kisi's API key, to see the doors before the integration is set up. Secret. Default: the one that Rhombus has. */
  apiSecretKey?: string;
  /** The place that they are at, by name or by Kisi's number. Default: any place. */
  place?: string;
  /** Their names. Default: all doors. */
  names?: readonly string[];
}

/** As {@link GetKisiDoorsArgs}, with outputs. */
export type GetKisiDoorsOutputArgs = LookupOutputArgs<GetKisiDoorsArgs>;

/** A door at Kisi. */
export interface KisiDoor {
  /** Kisi's number as a text: the key in `doorInfoMap` of the place. */
  readonly id: string;
  /** The door's name at Kisi. */
  readonly name: string;
  /** The place it is at, as the key in `placeToSettingsMap`. */
  readonly placeId: string;
  /** The name of that place. */
  readonly placeName: string;
}

/** Doors at Kisi. */
export interface GetKisiDoorsResult {
  /** The doors: in the order of the names, else as Kisi lists them. */
  readonly doors: KisiDoor[];
  /** Their ids, in the same order. */
  readonly ids: string[];
}

const lookup: Lookup<GetKisiDoorsArgs, GetKisiDoorsResult> = {
  name: "getKisiDoors",
  async find(directory, args, fresh) {
    const { wanted } = listOf(args, ["names"]);
    if (args.apiSecretKey !== undefined) refuseBlank("apiSecretKey", args.apiSecretKey);
    const at = args.place === undefined ? undefined : await placeAsked(directory, args.place, args, fresh);
    const search = {
      nouns: ["Kisi door", "Kisi doors"] as const,
      items: await doorsIn(directory, args, fresh),
      by: "name",
      of: ({ name }: KisiDoor) => name,
      told: ({ id, name, placeName }: KisiDoor) => `${JSON.stringify(name)} at ${JSON.stringify(placeName)} (${id})`,
      narrower: "Say where they are with place.",
      withheld: (door: KisiDoor) =>
        at === undefined || door.placeId === at.id
          ? undefined
          : `there is one at ${JSON.stringify(door.placeName)} (${door.id})`,
    };
    const doors = await all(search, wanted, { directory, args });
    return { doors, ids: doors.map(({ id }) => id) };
  },
};

/**
 * Looks up doors at Kisi: all of them, those of a place, or some by name.
 * @param args What to look for. Default: all.
 * @param options Where to look.
 * @throws LookupError when one of the names is missing, unless `missing` is `"omit"`, or fits several; or when Kisi refuses the key.
 */
export function getKisiDoors(args: GetKisiDoorsArgs = {}, options: LookupOptions = {}): Promise<GetKisiDoorsResult> {
  return lookUp(lookup, args, options);
}

/**
 * As {@link getKisiDoors}, with outputs as arguments.
 * @param args What to look for. Default: all.
 * @param options Where and when to look.
 */
export function getKisiDoorsOutput(
  args: GetKisiDoorsOutputArgs = {},
  options: LookupOutputOptions = {},
): pulumi.Output<GetKisiDoorsResult> {
  return lookUpOutput(lookup, pulumi.output({ ...args, apiSecretKey: vendorKeyArgument(args.apiSecretKey) }), options);
}

async function placeAsked(
  directory: Directory,
  place: string,
  { apiSecretKey }: GetKisiDoorsArgs,
  fresh: boolean,
): Promise<KisiAccountPlace | undefined> {
  refuseBlank("place", place);
  const search = await placeSearch(directory, apiSecretKey, fresh);
  return search.items.find(({ id }) => id === place.trim()) ?? theOne(search, place, { directory, args: {} });
}

/**
 * The vendor does not say whether doors are listed by the number of their place or by its name
 * (docs/rhombus-api.md#kisi).
 */
async function doorsIn(directory: Directory, { apiSecretKey }: GetKisiDoorsArgs, fresh: boolean): Promise<KisiDoor[]> {
  const { items: places } = await placeSearch(directory, apiSecretKey, false);
  return (await directory.kisiDoors(apiSecretKey, fresh)).flatMap(([key, doors]) => {
    const place =
      places.find(({ id }) => id === key) ?? places.find(({ name }) => foldedName(name) === foldedName(key));
    const { id: placeId, name: placeName } = place ?? { id: key, name: key };
    return doors.flatMap(({ id, name }) =>
      typeof id === "number" ? [{ id: String(id), name: name ?? "", placeId, placeName }] : [],
    );
  });
}
