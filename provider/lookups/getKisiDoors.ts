import * as pulumi from "@pulumi/pulumi";
import { foldedName } from "../core/schema/foldedName";
import { refuseBlank } from "./define/arguments";
import type { Query } from "./define/defineLookup";
import { defineMany } from "./define/defineMany";
import type { LookupMissing, LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
import { type Search, selectOne } from "./define/search";
import { vendorKey } from "./define/vendorKey";
import { type KisiAccountPlace, kisiPlaceSearch } from "./lists/kisiPlaces";

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

const lookup = defineMany({
  name: "getKisiDoors",
  by: ["name"],
  search: doorSearch,
  result: (doors): GetKisiDoorsResult => ({ doors, ids: doors.map(({ id }) => id) }),
});

/**
 * Looks up doors at Kisi: all of them, those of a place, or some by name.
 * @param args What to look for. Default: all.
 * @param options Where to look.
 * @throws LookupError when one of the names is missing, unless `missing` is `"omit"`, or fits several; or when Kisi refuses the key.
 */
export function getKisiDoors(args: GetKisiDoorsArgs = {}, options?: LookupOptions) {
  return lookup.promise(args, options);
}

/**
 * As {@link getKisiDoors}, with outputs as arguments.
 * @param args What to look for. Default: all.
 * @param options Where and when to look.
 */
export function getKisiDoorsOutput(args: GetKisiDoorsOutputArgs = {}, options?: LookupOutputOptions) {
  return lookup.output(pulumi.output({ ...args, apiSecretKey: vendorKey(args.apiSecretKey) }), options);
}

async function doorSearch(query: Query<GetKisiDoorsArgs>): Promise<Search<KisiDoor>> {
  const at = query.args.place === undefined ? undefined : await placeOf(query, query.args.place);
  const anywhere: Search<KisiDoor> = {
    nouns: ["Kisi door", "Kisi doors"],
    items: await doorsIn(query),
    by: "name",
    textOf: ({ name }) => name,
    describe: ({ id, name, placeName }) => `${JSON.stringify(name)} at ${JSON.stringify(placeName)} (${id})`,
    remedy: "Say where they are with place.",
  };
  if (at === undefined) return anywhere;
  return {
    ...anywhere,
    exclusion: ({ id, placeId, placeName }) =>
      placeId === at.id ? undefined : `there is one at ${JSON.stringify(placeName)} (${id})`,
  };
}

async function placeOf(query: Query<GetKisiDoorsArgs>, place: string): Promise<KisiAccountPlace> {
  refuseBlank("place", place);
  const search = await kisiPlaceSearch(query);
  return search.items.find(({ id }) => id === place.trim()) ?? selectOne(search, place);
}

/** The vendor does not document whether doors are listed by the number or by the name of their place (docs/rhombus-api.md#kisi). */
async function doorsIn(query: Query<GetKisiDoorsArgs>): Promise<KisiDoor[]> {
  const { items: places } = await kisiPlaceSearch({ ...query, fresh: false });
  const listed = await query.directory.kisiDoors(query.args.apiSecretKey).items(query.fresh);
  return listed.flatMap(([key, doors]) => {
    const place =
      places.find(({ id }) => id === key) ?? places.find(({ name }) => foldedName(name) === foldedName(key));
    const { id: placeId, name: placeName } = place ?? { id: key, name: key };
    return doors.flatMap(({ id, name }) =>
      typeof id === "number" ? [{ id: String(id), name: name ?? "", placeId, placeName }] : [],
    );
  });
}
