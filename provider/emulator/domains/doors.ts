import { applyMap, storedText } from "../behaviours/applyWrite";
import type { Behaviours } from "../behaviours/behaviours";
import type { DoorInfo, Doors } from "../data/rows";
import type { Organization } from "../data/store";
import type { FieldTable } from "../server/shapes";
import { type DoorInfoBody, doorInfo } from "./schemas";

/** What the doors are after a write, as the behaviours for maps, doors and nulls say. */
export function applyDoors(
  sent: ReadonlyMap<string, DoorInfoBody | null> | null | undefined,
  current: Doors | undefined,
  behaviours: Behaviours,
): Doors {
  return applyMap(sent, current ?? new Map(), behaviours, (door, stored) => applyDoor(door, stored, behaviours));
}

/** A door has no defaults: a field that does not stay is not set. */
function applyDoor(
  sent: DoorInfoBody,
  stored: DoorInfo = {},
  behaviours: Pick<Behaviours, "doorWrites" | "nulls" | "texts">,
): DoorInfo {
  const { doorWrites, nulls } = behaviours;
  const names = Object.keys(doorInfo.fields);
  const stays = (value: unknown) =>
    value === undefined ? doorWrites === "merge" : value === null && nulls === "keeps";
  const kept = names.filter((name) => stays(Reflect.get(sent, name)) && Object.hasOwn(stored, name));
  const { assignedCameraList, ...rest } = withoutNulls(sent);
  return {
    ...Object.fromEntries(kept.map((name) => [name, Reflect.get(stored, name)])),
    ...rest,
    ...(rest.doorName !== undefined && { doorName: storedText(rest.doorName, behaviours) }),
    ...(assignedCameraList && { assignedCameraList: assignedCameraList.filter((uuid) => uuid !== null) }),
  };
}

/** Doors as an answer shows them: every field is there, null when it is not set. */
export function shownDoors(doors: Doors): ReadonlyMap<string, object> {
  return new Map([...doors].map(([key, door]) => [key, shown(doorInfo.fields, door)]));
}

/** An object as an answer shows it: every field of the table is there, null when it is not set. */
export function shown(fields: FieldTable, values: object): object {
  const known = new Map<string, unknown>(Object.entries(values));
  return Object.fromEntries(Object.keys(fields).map((name) => [name, known.get(name) ?? null]));
}

/** A copy without the fields that are null or undefined. */
function withoutNulls<Fields extends object>(fields: Fields): { [Name in keyof Fields]: Exclude<Fields[Name], null> } {
  const set = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  // The same names, fewer values: exactly what the return type says.
  return Object.fromEntries(set) as { [Name in keyof Fields]: Exclude<Fields[Name], null> };
}

/**
 * The keys of the doors that belong to more than one location, by their own `locationUuid` and by those of their cameras.
 * Cameras that the organization does not have say nothing about a location.
 */
export function misconfiguredKeys(organization: Organization, doors: Doors): string[] {
  return [...doors].filter(([, door]) => locationsOf(organization, door).size > 1).map(([key]) => key);
}

/** The names of the doors that {@link misconfiguredKeys} finds; a door without a name goes by its key. */
export function misconfiguredNames(organization: Organization, doors: Doors): string[] {
  return misconfiguredKeys(organization, doors).map((key) => doors.get(key)?.doorName ?? key);
}

function locationsOf(organization: Organization, door: DoorInfo): Set<string> {
  const ofCameras = (door.assignedCameraList ?? []).map((uuid) => organization.cameraLocations.get(uuid));
  return new Set([...ofCameras, door.locationUuid].filter((uuid) => uuid !== undefined));
}
