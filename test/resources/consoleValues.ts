import type { DoorInfo, FaceMode } from "../../provider/emulator";
import { isProperties, type Properties } from "../drivers/properties";

/** The text under a name; null if there is none. */
export function textAt(properties: Properties, name: string): string | null {
  const value = properties[name];
  return typeof value === "string" ? value : null;
}

/** The texts in the list under a name. */
export function textsAt(properties: Properties, name: string): string[] {
  const value = properties[name];
  return Array.isArray(value) ? value.map(String) : [];
}

/** The map or object under a name; an empty one if there is none. */
export function mapAt(properties: Properties, name: string): Properties {
  const value = properties[name];
  return isProperties(value) ? value : {};
}

/** The flags that are declared, and false for the others. */
export function flagsIn<Name extends string>(properties: Properties, names: readonly Name[]): Record<Name, boolean> {
  const flags = Object.fromEntries(names.map((name) => [name, properties[name] === true]));
  return flags as Record<Name, boolean>;
}

/** The doors of an integration or of a place. */
export function doorsIn(properties: Properties): Record<string, DoorInfo> {
  const doors = Object.entries(mapAt(properties, "doorInfoMap"));
  return Object.fromEntries(doors.map(([key, door]) => [key, isProperties(door) ? doorFrom(door) : {}]));
}

function doorFrom(door: Properties): DoorInfo {
  const scalars = ["doorName", "locationUuid", "subLocationsHierarchyKey", "leadingSeconds", "clipDuration"];
  const entries = Object.entries(door).filter(([name, value]) => scalars.includes(name) && value !== null);
  return {
    ...Object.fromEntries(entries),
    ...(Array.isArray(door.assignedCameraList) ? { assignedCameraList: textsAt(door, "assignedCameraList") } : {}),
    ...(door.remoteUnlock === true ? { remoteUnlock: true } : {}),
  };
}

/** The mode of face verification; `OFF` if it is not declared. */
export function faceModeIn({ badgeFaceVerificationMode: mode }: Properties): FaceMode {
  return mode === "SHADOW" || mode === "SUPERVISED" || mode === "AUTO" ? mode : "OFF";
}
