import { flag, type InputsOf, instruction, integer, map, object, oneOf, set, text, vendorKey } from "../../core/fields";
import { badgeOptions } from "../badgeOptions";
import { anyDoorKey, doorInfoMap } from "../doorInfo";
import { ruuid } from "../ruuid";

const INSTEAD = "Kisi V1 only; put it into placeToSettingsMap instead";

/** The inputs that exist only in the first version of the vendor's Kisi operations. */
export const v1Fields = {
  placeId: integer({ min: 0, deprecated: INSTEAD }),
  doorInfoMap: doorInfoMap(anyDoorKey, { deprecated: INSTEAD }),
  doorToCameraMap: map(set(ruuid({ required: true })), { key: anyDoorKey, deprecated: INSTEAD }),
  alertUnauthorizedFaces: flag({ deprecated: INSTEAD }),
  createSeekPoints: flag({ deprecated: INSTEAD }),
  identifyFacesFromBadge: flag({ deprecated: INSTEAD }),
  saveClips: flag({ deprecated: INSTEAD }),
};

/** The inputs of a Kisi integration. */
export const fields = {
  apiVersion: oneOf(["V2", "V1"], { local: true, replaces: true }),
  apiSecretKey: vendorKey({ max: 4096 }),
  enabled: flag({ default: true }),
  defaultOptions: object({ defaultOptionsEnabled: flag(), ...badgeOptions }),
  placeToSettingsMap: map(
    object({ placeId: integer({ min: 0 }), placeName: text(), doorInfoMap: doorInfoMap(anyDoorKey), ...badgeOptions }),
    { key: placeKey },
  ),
  ...v1Fields,
  adopt: instruction<boolean>((value) => (typeof value === "boolean" ? undefined : "must be true or false.")),
};

/** The checked inputs of a Kisi integration. */
export type KisiInputs = InputsOf<typeof fields>;

function placeKey(key: string): string | undefined {
  return /^\d+$/.test(key)
    ? undefined
    : `a place is named by Kisi's number, such as "1234", not ${JSON.stringify(key)}.`;
}
