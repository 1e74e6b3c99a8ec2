import { applyMap, storedText } from "../behaviours/applyWrite";
import type { Behaviours } from "../behaviours/behaviours";
import type { DoorInfo, Doors } from "../data/rows";
import type { Organization } from "../data/store";
import type { FieldTable } from "../server/shapes";
import { type DoorInfoBody, doorInfo } from "./schemas";

/** Applies the doors of a write by the behaviours for maps, doors and nulls. */
export function applyDoors(
  sent: ReadonlyMap<string, DoorInfoBody | null> | null | undefined,
  current: Doors | undefined,
  behaviours: Behaviours,
): Doors {
  return applyMap(sent, current ?? new Map(), behaviours, (door, stored) => applyDoor(door, stored, behaviours));
}

/** Applies one door. A door has no defaults: a field that is removed is unset. */
function applyDoor(
  sent: DoorInfoBody,
  stored: DoorInfo = {},
  behaviours: Pick<Behaviours, "doorWrites" | "nulls" | "texts">,
): DoorInfo {
  const { doorWrites, nulls } = behaviours;
  const names = Object.keys(doorInfo.fields);
  const stays = (value: unknown) =>
    value === undefined ? doorWrites === "merge" : value === null && nulls === "keeps";
  const staying = names.filter((name) => stays(Reflect.get(sent, name)) && Object.hasOwn(stored, name));
  const { assignedCameraList, ...rest } = withoutNulls(sent);
  return {
    ...Object.fromEntries(staying.map((name) => [name, Reflect.get(stored, name)])),
    ...rest,
    ...(rest.doorName !== undefined && { doorName: storedText(rest.doorName, behaviours) }),
    ...(assignedCameraList && { assignedCameraList: assignedCameraList.filter((uuid) => uuid !== null) }),
  };
}

/** Doors as answers return them: with every field, null where it is unset. */
export function shownDoors(doors: Doors): ReadonlyMap<string, object> {
  return new Map([...doors].map(([key, door]) => [key, shown(doorInfo.fields, door)]));
}

/** An object as answers return it: with every field of the table, null where it is unset. */
export function shown(fields: FieldTable, values: object): object {
  const known = new Map<string, unknown>(Object.entries(values));
  return Object.fromEntries(Object.keys(fields).map((name) => [name, known.get(name) ?? null]));
}

/** A copy without the fields that are null or undefined. */
function withoutNulls<Fields extends object>(fields: Fields): { [Name in keyof Fields]: Exclude<Fields[Name], null> } {
  const set = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  // The names stay, and null is removed from the values, as the return type states.
  return Object.fromEntries(set) as { [Name in keyof Fields]: Exclude<Fields[Name], null> };
}

/**
 * The keys of the doors in several locations, by their own `locationUuid` and the locations of their cameras. Cameras
 * that the organization does not have are ignored.
 */
export function misconfiguredKeys(organization: Organization, doors: Doors): string[] {
  return [...doors].filter(([, door]) => locationsOf(organization, door).size > 1).map(([key]) => key);
}

/** The names of the doors in several locations; for a door without a name, its key. */
export function misconfiguredNames(organization: Organization, doors: Doors): string[] {
  return misconfiguredKeys(organization, doors).map((key) => doors.get(key)?.doorName ?? key);
}

function locationsOf(organization: Organization, door: DoorInfo): Set<string> {
  const ofCameras = (door.assignedCameraList ?? []).map((uuid) => organization.cameraLocations.get(uuid));
  return new Set([...ofCameras, door.locationUuid].filter((uuid) => uuid !== undefined));
}
