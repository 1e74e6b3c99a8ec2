import {
  applyMap,
  applyServerFields,
  applySetting,
  applySettings,
  splitKnown,
  storedText,
} from "../behaviours/applyWrite";
import { isBlank } from "../behaviours/readAnswers";
import { kisiOptionDefaults, kisiPlaceDefaults, kisiV1Defaults, newKisiServerFields } from "../data/newRows";
import type { AuditEvent, KisiPlace, KisiRow, KisiServerFields, KisiV1Fields } from "../data/rows";
import type { KisiAccountPlace } from "../data/seed";
import { findPlace } from "../data/store";
import type { Call, Caller } from "../server/operation";
import type { Body } from "../server/shapes";
import { applyDoors } from "./doors";
import type { KisiPlaceBody, kisiSettingsV1, kisiSettingsV2 } from "./schemas";

const wiped: KisiServerFields = { rhombusToken: null, webhookId: null };

/** The fields of both versions after a write. */
export interface AppliedKisi {
  /** The shared fields. */
  readonly shared: Pick<KisiRow, "apiSecretKey" | "enabled" | "defaultOptions" | "places">;
  /** Keys of the places and doors that the account at Kisi does not have. */
  readonly unknown: readonly string[];
}

/** Applies the fields of both versions. Returns an error message when Kisi does not accept the key. */
export function applyShared(
  call: Call,
  sent: Body<typeof kisiSettingsV2.fields> | Body<typeof kisiSettingsV1.fields>,
  current: KisiRow | undefined,
): AppliedKisi | string {
  const { behaviours, store } = call;
  const apiSecretKey = applySetting<string | null>(sent.apiSecretKey, current?.apiSecretKey, null, behaviours);
  if (isBlank(apiSecretKey)) return "The Kisi API key is missing.";
  const account = store.findKisiAccount(apiSecretKey);
  if (!account) return "Kisi does not accept the API key.";
  const { known, unknown } = splitKnown(
    sent.placeToSettingsMap,
    (key) => findPlace(account, key) !== undefined,
    behaviours,
  );
  const unknownDoors: string[] = [];
  const places = applyMap(known, current?.places ?? new Map<string, KisiPlace>(), behaviours, (entry, stored, key) => {
    const landed = applyPlace(call, findPlace(account, key), entry, stored, key);
    unknownDoors.push(...landed.unknown);
    return landed.place;
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
  { behaviours, store, caller }: Call,
  apiSecretKey: string,
  sent: Body<typeof kisiSettingsV1.fields>,
  current: KisiV1Fields | undefined,
): { readonly v1: KisiV1Fields; readonly unknown: readonly string[] } {
  const places = store.findKisiAccount(apiSecretKey)?.places ?? [];
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
    enabledBy: current?.enabledBy ?? enabledNow(caller),
  };
  return { v1, unknown };
}

/** Tells whether a place at Kisi has the door with this key in the door map. */
export function hasDoor(place: KisiAccountPlace | undefined, key: string): boolean {
  return place?.doors.some((door) => `${door.id}` === key) ?? false;
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

function enabledNow({ name, userUuid }: Caller): AuditEvent {
  return { enabledTimestampMs: Date.now(), integrationAuditEvent: "UPDATE", user: name, userUuid };
}
