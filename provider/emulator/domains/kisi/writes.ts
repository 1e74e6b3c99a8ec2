import {
  applyMap,
  applyServerFields,
  applySetting,
  applySettings,
  splitKnown,
  storedText,
} from "../../behaviours/applyWrite";
import { isBlank } from "../../behaviours/readAnswers";
import type { KisiAccountPlace } from "../../data/seed";
import type { Call } from "../../server/operation";
import { type Accepted, type Body, flag, int32, int64, list, map, object, ruuid, text } from "../../server/shapes";
import { applyDoors, doorInfo } from "../badge/doors";
import { kisiPlaceDefaults, kisiPlaceFlagFields } from "../badge/flags";
import { integrationFields, newAuditEvent } from "../badge/integration";
import {
  findAccount,
  findPlace,
  hasDoor,
  type KisiPlace,
  type KisiServerFields,
  type KisiV1Fields,
  kisiOptionDefaults,
  kisiV1Defaults,
  newKisiServerFields,
  type StoredKisi,
} from "./storedKisi";

const kisiDefaultOptions = object({
  ...kisiPlaceFlagFields,
  defaultOptionsEnabled: flag,
});

/** One place of a Kisi integration (`BadgeIntegrationSettings`). Misconfigured doors are ids here, names elsewhere. */
export const kisiPlace = object({
  ...kisiPlaceFlagFields,
  doorInfoMap: map(doorInfo),
  misconfiguredDoors: list(int32),
  placeId: int32,
  placeName: text,
  rhombusToken: ruuid,
  webhookId: int32,
});

type KisiPlaceBody = NonNullable<Accepted<typeof kisiPlace>>;

/** The fields of both versions of the Kisi settings. */
const kisiShared = {
  apiSecretKey: text,
  defaultOptions: kisiDefaultOptions,
  doorsValidated: flag,
  placeToSettingsMap: map(kisiPlace),
} as const;

/** The Kisi integration of an organization, V2 (`IKisiType`). */
export const kisiSettingsV2 = object({ ...integrationFields, ...kisiShared });

const { badgeAuthDisablesAlarmMonitoring: _onlyV2, ...v1FlagFields } = kisiPlaceFlagFields;

/** The Kisi settings of the deprecated V1 operations (`KisiSettings`). */
export const kisiSettingsV1 = object({
  ...kisiShared,
  ...v1FlagFields,
  doorInfoMap: map(doorInfo),
  doorToCameraMap: map(list(ruuid)),
  enabled: flag,
  enabledTimestampMs: int64,
  enablingUser: text,
  enablingUserUuid: ruuid,
  migrated: flag,
  placeId: int32,
  rhombusToken: ruuid,
  webhookId: int32,
});

const wiped: KisiServerFields = { rhombusToken: null, webhookId: null };

/**
 * Applies the fields of both versions. `unknown` are the keys of the places and doors that the account at Kisi does not
 * have. Returns an error message when Kisi does not accept the key.
 */
export function applyShared(
  call: Call,
  sent: Body<typeof kisiSettingsV2.fields> | Body<typeof kisiSettingsV1.fields>,
  current: StoredKisi | undefined,
): { shared: Pick<StoredKisi, "apiSecretKey" | "enabled" | "defaultOptions" | "places">; unknown: string[] } | string {
  const { behaviours, store } = call;
  const apiSecretKey = applySetting<string | null>(sent.apiSecretKey, current?.apiSecretKey, null, behaviours);
  if (isBlank(apiSecretKey)) return "The Kisi API key is missing.";
  const account = findAccount(store, apiSecretKey);
  if (!account) return "Kisi does not accept the API key.";
  const { known, unknown } = splitKnown(
    sent.placeToSettingsMap,
    (key) => findPlace(account, key) !== undefined,
    behaviours,
  );
  const unknownDoors: string[] = [];
  const places = applyMap(known, current?.places ?? new Map<string, KisiPlace>(), behaviours, (entry, stored, key) => {
    const applied = applyPlace(call, findPlace(account, key), entry, stored, key);
    for (const door of applied.unknown) unknownDoors.push(door);
    return applied.place;
  });
  return {
    shared: {
      apiSecretKey,
      enabled: applySetting(sent.enabled, current?.enabled, true, behaviours),
      defaultOptions: sent.defaultOptions
        ? applySettings(sent.defaultOptions, current?.defaultOptions, kisiOptionDefaults, behaviours)
        : applySetting(sent.defaultOptions, current?.defaultOptions, kisiOptionDefaults, behaviours),
      places,
    },
    unknown: [...unknown, ...unknownDoors],
  };
}

/** Applies the fields of V1. */
export function applyV1(
  call: Call,
  apiSecretKey: string,
  sent: Body<typeof kisiSettingsV1.fields>,
  current: KisiV1Fields | undefined,
): { readonly v1: KisiV1Fields; readonly unknown: readonly string[] } {
  const { behaviours, store } = call;
  const places = findAccount(store, apiSecretKey)?.places ?? [];
  const isKnown = (key: string) => places.some((place) => hasDoor(place, key));
  const { known, unknown } = splitKnown(sent.doorInfoMap, isKnown, behaviours);
  const noCameras: ReadonlyMap<string, readonly string[]> = new Map();
  const v1: KisiV1Fields = {
    flags: applySettings(sent, current?.flags, kisiV1Defaults, behaviours),
    doors: applyDoors(known, current?.doors, behaviours),
    doorToCameras: applyMap(sent.doorToCameraMap, current?.doorToCameras ?? noCameras, behaviours, (cameras) =>
      cameras.filter((uuid) => uuid !== null),
    ),
    placeId: applySetting<number | null>(sent.placeId, current?.placeId, null, behaviours),
    server: applyServerFields(sent, current?.server, newKisiServerFields(store), wiped, behaviours),
    enabledBy: current?.enabledBy ?? newAuditEvent(call),
  };
  return { v1, unknown };
}

function applyPlace(
  { behaviours, store }: Call,
  atKisi: KisiAccountPlace | undefined,
  sent: KisiPlaceBody,
  stored: KisiPlace | undefined,
  key: string,
): { place: KisiPlace; unknown: readonly string[] } {
  const { known, unknown } = splitKnown(sent.doorInfoMap, (door) => hasDoor(atKisi, door), behaviours);
  const idOfKey = /^\d+$/.test(key) ? Number(key) : null;
  const place: KisiPlace = {
    placeId: applySetting(sent.placeId, stored?.placeId, idOfKey, behaviours),
    placeName: applySetting(
      storedText(sent.placeName, behaviours),
      stored?.placeName,
      atKisi?.name ?? null,
      behaviours,
    ),
    flags: applySettings(sent, stored?.flags, kisiPlaceDefaults, behaviours),
    doors: applyDoors(known, stored?.doors, behaviours),
    server: applyServerFields(sent, stored?.server, newKisiServerFields(store), wiped, behaviours),
  };
  return { place, unknown };
}
