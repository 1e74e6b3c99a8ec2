import { campusSeed, type OrganizationConsole } from "../../../provider/emulator";
import type { Properties, Stored, TypeName } from "../../drivers/stack";

const { cameras, genea, kisi, locations, users } = campusSeed.acme;

/** What the contract needs to know of a resource: a few inputs. */
export interface Sample {
  /** The resource; a resource may have several samples. */
  readonly type: TypeName;
  /** The least inputs with which it works. */
  readonly least: Properties;
  /** For every other field, two values. */
  readonly fields: Readonly<Record<string, readonly [unknown, unknown]>>;
  /** Fields that are left out here, each with the reason. */
  readonly waived?: Readonly<Record<string, string>>;
  /** Removes it without a call of ours. */
  removeOutside(console: OrganizationConsole, stored: Stored): void;
}

const onOff = [true, false] as const;

const doorFields = {
  doorName: "Lobby",
  assignedCameraList: [cameras.mainEntrance.uuid, cameras.lobby.uuid],
  locationUuid: locations.headquarters.uuid,
  leadingSeconds: 5,
  clipDuration: 20,
  remoteUnlock: true,
  subLocationsHierarchyKey: `${locations.headquarters.uuid}.${locations.robotLab.uuid}`,
};

/** Two door maps: the second changes a door, drops one and adds one. */
function doors(first: string, second: string, third: string): readonly [Properties, Properties] {
  const plain = { doorName: "Plain" };
  return [
    { [first]: doorFields, [second]: plain },
    { [first]: { doorName: "Lobby 2", assignedCameraList: [cameras.lobby.uuid] }, [third]: plain },
  ];
}

const badgeFlags = {
  alertUnauthorizedFaces: onOff,
  badgeAuthDisablesAlarmMonitoring: onOff,
  badgeFaceVerificationMode: ["SHADOW", "AUTO"],
  createAccessAnomalyAlerts: onOff,
  createSeekPoints: onOff,
  identifyFacesFromBadge: onOff,
  saveClips: onOff,
} as const;

const headquarters = { saveClips: true, doorInfoMap: { "51001": doorFields, "51002": { doorName: "Plain" } } };
const lab = { placeId: 41002, placeName: "Lab", doorInfoMap: {} };

const kisiFields = {
  enabled: [false, true],
  defaultOptions: [
    { defaultOptionsEnabled: true, saveClips: true },
    { defaultOptionsEnabled: true, createSeekPoints: true },
  ],
  placeToSettingsMap: [
    { "41001": headquarters, "41002": lab },
    { "41001": { doorInfoMap: { "51001": { doorName: "Lobby 2" } } } },
  ],
} as const;

const isInstruction = "an instruction, which is no property of the object";
const onlyInV1 = "belongs to the sample of the first version";

/** The samples. Every definition needs one; every field of it has to be in `least`, `fields` or `waived`. */
export const samples: Readonly<Record<string, Sample>> = {
  "an access control group": {
    type: "AccessControlGroup",
    least: { name: "Staff" },
    fields: {
      description: ["All of us", "Some of us"],
      locationUuid: [locations.headquarters.uuid, locations.warehouse.uuid],
      userUuids: [
        [users.ben.uuid, users.ada.uuid],
        [users.ada.uuid, users.chloe.uuid],
      ],
      membership: ["exclusive", "additive"],
    },
    waived: { adopt: isInstruction },
    removeOutside: (console, { id }) => console.removeGroup(id),
  },
  "an OnGuard deployment": {
    type: "OnGuardIntegration",
    least: { displayName: "HQ" },
    fields: { doorInfoMap: doors("1:4", "1:5", "2:1"), ...badgeFlags },
    waived: { adopt: isInstruction },
    removeOutside: (console) => console.removeOnGuard(),
  },
  "the Genea integration": {
    type: "GeneaIntegration",
    least: { apiToken: genea.apiToken },
    fields: {
      enabled: [false, true],
      indexFaces: onOff,
      doorInfoMap: doors(genea.doors.lobby.id, genea.doors.dock.id, genea.doors.labStore.id),
      ...badgeFlags,
    },
    waived: { adopt: isInstruction },
    removeOutside: (console) => console.removeGenea(),
  },
  "the Kisi integration": {
    type: "KisiIntegration",
    least: { apiSecretKey: kisi.apiSecretKey },
    fields: kisiFields,
    waived: {
      adopt: isInstruction,
      apiVersion: onlyInV1,
      placeId: onlyInV1,
      doorInfoMap: onlyInV1,
      doorToCameraMap: onlyInV1,
      alertUnauthorizedFaces: onlyInV1,
      createSeekPoints: onlyInV1,
      identifyFacesFromBadge: onlyInV1,
      saveClips: onlyInV1,
    },
    removeOutside: (console) => console.removeKisi(),
  },
  "the Kisi integration of the first version": {
    type: "KisiIntegration",
    least: { apiSecretKey: kisi.apiSecretKey, apiVersion: "V1" },
    fields: {
      ...kisiFields,
      placeId: [41001, 41002],
      doorInfoMap: doors("51001", "51002", "51003"),
      doorToCameraMap: [
        { "51001": [cameras.lobby.uuid], "51002": [] },
        { "51001": [cameras.lobby.uuid, cameras.elevators.uuid] },
      ],
      alertUnauthorizedFaces: onOff,
      createSeekPoints: onOff,
      identifyFacesFromBadge: onOff,
      saveClips: onOff,
    },
    waived: { adopt: isInstruction },
    removeOutside: (console) => console.removeKisi(),
  },
};

/** All inputs of a sample at once. */
export function full({ least, fields }: Sample, which: 0 | 1 = 0): Properties {
  return { ...least, ...Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, values[which]])) };
}
