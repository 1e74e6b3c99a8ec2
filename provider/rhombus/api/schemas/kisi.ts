import * as v from "valibot";
import { defaultOptions, doorInfoMap, placeSettings } from "./doors";
import { envelopeFields, integrationRowFields, updateAnswerFields } from "./integration";
import { fields, flag, list, map, number, text } from "./schema";

const settingsFields = {
  /** The Kisi organization API key; secret. */
  apiSecretKey: text,
  defaultOptions: v.nullish(defaultOptions),
  /** Set by the server or the client; the vendor does not document which. */
  doorsValidated: flag,
  /** The settings of places by their Kisi number as text. */
  placeToSettingsMap: map(placeSettings),
};

const eventFlags = {
  /** Raise an alert for a badge used with an unauthorized face. */
  alertUnauthorizedFaces: flag,
  /** Create a seek point in the footage for each event. */
  createSeekPoints: flag,
  /** Name faces from the badges they use. */
  identifyFacesFromBadge: flag,
  /** Save a clip for each event. */
  saveClips: flag,
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
  /** The time of activation in milliseconds since 1970, set by the server. */
  enabledTimestampMs: number,
  /** The name of the user who turned it on, set by the server. */
  enablingUser: text,
  /** The user who turned it on, an RUUID set by the server. */
  enablingUserUuid: text,
  /** Set by the server; probably true if the row has moved to the second version. */
  migrated: flag,
});

/** The Kisi settings of an organization, in their first version, deprecated by the vendor (vendor: `KisiSettings`). */
export type KisiSettingsV1 = v.InferOutput<typeof settingsV1>;

const settingsV2 = fields({ ...integrationRowFields, ...settingsFields });

/** The Kisi settings of an organization, in their second version (vendor: `IKisiType`). */
export type KisiSettingsV2 = v.InferOutput<typeof settingsV2>;

/** The request of `updateKisiIntegration`, which creates as well. */
export interface KisiUpdateRequestV1 {
  /** The settings to write. */
  kisiSettings: KisiSettingsV1;
}

/** The request of `updateKisiIntegrationV2`, which creates as well. */
export interface KisiUpdateRequestV2 {
  /** The settings to write. */
  kisiSettings: KisiSettingsV2;
}

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

/** The request of the Kisi look-ups. */
export interface KisiLookupRequest {
  /** The Kisi key; secret. Default: the stored one. */
  apiSecretKey?: string | null;
}

const kisiPlace = fields({
  ...eventFlags,
  /** Kisi's number; its text is the key in `placeToSettingsMap`. */
  id: number,
  name: text,
});

/** A Kisi place (vendor: `PlaceType`). */
export type KisiPlace = v.InferOutput<typeof kisiPlace>;

const kisiAnswerFields = {
  ...envelopeFields,
  /** True if Kisi refused the key; the client throws. */
  authError: flag,
};

/** The answer of `getKisiPlaces`. */
export const kisiPlacesAnswer = fields({ ...kisiAnswerFields, places: list(kisiPlace) });

const kisiDoor = fields({
  /** Kisi's number; its text is the key in a place's `doorInfoMap`. */
  id: number,
  name: text,
});

/** A Kisi door (vendor: `DoorType`). */
export type KisiDoor = v.InferOutput<typeof kisiDoor>;

/** The answer of `getKisiDoors`. */
export const kisiDoorsAnswer = fields({
  ...kisiAnswerFields,
  /** The doors by place. */
  placeToDoorMap: map(v.array(v.nullable(kisiDoor))),
});
