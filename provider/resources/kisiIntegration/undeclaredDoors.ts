import { entryOf, pathText, type Values } from "../../core/schema/values";
import type { KisiSettingsV2 } from "../../rhombus/api/schemas/kisi";
import type { KisiInputs } from "./fields";

/**
 * The doors that a write removes with their places although the program never declared them. The state shows the doors of a
 * place only if the program declares them, so no plan and no refresh can show these: the user gets a warning.
 * @param settings The settings before the write.
 * @param desired The desired inputs.
 * @param prior The state.
 * @returns The paths of the doors.
 */
export function removedUndeclaredDoors(
  { placeToSettingsMap: live }: Pick<KisiSettingsV2, "placeToSettingsMap">,
  { placeToSettingsMap: desired }: KisiInputs,
  prior: Values,
): string[] {
  if (desired === undefined) return [];
  return Object.entries(live ?? {}).flatMap(([place, settings]) => {
    if (Object.hasOwn(desired, place)) return [];
    const shown = entryOf(entryOf(prior.placeToSettingsMap, place), "doorInfoMap");
    return Object.entries(settings?.doorInfoMap ?? {})
      .filter(([door, info]) => info !== null && entryOf(shown, door) === undefined)
      .map(([door]) => pathText(["placeToSettingsMap", place, "doorInfoMap", door]));
  });
}
