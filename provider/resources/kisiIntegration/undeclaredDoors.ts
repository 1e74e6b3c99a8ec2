import { entryOf, pathText, type Values } from "../../core/schema/values";
import type { KisiSettingsV2 } from "../../rhombus/api/schemas/kisi";
import type { KisiInputs } from "./fields";

/**
 * The doors that go with the places to be removed and that no plan has shown: a state shows the doors of a place only
 * where the program declared them. No refresh could show these, so they are told of instead of refused.
 * @param settings The settings before the write.
 * @param wished The settings to have.
 * @param known What the state knows.
 * @returns Their paths.
 */
export function removedUndeclaredDoors(
  { placeToSettingsMap: live }: Pick<KisiSettingsV2, "placeToSettingsMap">,
  { placeToSettingsMap: desired }: KisiInputs,
  known: Values,
): string[] {
  if (desired === undefined) return [];
  return Object.entries(live ?? {}).flatMap(([place, settings]) => {
    if (Object.hasOwn(desired, place)) return [];
    const shown = entryOf(entryOf(known.placeToSettingsMap, place), "doorInfoMap");
    return Object.entries(settings?.doorInfoMap ?? {})
      .filter(([door, info]) => info !== null && entryOf(shown, door) === undefined)
      .map(([door]) => pathText(["placeToSettingsMap", place, "doorInfoMap", door]));
  });
}
