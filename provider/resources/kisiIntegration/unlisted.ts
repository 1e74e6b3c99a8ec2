import { entryOf } from "../../core/schema/values";
import type { RhombusApi } from "../../rhombus/api/api";
import type { AnswerOf } from "../../rhombus/api/operations";
import { addedKeys, kisiDoorsIn, listedIn, type Unlisted, unlistedAmong, unlistedDoorsAt } from "../shared/unlisted";
import type { KisiInputs } from "./inputs";

/** What Kisi answered when a key was tried: it need not be asked again for its places. */
const proved = new WeakMap<RhombusApi, { readonly apiSecretKey: string; readonly answer: AnswerOf<"getKisiPlaces"> }>();

/**
 * Tries a key, and keeps what Kisi answers.
 * @param api The API.
 * @param apiSecretKey The key.
 * @throws RhombusError when Kisi refuses it.
 */
export async function provedPlaces(api: RhombusApi, apiSecretKey: string): Promise<void> {
  proved.set(api, { apiSecretKey, answer: await api.call("getKisiPlaces", { apiSecretKey }) });
}

/**
 * The newly declared places and doors that Kisi does not list. Each kind costs one call, and only where some are new.
 * @param api The API.
 * @param inputs What the program declares.
 * @param base What the state held.
 * @throws RhombusError when Kisi cannot be asked.
 */
export async function unlistedInKisi(api: RhombusApi, inputs: KisiInputs, base: KisiInputs): Promise<Unlisted[]> {
  const places = [
    ...addedKeys(inputs.placeToSettingsMap, base.placeToSettingsMap),
    ...(inputs.placeId === undefined || inputs.placeId === base.placeId ? [] : [String(inputs.placeId)]),
  ];
  const doors = newDoors(inputs, base).filter(({ ids }) => ids.length > 0);
  const strange = places.length === 0 ? [] : unlistedAmong("place", places, await placesAt(api, inputs.apiSecretKey));
  if (doors.length === 0) return strange;
  const { apiSecretKey } = inputs;
  const listed = kisiDoorsIn(await api.callOnce("getKisiDoors", { apiSecretKey }));
  return [...strange, ...doors.flatMap(({ place, ids }) => unlistedDoorsAt(ids, place, listed))];
}

async function placesAt(api: RhombusApi, apiSecretKey: string | undefined) {
  const known = proved.get(api);
  const isKnown = known !== undefined && known.apiSecretKey === apiSecretKey;
  const { places } = isKnown ? known.answer : await api.callOnce("getKisiPlaces", { apiSecretKey });
  return listedIn(places);
}

/** The new doors of each place; those of the first version belong to its single place. */
function newDoors(inputs: KisiInputs, base: KisiInputs): { place: string | undefined; ids: string[] }[] {
  const ofPlaces = Object.entries(inputs.placeToSettingsMap ?? {}).map(([place, settings]) => {
    const known = entryOf(entryOf(base.placeToSettingsMap, place), "doorInfoMap");
    return { place, ids: addedKeys(settings.doorInfoMap, known) };
  });
  const single = [
    ...addedKeys(inputs.doorInfoMap, base.doorInfoMap),
    ...addedKeys(inputs.doorToCameraMap, base.doorToCameraMap),
  ];
  const place = inputs.placeId === undefined ? undefined : String(inputs.placeId);
  return [...ofPlaces, { place, ids: [...new Set(single)] }];
}
