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
  shownRowFields,
  updated,
  withAuditEvent,
} from "../badge/integration";
import {
  findAccount,
  findPlace,
  hasDoor,
  type KisiPlace,
  type KisiRow,
  kisiOf,
  kisiOptionDefaults,
  kisiV1Defaults,
  kisiV1Of,
} from "./storedKisi";
import { applyShared, applyV1, kisiPlace, kisiSettingsV1, kisiSettingsV2 } from "./writes";

const keyFields = { apiSecretKey: text };

/** The Kisi operations of both versions. */
export const operations = [
  integrationOperation({
    name: "updateKisiIntegrationV2",
    kind: "write",
    fields: { kisiSettings: kisiSettingsV2 },
    run: updateV2,
  }),
  readOperation("getKisiIntegrationV2", shownKisiRow, (call) => {
    const defaults = { enabled: false, defaultOptions: kisiOptionDefaults };
    return shown(kisiSettingsV2.fields, { ...defaults, ...shownRowFields(call, "KISI") });
  }),
  deleteOperation("deleteKisiIntegrationV2", ({ organization }) => kisiOf(organization)),
  integrationOperation({
    name: "updateKisiIntegration",
    kind: "write",
    fields: { kisiSettings: kisiSettingsV1 },
    isServed: hasV1,
    run: updateV1,
  }),
  integrationOperation({ name: "getKisiIntegration", isServed: hasV1, run: readV1 }),
  deleteOperation("deleteKisiIntegration", ({ organization, behaviours }) => kisiV1Of(organization, behaviours), hasV1),
  integrationOperation({ name: "getKisiPlaces", fields: keyFields, run: listPlaces }),
  integrationOperation({ name: "getKisiDoors", fields: keyFields, run: listDoors }),
];

/** The Kisi integration as V2 reads return it; undefined when it was never configured. */
export function shownKisiRow(call: Call): object | undefined {
  const { organization, asOfMillis, behaviours } = call;
  const row = kisiOf(organization).read(asOfMillis);
  if (!row) return undefined;
  const visible = shown(kisiSettingsV2.fields, {
    ...shownShared(call, row),
    ...shownRowFields(call, "KISI", row.audit),
  });
  return withSecrets(visible, { apiSecretKey: row.apiSecretKey }, behaviours.vendorKeyReads);
}

function hasV1(behaviours: Behaviours): boolean {
  return behaviours.kisiVersions !== "v1-removed";
}

function updateV2(call: Call, { kisiSettings: sent }: { kisiSettings?: Body<typeof kisiSettingsV2.fields> | null }) {
  if (!sent) throw new ShapeMismatch("kisiSettings");
  const current = kisiOf(call.organization).read();
  const applied = applyShared(call, sent, current);
  if (typeof applied === "string") return notUpdated(applied, true);
  const row: KisiRow = {
    ...current,
    ...applied.shared,
    migrated: true,
    audit: withAuditEvent(current?.audit, call),
  };
  return write(call, kisiOf(call.organization), row, applied.unknown);
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
  const row: KisiRow = { ...applied.shared, v1, migrated, audit: withAuditEvent(current?.audit, call) };
  return write(call, register, row, [...applied.unknown, ...unknown]);
}

function write(call: Call, register: Register<KisiRow>, row: KisiRow, failedGuids: readonly string[]): object {
  const misconfiguredDoors = misconfiguredInRow(call.organization, row);
  const refusal = refuseMisconfigured(misconfiguredDoors, call.behaviours);
  if (refusal) return refusal;
  register.write(row);
  return updated(misconfiguredDoors, failedGuids);
}

/** Reads by V1. The answer also has the fields of answers to updates. */
function readV1(call: Call): object {
  const row = v1RowOf(call);
  if (!row) {
    const nothing = { authError: false, failedGuids: [], misconfiguredDoors: [] };
    const allDefaults = { ...kisiV1Defaults, enabled: false, defaultOptions: kisiOptionDefaults, migrated: false };
    return { ...nothing, ...notConfigured(call, "kisiSettings", shown(kisiSettingsV1.fields, allDefaults)) };
  }
  return {
    ...updated(misconfiguredInRow(call.organization, row)),
    kisiSettings: shownV1Row(call, row),
  };
}

/** The Kisi integration as V1 reads return it; undefined when it was never configured. */
export function shownKisiRowV1(call: Call): object | undefined {
  const row = v1RowOf(call);
  return row && shownV1Row(call, row);
}

function v1RowOf({ organization, behaviours, asOfMillis }: Call): KisiRow | undefined {
  return kisiV1Of(organization, behaviours).read(asOfMillis);
}

function shownV1Row(call: Call, row: KisiRow): object {
  const { behaviours } = call;
  const { enabledTimestampMs, user, userUuid } = row.v1?.enabledBy ?? {};
  const visible = shown(kisiSettingsV1.fields, {
    ...(row.v1?.flags ?? kisiV1Defaults),
    ...row.v1?.server,
    ...shownShared(call, row),
    doorInfoMap: shownDoors(row.v1?.doors ?? new Map()),
    doorToCameraMap: row.v1?.doorToCameras ?? new Map(),
    enabledTimestampMs,
    enablingUser: user,
    enablingUserUuid: userUuid,
    migrated: row.migrated,
    placeId: row.v1?.placeId,
  });
  const rhombusToken = row.v1?.server.rhombusToken ?? null;
  const withToken = withSecrets(visible, { rhombusToken }, behaviours.serverSecretReads);
  return withSecrets(withToken, { apiSecretKey: row.apiSecretKey }, behaviours.vendorKeyReads);
}

function shownShared(call: Call, row: KisiRow): object {
  const account = findAccount(call.store, row.apiSecretKey);
  const { enabled, defaultOptions } = row;
  const places = [...row.places].map(([key, place]) => [key, shownPlace(call, place)] as const);
  const doorsValidated = [...row.places].every(([key, { doors }]) =>
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

function misconfiguredInRow(organization: Organization, row: KisiRow): string[] {
  const maps = [...row.places.values(), ...(row.v1 ? [row.v1] : [])].map(({ doors }) => doors);
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
  const row = kisiOf(organization).read(asOfMillis) ?? kisiV1Of(organization, behaviours).read(asOfMillis);
  return findAccount(store, row?.apiSecretKey);
}
