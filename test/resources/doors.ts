import { campusSeed, type KisiPlaceFlags } from "../../provider/emulator";
import type { Properties } from "../drivers/properties";
import type { InputPath, NestedInputs, Variation } from "./facts";

const { cameras, locations } = campusSeed.acme;
const { headquarters, robotLab, warehouse } = locations;

/** Both values of a flag. */
export const onOff = [true, false] as const;

/** Null and false are equal, so that the last value of a flag inside an entry must not be false. */
export const onOffOn = [true, false, true] as const;

/** The flags that Kisi places have, and other integrations too. */
export const placeFlags = [
  "alertUnauthorizedFaces",
  "badgeAuthDisablesAlarmMonitoring",
  "createSeekPoints",
  "identifyFacesFromBadge",
  "saveClips",
] as const satisfies readonly (keyof KisiPlaceFlags)[];

/** The badge options of OnGuard and Genea. */
export const badgeOptions = {
  alertUnauthorizedFaces: onOff,
  badgeAuthDisablesAlarmMonitoring: onOff,
  badgeFaceVerificationMode: ["SHADOW", "AUTO"],
  createAccessAnomalyAlerts: onOff,
  createSeekPoints: onOff,
  identifyFacesFromBadge: onOff,
  saveClips: onOff,
} as const;

/** A door with all fields. */
export const fullDoor = {
  doorName: "Lobby",
  assignedCameraList: [cameras.mainEntrance.uuid, cameras.lobby.uuid],
  locationUuid: headquarters.uuid,
  leadingSeconds: 5,
  clipDuration: 20,
  remoteUnlock: true,
  subLocationsHierarchyKey: `${headquarters.uuid}.${robotLab.uuid}`,
};

/** A door that was added in the console. */
export const addedDoor = { doorName: "Added" };

/** A door as it was changed in the console. */
export const changedDoor = { doorName: "Theirs", remoteUnlock: true };

/** A door with cameras of two locations, which Rhombus may refuse. */
export const doorInTwoPlaces = {
  doorName: "Between",
  assignedCameraList: [cameras.lobby.uuid, cameras.dockNorth.uuid],
};

/** Two door maps: the second changes a door, removes one and adds one. */
export function doorMaps(first: string, second: string, third: string): readonly [Properties, Properties] {
  const plain = { doorName: "Plain" };
  return [
    { [first]: fullDoor, [second]: plain },
    { [first]: { doorName: "Lobby 2", assignedCameraList: [cameras.lobby.uuid] }, [third]: plain },
  ];
}

/** A door map with a door whose fields vary, and another door that is added and removed. */
export function nestedDoors(first: string, second: string): NestedInputs {
  const entry: Variation = { path: ["doorInfoMap", second], values: [{ doorName: "Plain" }, { remoteUnlock: true }] };
  return { base: { doorInfoMap: { [first]: {} } }, variations: [entry, ...doorVariations("doorInfoMap", first)] };
}

/** The fields of a door. Cameras and location never belong to two places, one by one or all at once. */
export function doorVariations(...door: InputPath): Variation[] {
  const values = {
    assignedCameraList: [[cameras.mainEntrance.uuid, cameras.lobby.uuid], [cameras.dockNorth.uuid]],
    doorName: ["Lobby", "Lobby 2"],
    leadingSeconds: [5, 6],
    clipDuration: [20, 30],
    locationUuid: [headquarters.uuid, warehouse.uuid],
    remoteUnlock: onOffOn,
    subLocationsHierarchyKey: [fullDoor.subLocationsHierarchyKey, headquarters.uuid],
  } as const;
  return Object.entries(values).map(([field, both]) => ({ path: [...door, field], values: both }));
}
