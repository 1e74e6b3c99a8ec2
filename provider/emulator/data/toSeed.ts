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
 * The present data of an emulator as a seed, without history: audit events, badge events and the older values that
 * lagging reads show.
 * @param store The data of the emulator.
 * @param initial The seed that it started with.
 */
export function toSeed(store: Store, initial: Seed): Seed {
  return { ...initial, organizations: [...store.organizations.values()].map(organizationToSeed) };
}

function organizationToSeed({ seed, onGuard, genea, kisi, kisiV1, groups }: Organization): SeedOrganization {
  const [badges, geneaRow, kisiRow, kisiV1Row] = [onGuard.read(), genea.read(), kisi.read(), kisiV1.read()];
  const deployments = [...(badges?.deployments.values() ?? [])].map(onGuardToSeed);
  return {
    ...seed,
    onGuard: badges && deployments,
    onGuardEnabled: badges?.enabled,
    genea: geneaRow && geneaToSeed(geneaRow),
    kisi: kisiRow && kisiToSeed(kisiRow),
    kisiV1: kisiV1Row && kisiToSeed(kisiV1Row),
    groups: groups.values().map(groupToSeed),
  };
}

function onGuardToSeed({ displayName, doors, ...others }: OnGuardDeployment): SeedOnGuard {
  return { ...others, displayName: displayName ?? undefined, doorInfoMap: plain(doors) };
}

function geneaToSeed({ doors, audit: _past, ...others }: GeneaRow): SeedGenea {
  return { ...others, doorInfoMap: plain(doors) };
}

function kisiToSeed({ places, v1, audit: _past, ...others }: KisiRow): SeedKisi {
  const saved = [...places].map(([key, place]) => [key, placeToSeed(place)] as const);
  return { ...others, placeToSettingsMap: Object.fromEntries(saved), v1: v1 && kisiV1ToSeed(v1) };
}

function placeToSeed({ placeId, placeName, doors, ...others }: KisiPlace): SeedKisiPlace {
  return {
    ...others,
    placeId: placeId ?? undefined,
    placeName: placeName ?? undefined,
    doorInfoMap: plain(doors),
  };
}

function kisiV1ToSeed({ placeId, doors, doorToCameras, enabledBy: _past, ...others }: KisiV1Fields): SeedKisiV1 {
  return {
    ...others,
    placeId: placeId ?? undefined,
    doorInfoMap: plain(doors),
    doorToCameraMap: plain(doorToCameras),
  };
}

function groupToSeed({ description, locationUuid, members, nameKey: _derived, ...others }: Group): SeedGroup {
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
