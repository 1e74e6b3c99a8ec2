import { foldedName } from "../core/schema/foldedName";
import type { LookupCall } from "./define/defineLookup";
import { defineMany } from "./define/defineSearch";
import type { LookupMissing, LookupOutputArgs } from "./define/lookupOptions";
import { type Search, selectOne } from "./define/search";
import { refuseBlank } from "./define/searchError";
import { type KisiAccountPlace, kisiPlaceSearch } from "./lists/kisiPlaces";

/** The arguments of {@link getKisiDoors}. */
export interface GetKisiDoorsArgs extends LookupMissing {
  /** Kisi's API key, for use before the integration is configured. Secret. Default: the key stored in Rhombus. */
  apiSecretKey?: string;
  /** The place of the doors, by name or by Kisi's number. Default: any place. */
  place?: string;
  /** The names to find. Default: all doors at Kisi. */
  names?: readonly string[];
}

/** The arguments of {@link getKisiDoorsOutput}: those of {@link getKisiDoors}, as values or outputs. */
export type GetKisiDoorsOutputArgs = LookupOutputArgs<GetKisiDoorsArgs>;

/** A door at Kisi. */
export interface KisiDoor {
  /** Kisi's number as a string, the key in `doorInfoMap` of the place. */
  readonly id: string;
  /** The door's name at Kisi. */
  readonly name: string;
  /** The id of its place, the key in `placeToSettingsMap`. */
  readonly placeId: string;
  /** The name of its place. */
  readonly placeName: string;
}

/** The result of {@link getKisiDoors}. */
export interface GetKisiDoorsResult {
  /** The doors in the order of the arguments; for all, in the order of Kisi's list. */
  readonly doors: KisiDoor[];
  /** The ids in the same order. */
  readonly ids: string[];
}

const kisiDoors = defineMany({
  name: "getKisiDoors",
  vendorKey: "apiSecretKey",
  by: ["name"],
  alsoTakes: ["place"],
  search: doorSearch,
  result: (doors): GetKisiDoorsResult => ({ doors, ids: doors.map(({ id }) => id) }),
});

/**
 * Looks up doors at Kisi: all, those of one place, or some by name.
 * @param args The arguments. Default: `{}`, for all doors at Kisi.
 * @param options The provider to use.
 * @throws LookupError if a requested door is missing, unless `missing` is `"omit"`, if several have the same requested name, or if Kisi rejects the key.
 * @function
 */
export const getKisiDoors = kisiDoors.promise;

/**
 * Like {@link getKisiDoors}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments. Default: `{}`, for all doors at Kisi.
 * @param options The provider to use, and dependencies.
 * @function
 */
export const getKisiDoorsOutput = kisiDoors.output;

async function doorSearch(call: LookupCall<GetKisiDoorsArgs>): Promise<Search<KisiDoor>> {
  const at = call.args.place === undefined ? undefined : await placeOf(call, call.args.place);
  const anywhere: Search<KisiDoor> = {
    nouns: ["Kisi door", "Kisi doors"],
    items: await doorsIn(call),
    by: "name",
    textOf: ({ name }) => name,
    describe: ({ id, name, placeName }) => `${JSON.stringify(name)} at ${JSON.stringify(placeName)} (${id})`,
    remedy: "Set place.",
  };
  if (at === undefined) return anywhere;
  return {
    ...anywhere,
    exclusion: ({ id, placeId, placeName }) =>
      placeId === at.id ? undefined : `there is one at ${JSON.stringify(placeName)} (${id})`,
  };
}

async function placeOf(call: LookupCall<GetKisiDoorsArgs>, place: string): Promise<KisiAccountPlace> {
  refuseBlank("place", place);
  const search = await kisiPlaceSearch(call);
  return search.items.find(({ id }) => id === place.trim()) ?? selectOne(search, place);
}

/** Rhombus does not document whether doors are listed by the number or by the name of their place (docs/rhombus-api.md#kisi). */
async function doorsIn(call: LookupCall<GetKisiDoorsArgs>): Promise<KisiDoor[]> {
  const { items: places } = await kisiPlaceSearch({ ...call, fresh: false });
  const listed = await call.directory.kisiDoors(call.args.apiSecretKey, call.fresh);
  return listed.flatMap(([key, doors]) => {
    const place =
      places.find(({ id }) => id === key) ?? places.find(({ name }) => foldedName(name) === foldedName(key));
    const { id: placeId, name: placeName } = place ?? { id: key, name: key };
    return doors.flatMap(({ id, name }) =>
      typeof id === "number" ? [{ id: String(id), name: name ?? "", placeId, placeName }] : [],
    );
  });
}
