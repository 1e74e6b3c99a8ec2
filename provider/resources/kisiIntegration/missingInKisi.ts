import { entryOf } from "../../core/schema/values";
import type { RhombusApi } from "../../rhombus/api/api";
import { addedKeys, kisiDoorsIn, listedIn, type MissingItem, missingDoors, missingItems } from "../shared/vendorList";
import type { KisiInputs } from "./fields";

/**
 * The newly declared places and doors that Kisi does not list. Places and doors cost one call each, if some are new.
 * @param api The API.
 * @param inputs The declared inputs.
 * @param base The prior inputs.
 * @throws RhombusError if a call fails.
 */
export async function missingInKisi(api: RhombusApi, inputs: KisiInputs, base: KisiInputs): Promise<MissingItem[]> {
  const places = [
    ...addedKeys(inputs.placeToSettingsMap, base.placeToSettingsMap),
    ...(inputs.placeId === undefined || inputs.placeId === base.placeId ? [] : [String(inputs.placeId)]),
  ];
  const doors = newDoors(inputs, base).filter(({ ids }) => ids.length > 0);
  const { apiSecretKey } = inputs;
  const listedPlaces = places.length === 0 ? undefined : listedIn(await api.kisiPlaces.afterWrite({ apiSecretKey }));
  const missingPlaces = missingItems("place", places, listedPlaces);
  if (doors.length === 0) return missingPlaces;
  const listed = kisiDoorsIn(await api.list("getKisiDoors", { apiSecretKey }, { once: true }));
  return [...missingPlaces, ...doors.flatMap(({ place, ids }) => missingDoors(ids, place, listed))];
}

/** The new doors by place. Those of the first version belong to its single place. */
function newDoors(inputs: KisiInputs, base: KisiInputs): { place: string | undefined; ids: string[] }[] {
  const ofPlaces = Object.entries(inputs.placeToSettingsMap ?? {}).map(([place, settings]) => {
    const prior = entryOf(entryOf(base.placeToSettingsMap, place), "doorInfoMap");
    return { place, ids: addedKeys(settings.doorInfoMap, prior) };
  });
  const single = [
    ...addedKeys(inputs.doorInfoMap, base.doorInfoMap),
    ...addedKeys(inputs.doorToCameraMap, base.doorToCameraMap),
  ];
  const place = inputs.placeId === undefined ? undefined : String(inputs.placeId);
  return [...ofPlaces, { place, ids: [...new Set(single)] }];
}
