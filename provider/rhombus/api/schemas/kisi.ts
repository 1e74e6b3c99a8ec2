import * as v from "valibot";
import { defaultOptions, doorInfoMap, eventFlags, placeSettings } from "./doors";
import { envelopeFields, integrationSettingsFields, updateAnswerFields, vendorAnswerFields } from "./integration";
import { fields, flag, list, map, number, text } from "./schema";

const settingsFields = {
  /** The Kisi organization API key; secret. */
  apiSecretKey: text,
  defaultOptions: v.nullish(defaultOptions),
  /** The settings of places by their Kisi number as text. */
  placeToSettingsMap: map(placeSettings),
};

const settingsV1 = fields({
  ...settingsFields,
  ...eventFlags,
  /** True while the integration is on. */
  enabled: flag,
  /** The doors of the single place, by their Kisi number. */
  doorInfoMap,
  /** Cameras by door, as RUUIDs; the predecessor of `doorInfoMap`. */
  doorToCameraMap: map(v.array(v.nullable(v.string()))),
  /** Kisi's number of the single place. */
  placeId: number,
  /** Kisi's number of the webhook, set by the server. */
  webhookId: number,
  /** The webhook credential, an RUUID set by the server; secret. */
  rhombusToken: text,
});

/** The Kisi settings of an organization, in their first version, deprecated by Rhombus (Rhombus: `KisiSettings`). */
export type KisiSettingsV1 = v.InferOutput<typeof settingsV1>;

const settingsV2 = fields({ ...integrationSettingsFields, ...settingsFields });

/** The Kisi settings of an organization, in their second version (Rhombus: `IKisiType`). */
export type KisiSettingsV2 = v.InferOutput<typeof settingsV2>;

/** The answer of `getKisiIntegration`; null or absent settings if nothing is configured. */
export const kisiReadAnswerV1 = fields({ ...updateAnswerFields, kisiSettings: v.nullish(settingsV1) });

/** The answer of `getKisiIntegrationV2`; null or absent settings if nothing is configured. */
export const kisiReadAnswerV2 = fields({ ...envelopeFields, orgIntegrationV2: v.nullish(settingsV2) });

/** The answer of `getOrgIntegrations`, the older listing; this package reads only Kisi in it. */
export const olderOrgIntegrationsAnswer = fields({
  ...envelopeFields,
  /** One slot per integration. An empty one is null or absent. */
  orgIntegrations: v.nullish(fields({ kisiSettings: v.nullish(settingsV1) })),
});

const kisiPlace = fields({
  ...eventFlags,
  /** Kisi's number; its text is the key in `placeToSettingsMap`. */
  id: number,
  name: text,
});

/** A Kisi place (Rhombus: `PlaceType`). */
export type KisiPlace = v.InferOutput<typeof kisiPlace>;

/** The answer of `getKisiPlaces`. */
export const kisiPlacesAnswer = fields({ ...vendorAnswerFields, places: list(kisiPlace) });

const kisiDoor = fields({
  /** Kisi's number; its text is the key in a place's `doorInfoMap`. */
  id: number,
  name: text,
});

/** A Kisi door (Rhombus: `DoorType`). */
export type KisiDoor = v.InferOutput<typeof kisiDoor>;

/** The answer of `getKisiDoors`. */
export const kisiDoorsAnswer = fields({
  ...vendorAnswerFields,
  /** The doors by place. */
  placeToDoorMap: map(v.array(v.nullable(kisiDoor))),
});
