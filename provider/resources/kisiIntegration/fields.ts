import {
  flag,
  type InputsOf,
  instruction,
  integer,
  map,
  object,
  oneOf,
  set,
  text,
  vendorKey,
} from "../../core/schema/fields";
import { INT32_MAX } from "../../core/schema/integer";
import { badgeOptions } from "../fields/badgeOptions";
import { anyDoorKey, doorInfoMap } from "../fields/doorInfo";
import { ruuid } from "../fields/ruuid";

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
    object({
      placeId: integer({ min: 0, serverDefault: true }),
      placeName: text({ serverDefault: true, dropsEmpty: true }),
      doorInfoMap: doorInfoMap(anyDoorKey),
      ...badgeOptions,
    }),
    { key: placeKey },
  ),
  ...v1Fields,
  adopt: instruction<boolean>((value) => (typeof value === "boolean" ? undefined : "must be true or false.")),
};

/** The checked inputs of a Kisi integration. */
export type KisiInputs = InputsOf<typeof fields>;

function placeKey(key: string): string | undefined {
  if (!/^\d+$/.test(key)) return `a place is named by Kisi's number, such as "1234", not ${JSON.stringify(key)}.`;
  const usual = key.replace(/^0+(?=\d)/, "");
  if (Number(usual) > INT32_MAX) return `a place is named by Kisi's number, which is at most ${INT32_MAX}, not ${key}.`;
  return usual === key ? undefined : `write ${JSON.stringify(usual)}, without leading zeros.`;
}
