import { campusSeed, type OrganizationConsole } from "../../../provider/emulator";
import type { Declared } from "./project";
import { type TypeName, typeNames } from "./writes";

const { cameras, genea, kisi, locations, users } = campusSeed.acme;

/** A program with one resource of each type. */
export type Stage = Readonly<Record<TypeName, { readonly [field: string]: unknown }>>;

/** The name of each resource in the program. */
const names: Readonly<Record<TypeName, string>> = {
  AccessControlGroup: "staff",
  GeneaIntegration: "genea",
  KisiIntegration: "lab",
  OnGuardIntegration: "hq",
};

/** How messages name each object. */
export const said: Readonly<Record<TypeName, string>> = {
  AccessControlGroup: 'the access control group "Staff"',
  GeneaIntegration: "the organization's Genea integration",
  KisiIntegration: "the organization's Kisi integration",
  OnGuardIntegration: 'the OnGuard integration "HQ OnGuard"',
};

const place = `${kisi.places.robotLab.id}`;
const entrance = `${kisi.places.robotLab.doors.entrance.id}`;

/** What is declared at first. */
export const first: Stage = {
  AccessControlGroup: {
    name: "Staff",
    description: "All of us",
    locationUuid: locations.headquarters.uuid,
    userUuids: [users.ada.uuid, users.ben.uuid],
  },
  GeneaIntegration: { saveClips: true, doorInfoMap: { [genea.doors.lobby.id]: { doorName: "Lobby" } } },
  KisiIntegration: {
    placeToSettingsMap: { [place]: { saveClips: true, doorInfoMap: { [entrance]: { doorName: "Entrance" } } } },
  },
  OnGuardIntegration: {
    displayName: "HQ OnGuard",
    saveClips: true,
    doorInfoMap: { "1:4": { doorName: "Lobby", assignedCameraList: [cameras.lobby.uuid] } },
  },
};

/** What is declared next: each resource changes, in as many writes as there can be. */
export const changed: Stage = {
  AccessControlGroup: {
    ...first.AccessControlGroup,
    description: "Some of us",
    userUuids: [users.ada.uuid, users.chloe.uuid],
  },
  GeneaIntegration: { saveClips: true, doorInfoMap: { [genea.doors.lobby.id]: { doorName: "Foyer" } } },
  KisiIntegration: {
    placeToSettingsMap: { [place]: { saveClips: false, doorInfoMap: { [entrance]: { doorName: "Gate" } } } },
  },
  OnGuardIntegration: {
    displayName: "HQ OnGuard",
    saveClips: false,
    doorInfoMap: {
      "1:4": { doorName: "Foyer", assignedCameraList: [cameras.elevators.uuid] },
      "1:5": { doorName: "Stairs" },
    },
  },
};

/** What is declared last: what can only be had by a replacement. The others are replaced by the arguments of {@link replacing}. */
export const replaced: Stage = {
  ...changed,
  AccessControlGroup: { ...changed.AccessControlGroup, locationUuid: locations.warehouse.uuid },
  KisiIntegration: { ...changed.KisiIntegration, apiVersion: "V1" },
  OnGuardIntegration: { ...changed.OnGuardIntegration, saveClips: true },
};

/** The arguments by which the CLI replaces what no input would. */
export const replacing: readonly string[] = (["GeneaIntegration", "OnGuardIntegration"] as const).flatMap((type) => [
  "--replace",
  `urn:pulumi:dev::kills::pulumi-nodejs:dynamic/rhombus:${type}::${names[type]}`,
]);

/**
 * A stage as the program declares it.
 * @param stage The stage.
 * @param adopted The types that are to be adopted.
 */
export function declaring(stage: Stage, adopted: readonly TypeName[] = []): Declared {
  const entries = typeNames.map((type) => {
    const adopt = adopted.includes(type) ? { adopt: true } : {};
    return [names[type], { type, inputs: { ...stage[type], ...adopt } }];
  });
  return Object.fromEntries(entries);
}

/**
 * What Rhombus holds, in the form of a stage.
 * @param console The console of the organization.
 */
export function contentOf(console: OrganizationConsole): Stage {
  const group = console.groups().find(({ name }) => name === "Staff");
  const onGuard = console.onGuard().find(({ displayName }) => displayName === "HQ OnGuard");
  const row = console.genea();
  const integration = console.kisi() ?? console.kisiV1();
  const settings = integration?.placeToSettingsMap[place];
  return {
    AccessControlGroup: {
      name: group?.name,
      description: group?.description,
      locationUuid: group?.locationUuid,
      userUuids: [...(group?.userUuids ?? [])].sort(),
    },
    GeneaIntegration: { saveClips: row?.flags.saveClips, doorInfoMap: row?.doorInfoMap },
    KisiIntegration: {
      ...(integration?.v1 === undefined ? {} : { apiVersion: "V1" }),
      placeToSettingsMap: { [place]: { saveClips: settings?.flags.saveClips, doorInfoMap: settings?.doorInfoMap } },
    },
    OnGuardIntegration: {
      displayName: onGuard?.displayName,
      saveClips: onGuard?.flags.saveClips,
      doorInfoMap: onGuard?.doorInfoMap,
    },
  };
}
