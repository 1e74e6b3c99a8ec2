import type { Behaviours } from "../../behaviours/behaviours";
import { isBlank, notConfigured, withSecrets } from "../../behaviours/readAnswers";
import type { Organization, Register } from "../../data/store";
import { type Call, failed, succeeded } from "../../server/operation";
import { type Body, ShapeMismatch, text } from "../../server/shapes";
import { misconfiguredKeys, misconfiguredNames, shownDoors } from "../badge/doors";
import {
  deleteOperation,
  integrationOperation,
  notUpdated,
  readOperation,
  refuseMisconfigured,
  shown,
  shownIntegrationFields,
  updated,
  withAuditEvent,
} from "../badge/integration";
import {
  findAccount,
  findPlace,
  hasDoor,
  type KisiPlace,
  kisiOf,
  kisiOptionDefaults,
  kisiV1Defaults,
  kisiV1Of,
  type StoredKisi,
} from "./storedKisi";
import { applyShared, applyV1, kisiPlace, kisiSettingsV1, kisiSettingsV2 } from "./writes";

const keyFields = { apiSecretKey: text };

/** The Kisi operations of both versions. */
export const operations = [
  integrationOperation({
    name: "updateKisiIntegrationV2",
    kind: "write",
    fields: { kisiSettings: kisiSettingsV2 },
    handle: updateV2,
  }),
  readOperation("getKisiIntegrationV2", shownKisi, (call) => {
    const defaults = { enabled: false, defaultOptions: kisiOptionDefaults };
    return shown(kisiSettingsV2.fields, { ...defaults, ...shownIntegrationFields(call, "KISI") });
  }),
  deleteOperation("deleteKisiIntegrationV2", ({ organization }) => kisiOf(organization)),
  integrationOperation({
    name: "updateKisiIntegration",
    kind: "write",
    fields: { kisiSettings: kisiSettingsV1 },
    isServed: hasV1,
    handle: updateV1,
  }),
  integrationOperation({ name: "getKisiIntegration", isServed: hasV1, handle: readV1 }),
  deleteOperation("deleteKisiIntegration", ({ organization, behaviours }) => kisiV1Of(organization, behaviours), hasV1),
  integrationOperation({ name: "getKisiPlaces", fields: keyFields, handle: listPlaces }),
  integrationOperation({ name: "getKisiDoors", fields: keyFields, handle: listDoors }),
];

/** The Kisi integration as V2 reads return it; undefined when it was never configured. */
export function shownKisi(call: Call): object | undefined {
  const { organization, asOfMillis, behaviours } = call;
  const stored = kisiOf(organization).read(asOfMillis);
  if (!stored) return undefined;
  const visible = shown(kisiSettingsV2.fields, {
    ...shownShared(call, stored),
    ...shownIntegrationFields(call, "KISI", stored.audit),
  });
  return withSecrets(visible, { apiSecretKey: stored.apiSecretKey }, behaviours.vendorKeyReads);
}

function hasV1(behaviours: Behaviours): boolean {
  return behaviours.kisiVersions !== "v1-removed";
}

function updateV2(call: Call, { kisiSettings: sent }: { kisiSettings?: Body<typeof kisiSettingsV2.fields> | null }) {
  if (!sent) throw new ShapeMismatch("kisiSettings");
  const current = kisiOf(call.organization).read();
  const applied = applyShared(call, sent, current);
  if (typeof applied === "string") return notUpdated(applied, true);
  const stored: StoredKisi = {
    ...current,
    ...applied.shared,
    migrated: true,
    audit: withAuditEvent(current?.audit, call),
  };
  return write(call, kisiOf(call.organization), stored, applied.unknown);
}

function updateV1(call: Call, { kisiSettings: sent }: { kisiSettings?: Body<typeof kisiSettingsV1.fields> | null }) {
  if (!sent) throw new ShapeMismatch("kisiSettings");
  const register = kisiV1Of(call.organization, call.behaviours);
  const current = register.read();
  if (current?.migrated && call.behaviours.kisiV1AfterV2 === "refused") {
    return notUpdated("The Kisi integration has been migrated to the second version.", false);
  }
  const applied = applyShared(call, sent, current);
  if (typeof applied === "string") return notUpdated(applied, true);
  const { v1, unknown } = applyV1(call, applied.shared.apiSecretKey, sent, current?.v1);
  const migrated = current?.migrated ?? false;
  const stored: StoredKisi = { ...applied.shared, v1, migrated, audit: withAuditEvent(current?.audit, call) };
  return write(call, register, stored, [...applied.unknown, ...unknown]);
}

function write(call: Call, register: Register<StoredKisi>, stored: StoredKisi, failedGuids: readonly string[]): object {
  const misconfiguredDoors = misconfiguredIn(call.organization, stored);
  const refusal = refuseMisconfigured(misconfiguredDoors, call.behaviours);
  if (refusal) return refusal;
  register.write(stored);
  return updated(misconfiguredDoors, failedGuids);
}

/** Reads by V1. The answer also has the fields of answers to updates. */
function readV1(call: Call): object {
  const stored = storedV1Of(call);
  if (!stored) {
    const nothing = { authError: false, failedGuids: [], misconfiguredDoors: [] };
    const allDefaults = { ...kisiV1Defaults, enabled: false, defaultOptions: kisiOptionDefaults, migrated: false };
    return { ...nothing, ...notConfigured(call, "kisiSettings", shown(kisiSettingsV1.fields, allDefaults)) };
  }
  return {
    ...updated(misconfiguredIn(call.organization, stored)),
    kisiSettings: shownFieldsV1(call, stored),
  };
}

/** The Kisi integration as V1 reads return it; undefined when it was never configured. */
export function shownKisiV1(call: Call): object | undefined {
  const stored = storedV1Of(call);
  return stored && shownFieldsV1(call, stored);
}

function storedV1Of({ organization, behaviours, asOfMillis }: Call): StoredKisi | undefined {
  return kisiV1Of(organization, behaviours).read(asOfMillis);
}

function shownFieldsV1(call: Call, stored: StoredKisi): object {
  const { behaviours } = call;
  const { enabledTimestampMs, user, userUuid } = stored.v1?.enabledBy ?? {};
  const visible = shown(kisiSettingsV1.fields, {
    ...(stored.v1?.flags ?? kisiV1Defaults),
    ...stored.v1?.server,
    ...shownShared(call, stored),
    doorInfoMap: shownDoors(stored.v1?.doors ?? new Map()),
    doorToCameraMap: stored.v1?.doorToCameras ?? new Map(),
    enabledTimestampMs,
    enablingUser: user,
    enablingUserUuid: userUuid,
    migrated: stored.migrated,
    placeId: stored.v1?.placeId,
  });
  const rhombusToken = stored.v1?.server.rhombusToken ?? null;
  const withToken = withSecrets(visible, { rhombusToken }, behaviours.serverSecretReads);
  return withSecrets(withToken, { apiSecretKey: stored.apiSecretKey }, behaviours.vendorKeyReads);
}

function shownShared(call: Call, stored: StoredKisi): object {
  const account = findAccount(call.store, stored.apiSecretKey);
  const { enabled, defaultOptions } = stored;
  const places = [...stored.places].map(([key, place]) => [key, shownPlace(call, place)] as const);
  const doorsValidated = [...stored.places].every(([key, { doors }]) =>
    [...doors.keys()].every((door) => hasDoor(findPlace(account, key), door)),
  );
  return { enabled, defaultOptions, doorsValidated, placeToSettingsMap: new Map(places) };
}

function shownPlace({ organization, behaviours }: Call, place: KisiPlace): object {
  const { flags, server, doors, placeId, placeName } = place;
  const misconfiguredDoors = misconfiguredKeys(organization, doors).map(Number).filter(Number.isInteger);
  const doorInfoMap = shownDoors(doors);
  const visible = { ...flags, ...server, placeId, placeName, doorInfoMap, misconfiguredDoors };
  const { rhombusToken } = server;
  return withSecrets(shown(kisiPlace.fields, visible), { rhombusToken }, behaviours.serverSecretReads);
}

function misconfiguredIn(organization: Organization, stored: StoredKisi): string[] {
  const maps = [...stored.places.values(), ...(stored.v1 ? [stored.v1] : [])].map(({ doors }) => doors);
  return maps.flatMap((doors) => misconfiguredNames(organization, doors));
}

type KeyBody = Body<typeof keyFields>;

function listPlaces(call: Call, body: KeyBody): object {
  const account = accountOf(call, body);
  if (!account) return { ...rejected, places: null };
  const places = account.places.map(({ id, name }) => ({ id, name, ...kisiV1Defaults }));
  return { ...succeeded, authError: false, places };
}

function listDoors(call: Call, body: KeyBody): object {
  const account = accountOf(call, body);
  if (!account) return { ...rejected, placeToDoorMap: null };
  const doors = account.places.map((place) => [`${place.id}`, place.doors] as const);
  return { ...succeeded, authError: false, placeToDoorMap: Object.fromEntries(doors) };
}

const rejected = { ...failed("Kisi does not accept the API key."), authError: true };

/** The Kisi account of a key; without a key, that of the stored integration. */
function accountOf({ organization, store, behaviours, asOfMillis }: Call, { apiSecretKey }: KeyBody) {
  if (!isBlank(apiSecretKey)) return findAccount(store, apiSecretKey);
  const stored = kisiOf(organization).read(asOfMillis) ?? kisiV1Of(organization, behaviours).read(asOfMillis);
  return findAccount(store, stored?.apiSecretKey);
}
