import type { GeneaRow, Group, KisiPlace, KisiRow, KisiV1Fields, OnGuardDeployment } from "./rows";
import type {
  Seed,
  SeedGenea,
  SeedGroup,
  SeedKisi,
  SeedKisiPlace,
  SeedKisiV1,
  SeedOnGuard,
  SeedOrganization,
} from "./seed";
import type { Organization, Store } from "./store";

/**
 * What the organizations hold now, as a seed. The past is no part of it: audit trails, badge events, and what reads that
 * lag would still show.
 * @param store All that the emulator knows.
 * @param planted The seed that it started with.
 */
export function seedFrom(store: Store, planted: Seed): Seed {
  return { ...planted, organizations: [...store.organizations.values()].map(savedOrganization) };
}

function savedOrganization({ seed, onGuard, genea, kisi, kisiV1, groups }: Organization): SeedOrganization {
  const [badges, geneaRow, kisiRow, kisiV1Row] = [onGuard.read(), genea.read(), kisi.read(), kisiV1.read()];
  const deployments = [...(badges?.deployments.values() ?? [])].map(savedOnGuard);
  return {
    ...seed,
    onGuard: badges && deployments,
    onGuardEnabled: badges?.enabled,
    genea: geneaRow && savedGenea(geneaRow),
    kisi: kisiRow && savedKisi(kisiRow),
    kisiV1: kisiV1Row && savedKisi(kisiV1Row),
    groups: groups.values().map(savedGroup),
  };
}

function savedOnGuard({ displayName, doors, ...others }: OnGuardDeployment): SeedOnGuard {
  return { ...others, displayName: displayName ?? undefined, doorInfoMap: plain(doors) };
}

function savedGenea({ doors, audit: _past, ...others }: GeneaRow): SeedGenea {
  return { ...others, doorInfoMap: plain(doors) };
}

function savedKisi({ places, v1, audit: _past, ...others }: KisiRow): SeedKisi {
  const saved = [...places].map(([key, place]) => [key, savedPlace(place)] as const);
  return { ...others, placeToSettingsMap: Object.fromEntries(saved), v1: v1 && savedKisiV1(v1) };
}

function savedPlace({ placeId, placeName, doors, ...others }: KisiPlace): SeedKisiPlace {
  return {
    ...others,
    placeId: placeId ?? undefined,
    placeName: placeName ?? undefined,
    doorInfoMap: plain(doors),
  };
}

function savedKisiV1({ placeId, doors, doorToCameras, enabledBy: _past, ...others }: KisiV1Fields): SeedKisiV1 {
  return {
    ...others,
    placeId: placeId ?? undefined,
    doorInfoMap: plain(doors),
    doorToCameraMap: plain(doorToCameras),
  };
}

function savedGroup({ description, locationUuid, members, nameKey: _derived, ...others }: Group): SeedGroup {
  return {
    ...others,
    description: description ?? undefined,
    locationUuid: locationUuid ?? undefined,
    userUuids: [...members.keys()],
  };
}

function plain<Value>(map: ReadonlyMap<string, Value>): Record<string, Value> {
  return Object.fromEntries(map);
}
