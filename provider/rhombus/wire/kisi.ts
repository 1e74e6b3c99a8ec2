import {
  type DefaultOptions,
  type DoorInfoMap,
  defaultOptions,
  doorInfoMap,
  type PlaceSettings,
  placeSettings,
} from "./doors";
import {
  type Envelope,
  envelopeFields,
  type IntegrationRow,
  integrationRowFields,
  type UpdateAnswer,
  updateAnswerFields,
} from "./integration";
import { fields, flag, list, map, number, text } from "./shape";

/** What both versions of the Kisi settings hold. */
interface KisiSettings {
  /** The Kisi organization API key; secret. */
  apiSecretKey?: string | null;
  /** What places without settings of their own do. */
  defaultOptions?: DefaultOptions | null;
  /** Whether the doors were found valid; the vendor does not say who sets it. */
  doorsValidated?: boolean | null;
  /** The settings of places by the text of their Kisi number. */
  placeToSettingsMap?: Record<string, PlaceSettings | null> | null;
}

/** The Kisi settings of an organization, in their first version, deprecated by the vendor (vendor: `KisiSettings`). */
export interface KisiSettingsV1 extends KisiSettings {
  /** Whether the integration is on. */
  enabled?: boolean | null;
  /** Whether a badge used with an unauthorized face raises an alert. */
  alertUnauthorizedFaces?: boolean | null;
  /** Whether an event marks its moment in the footage. */
  createSeekPoints?: boolean | null;
  /** Whether faces are named from the badges they use. */
  identifyFacesFromBadge?: boolean | null;
  /** Whether an event saves a clip. */
  saveClips?: boolean | null;
  /** The doors of the single place, by their Kisi number. */
  doorInfoMap?: DoorInfoMap | null;
  /** Cameras by door, from before `doorInfoMap`, as RUUIDs. */
  doorToCameraMap?: Record<string, (string | null)[] | null> | null;
  /** Kisi's number of the single place. */
  placeId?: number | null;
  /** Kisi's number of the webhook, set by the server. */
  webhookId?: number | null;
  /** The webhook credential, an RUUID set by the server; secret. */
  rhombusToken?: string | null;
  /** When the integration was turned on, in milliseconds since 1970; set by the server. */
  enabledTimestampMs?: number | null;
  /** Who turned it on, by name; set by the server. */
  enablingUser?: string | null;
  /** Who turned it on, as an RUUID; set by the server. */
  enablingUserUuid?: string | null;
  /** Presumably whether the row has moved to the second version; set by the server. */
  migrated?: boolean | null;
}

/** The Kisi settings of an organization, in their second version (vendor: `IKisiType`). */
export interface KisiSettingsV2 extends KisiSettings, IntegrationRow {}

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

/** The answer of `getKisiIntegration`. */
export interface KisiReadAnswerV1 extends UpdateAnswer {
  /** The settings, null or absent when nothing is configured. */
  kisiSettings?: KisiSettingsV1 | null;
}

/** The answer of `getKisiIntegrationV2`. */
export interface KisiReadAnswerV2 extends Envelope {
  /** The settings, null or absent when nothing is configured. */
  orgIntegrationV2?: KisiSettingsV2 | null;
}

/** The request of the Kisi look-ups. */
export interface KisiLookupRequest {
  /** The Kisi key to ask with; secret. Left out, the stored one serves. */
  apiSecretKey?: string | null;
}

/** A Kisi place (vendor: `PlaceType`). */
export interface KisiPlace {
  /** Kisi's number; its text is the key in `placeToSettingsMap`. */
  id?: number | null;
  /** The place's name. */
  name?: string | null;
  /** Whether a badge used with an unauthorized face raises an alert. */
  alertUnauthorizedFaces?: boolean | null;
  /** Whether an event marks its moment in the footage. */
  createSeekPoints?: boolean | null;
  /** Whether faces are named from the badges they use. */
  identifyFacesFromBadge?: boolean | null;
  /** Whether an event saves a clip. */
  saveClips?: boolean | null;
}

/** The answer of `getKisiPlaces`. */
export interface KisiPlacesAnswer extends Envelope {
  /** True when Kisi refused the key; the client throws. */
  authError?: boolean | null;
  /** The places. */
  places?: (KisiPlace | null)[] | null;
}

/** A Kisi door (vendor: `DoorType`). */
export interface KisiDoor {
  /** Kisi's number; its text is the key in a place's `doorInfoMap`. */
  id?: number | null;
  /** The door's name. */
  name?: string | null;
}

/** The answer of `getKisiDoors`. */
export interface KisiDoorsAnswer extends Envelope {
  /** True when Kisi refused the key; the client throws. */
  authError?: boolean | null;
  /** The doors by place. */
  placeToDoorMap?: Record<string, (KisiDoor | null)[] | null> | null;
}

const kisiSettingsFields = {
  apiSecretKey: text,
  defaultOptions,
  doorsValidated: flag,
  placeToSettingsMap: map(placeSettings),
};

/** Shape of `KisiReadAnswerV1`. */
export const kisiReadAnswerV1 = fields<KisiReadAnswerV1>({
  ...updateAnswerFields,
  kisiSettings: fields<KisiSettingsV1>({
    ...kisiSettingsFields,
    enabled: flag,
    alertUnauthorizedFaces: flag,
    createSeekPoints: flag,
    identifyFacesFromBadge: flag,
    saveClips: flag,
    doorInfoMap,
    doorToCameraMap: map(list(text)),
    placeId: number,
    webhookId: number,
    rhombusToken: text,
    enabledTimestampMs: number,
    enablingUser: text,
    enablingUserUuid: text,
    migrated: flag,
  }),
});

/** Shape of `KisiReadAnswerV2`. */
export const kisiReadAnswerV2 = fields<KisiReadAnswerV2>({
  ...envelopeFields,
  orgIntegrationV2: fields<KisiSettingsV2>({ ...integrationRowFields, ...kisiSettingsFields }),
});

/** Shape of `KisiPlacesAnswer`. */
export const kisiPlacesAnswer = fields<KisiPlacesAnswer>({
  ...envelopeFields,
  authError: flag,
  places: list(
    fields<KisiPlace>({
      id: number,
      name: text,
      alertUnauthorizedFaces: flag,
      createSeekPoints: flag,
      identifyFacesFromBadge: flag,
      saveClips: flag,
    }),
  ),
});

/** Shape of `KisiDoorsAnswer`. */
export const kisiDoorsAnswer = fields<KisiDoorsAnswer>({
  ...envelopeFields,
  authError: flag,
  placeToDoorMap: map(list(fields<KisiDoor>({ id: number, name: text }))),
});
