import type { Behaviours } from "../behaviours/behaviours";
import { isBlank, notConfigured, withSecret } from "../behaviours/readAnswers";
import { deleteIntegration, refuseMisconfigured } from "../behaviours/writeAnswers";
import { kisiOptionDefaults, kisiV1Defaults } from "../data/newRows";
import type { KisiPlace, KisiRow } from "../data/rows";
import { findPlace, type Organization, type Register } from "../data/store";
import {
  type Call,
  failed,
  notUpdated,
  type Operation,
  operation,
  succeeded,
  updated,
  withAuditEvent,
} from "../server/operation";
import { type Body, object, ShapeMismatch, text } from "../server/shapes";
import { misconfiguredKeys, misconfiguredNames, shown, shownDoors } from "./doors";
import { applyShared, applyV1, hasDoor } from "./kisiWrites";
import { kisiPlace, kisiSettingsV1, kisiSettingsV2, noFields } from "./schemas";

const area = "/api/integrations/accessControl";

/** The Kisi operations of both versions. */
export const kisiOperations: readonly Operation[] = [
  operation({ name: "updateKisiIntegrationV2", area, body: object({ kisiSettings: kisiSettingsV2 }), run: updateV2 }),
  operation({
    name: "getKisiIntegrationV2",
    area,
    body: noFields,
    run: (call) => {
      const row = shownKisiRow(call);
      return row
        ? { ...succeeded, orgIntegrationV2: row }
        : notConfigured(call, "orgIntegrationV2", unconfigured(call));
    },
  }),
  operation({
    name: "deleteKisiIntegrationV2",
    area,
    body: noFields,
    run: ({ organization, behaviours }) => deleteIntegration(organization.kisi, behaviours),
  }),
  operation({
    name: "updateKisiIntegration",
    area,
    body: object({ kisiSettings: kisiSettingsV1 }),
    isServed: hasV1,
    run: updateV1,
  }),
  operation({ name: "getKisiIntegration", area, body: noFields, isServed: hasV1, run: readV1 }),
  operation({
    name: "deleteKisiIntegration",
    area,
    body: noFields,
    isServed: hasV1,
    run: ({ organization, behaviours }) => deleteIntegration(organization.kisiV1Store(behaviours), behaviours),
  }),
  operation({ name: "getKisiPlaces", area, body: object({ apiSecretKey: text }), run: listPlaces }),
  operation({ name: "getKisiDoors", area, body: object({ apiSecretKey: text }), run: listDoors }),
];

/** The Kisi integration as V2 reads return it; undefined when it was never configured. */
export function shownKisiRow(call: Call): object | undefined {
  const { organization, asOfMillis, behaviours } = call;
  const row = organization.kisi.read(asOfMillis);
  if (!row) return undefined;
  const visible = shown(kisiSettingsV2.fields, {
    ...shownShared(call, row),
    integration: "KISI",
    integrationAuditMap: row.audit,
    orgUuid: organization.seed.uuid,
    userUuid: [...row.audit.values()].at(-1)?.userUuid,
  });
  return withSecret(visible, "apiSecretKey", row.apiSecretKey, behaviours.vendorKeyReads);
}

function hasV1(behaviours: Behaviours): boolean {
  return behaviours.kisiVersions !== "v1-removed";
}

function updateV2(call: Call, { kisiSettings: sent }: { kisiSettings?: Body<typeof kisiSettingsV2.fields> | null }) {
  if (!sent) throw new ShapeMismatch("kisiSettings");
  const current = call.organization.kisi.read();
  const landed = applyShared(call, sent, current);
  if (typeof landed === "string") return notUpdated(landed, true);
  const audit = withAuditEvent(current?.audit ?? new Map(), call.caller, "UPDATE");
  const row: KisiRow = { ...current, ...landed.shared, migrated: true, audit };
  return written(call, call.organization.kisi, row, landed.unknown);
}

function updateV1(call: Call, { kisiSettings: sent }: { kisiSettings?: Body<typeof kisiSettingsV1.fields> | null }) {
  if (!sent) throw new ShapeMismatch("kisiSettings");
  const register = call.organization.kisiV1Store(call.behaviours);
  const current = register.read();
  if (current?.migrated && call.behaviours.kisiV1AfterV2 === "refused") {
    return notUpdated("The Kisi integration has been migrated to the second version.", false);
  }
  const landed = applyShared(call, sent, current);
  if (typeof landed === "string") return notUpdated(landed, true);
  const { v1, unknown } = applyV1(call, landed.shared.apiSecretKey, sent, current?.v1);
  const audit = withAuditEvent(current?.audit ?? new Map(), call.caller, "UPDATE");
  const row: KisiRow = { ...landed.shared, v1, migrated: current?.migrated ?? false, audit };
  return written(call, register, row, [...landed.unknown, ...unknown]);
}

function written(call: Call, register: Register<KisiRow>, row: KisiRow, failedGuids: readonly string[]): object {
  const misconfiguredDoors = misconfiguredInRow(call.organization, row);
  const refusal = refuseMisconfigured(misconfiguredDoors, call.behaviours);
  if (refusal) return refusal;
  register.write(row);
  return updated({ failedGuids, misconfiguredDoors });
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
    ...updated({ misconfiguredDoors: misconfiguredInRow(call.organization, row) }),
    kisiSettings: shownV1Row(call, row),
  };
}

/** The Kisi integration as V1 reads return it; undefined when it was never configured. */
export function shownKisiRowV1(call: Call): object | undefined {
  const row = v1RowOf(call);
  return row && shownV1Row(call, row);
}

function v1RowOf({ organization, behaviours, asOfMillis }: Call): KisiRow | undefined {
  return organization.kisiV1Store(behaviours).read(asOfMillis);
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
  const token = row.v1?.server.rhombusToken ?? null;
  const shownToken = withSecret(visible, "rhombusToken", token, behaviours.serverSecretReads);
  return withSecret(shownToken, "apiSecretKey", row.apiSecretKey, behaviours.vendorKeyReads);
}

function shownShared(call: Call, row: KisiRow): object {
  const account = call.store.findKisiAccount(row.apiSecretKey);
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
  const all = { ...flags, ...server, placeId, placeName, doorInfoMap, misconfiguredDoors };
  return withSecret(shown(kisiPlace.fields, all), "rhombusToken", server.rhombusToken, behaviours.serverSecretReads);
}

function misconfiguredInRow(organization: Organization, row: KisiRow): string[] {
  const maps = [...row.places.values(), ...(row.v1 ? [row.v1] : [])].map(({ doors }) => doors);
  return maps.flatMap((doors) => misconfiguredNames(organization, doors));
}

function listPlaces(call: Call, { apiSecretKey }: { apiSecretKey?: string | null }): object {
  const account = findAccount(call, apiSecretKey);
  if (!account) return { ...rejected, places: null };
  const places = account.places.map(({ id, name }) => ({ id, name, ...kisiV1Defaults }));
  return { ...succeeded, authError: false, places };
}

function listDoors(call: Call, { apiSecretKey }: { apiSecretKey?: string | null }): object {
  const account = findAccount(call, apiSecretKey);
  if (!account) return { ...rejected, placeToDoorMap: null };
  const doors = account.places.map((place) => [`${place.id}`, place.doors] as const);
  return { ...succeeded, authError: false, placeToDoorMap: Object.fromEntries(doors) };
}

const rejected = { ...failed("Kisi does not accept the API key."), authError: true };

/** The Kisi account of a key; without a key, that of the stored integration. */
function findAccount({ organization, store, behaviours, asOfMillis }: Call, apiSecretKey: string | null | undefined) {
  const row = organization.kisi.read(asOfMillis) ?? organization.kisiV1Store(behaviours).read(asOfMillis);
  const key = isBlank(apiSecretKey) ? row?.apiSecretKey : apiSecretKey;
  return key === undefined ? undefined : store.findKisiAccount(key);
}

function unconfigured({ organization }: Call): object {
  const { uuid: orgUuid } = organization.seed;
  const allDefaults = { enabled: false, defaultOptions: kisiOptionDefaults, integration: "KISI", orgUuid };
  return shown(kisiSettingsV2.fields, allDefaults);
}
