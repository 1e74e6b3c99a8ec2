import {
  emptyOnGuardRow,
  geneaDefaults,
  kisiOptionDefaults,
  kisiPlaceDefaults,
  kisiV1Defaults,
  newGeneaServerFields,
  newKisiServerFields,
  newMembers,
  newOnGuardDeployment,
  onGuardDefaults,
} from "./newRows";
import type {
  DoorInfo,
  Doors,
  GeneaRow,
  Group,
  KisiPlace,
  KisiRow,
  KisiV1Fields,
  OnGuardDeployment,
  OnGuardRow,
} from "./rows";
import { newRuuid } from "./ruuid";
import type { SeedGenea, SeedGroup, SeedKisi, SeedKisiPlace, SeedKisiV1, SeedOnGuard } from "./seed";
import { findPlace, type Store } from "./store";

/** Doors from a plain object. */
function doorsOf(doorInfoMap: Readonly<Record<string, DoorInfo>>): Doors {
  return new Map(Object.entries(doorInfoMap));
}

/** A deployment with the given values over `current`, or over a new one. */
export function onGuardFromSeed(given: Partial<SeedOnGuard>, current?: OnGuardDeployment): OnGuardDeployment {
  const base = current ?? newOnGuardDeployment(given.rhombusToken);
  return {
    rhombusToken: base.rhombusToken,
    presharedSecret: given.presharedSecret ?? base.presharedSecret,
    displayName: given.displayName ?? base.displayName,
    flags: { ...onGuardDefaults, ...base.flags, ...given.flags },
    doors: given.doorInfoMap ? doorsOf(given.doorInfoMap) : base.doors,
  };
}

/** An OnGuard row with a deployment added or replaced. */
export function withDeployment(row: OnGuardRow = emptyOnGuardRow, deployment: OnGuardDeployment): OnGuardRow {
  return { ...row, deployments: new Map([...row.deployments, [deployment.rhombusToken, deployment]]) };
}

/** A Genea integration with the given values over `current`. Throws a TypeError when neither has an API token. */
export function geneaFromSeed(given: Partial<SeedGenea>, current?: GeneaRow): GeneaRow {
  const apiToken = given.apiToken ?? current?.apiToken;
  if (apiToken === undefined) throw new TypeError("Genea is not configured yet: give an apiToken as well.");
  return {
    apiToken,
    flags: { ...geneaDefaults, ...current?.flags, ...given.flags },
    doors: given.doorInfoMap ? doorsOf(given.doorInfoMap) : (current?.doors ?? new Map()),
    server: given.server ?? current?.server ?? newGeneaServerFields(),
    audit: current?.audit ?? new Map(),
  };
}

/**
 * A Kisi integration with the given values over `current`; given places replace those with the same key. Throws a
 * TypeError when neither has an API key.
 */
export function kisiFromSeed(store: Store, given: Partial<SeedKisi>, current?: KisiRow): KisiRow {
  const apiSecretKey = given.apiSecretKey ?? current?.apiSecretKey;
  if (apiSecretKey === undefined) throw new TypeError("Kisi is not configured yet: give an apiSecretKey as well.");
  const places = new Map(current?.places);
  for (const [key, place] of Object.entries(given.placeToSettingsMap ?? {})) {
    places.set(key, placeFromSeed(store, apiSecretKey, key, place, places.get(key)));
  }
  return {
    ...current,
    apiSecretKey,
    enabled: given.enabled ?? current?.enabled ?? true,
    defaultOptions: { ...kisiOptionDefaults, ...current?.defaultOptions, ...given.defaultOptions },
    places,
    v1: given.v1 ? kisiV1FromSeed(store, given.v1) : current?.v1,
    migrated: given.migrated ?? current?.migrated ?? true,
    audit: current?.audit ?? new Map(),
  };
}

function kisiV1FromSeed(
  store: Store,
  { flags, placeId, doorInfoMap, doorToCameraMap, server }: SeedKisiV1,
): KisiV1Fields {
  return {
    flags: { ...kisiV1Defaults, ...flags },
    doors: doorsOf(doorInfoMap ?? {}),
    doorToCameras: new Map(Object.entries(doorToCameraMap ?? {})),
    placeId: placeId ?? null,
    server: server ?? newKisiServerFields(store),
    enabledBy: { enabledTimestampMs: Date.now(), integrationAuditEvent: "UPDATE", user: "seed", userUuid: null },
  };
}

/** A group with the given values. */
export function groupFromSeed(given: Omit<SeedGroup, "uuid"> & Partial<SeedGroup>, since = Date.now()): Group {
  const createdAtMillis = given.createdAtMillis ?? since;
  return {
    uuid: given.uuid ?? newRuuid(),
    type: given.type ?? "RHOMBUS_ACCESS_CONTROL",
    name: given.name,
    nameKey: given.name.toLowerCase(),
    description: given.description ?? null,
    locationUuid: given.locationUuid ?? null,
    members: newMembers(given.userUuids ?? []),
    createdAtMillis,
    updatedAtMillis: given.updatedAtMillis ?? createdAtMillis,
  };
}

/** Writes the integrations and groups of the seed to the organizations, as if they had always existed. */
export function fillStore(store: Store): void {
  for (const organization of store.organizations.values()) {
    const { onGuard, onGuardEnabled = true, genea, kisi, kisiV1, groups, createdAtMillis } = organization.seed;
    const row = onGuard?.map((each) => onGuardFromSeed(each)).reduce(withDeployment, emptyOnGuardRow);
    if (row) organization.onGuard.write({ ...row, enabled: onGuardEnabled }, Number.NEGATIVE_INFINITY);
    if (genea) organization.genea.write(geneaFromSeed(genea), Number.NEGATIVE_INFINITY);
    if (kisi) organization.kisi.write(kisiFromSeed(store, kisi), Number.NEGATIVE_INFINITY);
    if (kisiV1) organization.kisiV1.write(kisiFromSeed(store, kisiV1), Number.NEGATIVE_INFINITY);
    for (const each of groups ?? []) {
      organization.groups.set(each.uuid, groupFromSeed(each, createdAtMillis), Number.NEGATIVE_INFINITY);
    }
  }
}

function placeFromSeed(
  store: Store,
  apiSecretKey: string,
  key: string,
  given: SeedKisiPlace,
  current: KisiPlace | undefined,
): KisiPlace {
  const atKisi = findPlace(store.findKisiAccount(apiSecretKey), key);
  return {
    placeId: given.placeId ?? current?.placeId ?? atKisi?.id ?? (Number(key) || null),
    placeName: given.placeName ?? null,
    flags: { ...kisiPlaceDefaults, ...given.flags },
    doors: doorsOf(given.doorInfoMap),
    server: given.server ?? current?.server ?? newKisiServerFields(store),
  };
}
