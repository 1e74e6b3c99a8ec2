import { applyMap, storedText } from "../../behaviours/applyWrite";
import type { Behaviours } from "../../behaviours/behaviours";
import type { Organization } from "../../data/store";
import { type Accepted, flag, int32, list, object, ruuid, ruuidPath, text } from "../../server/shapes";
import { shown } from "./integration";

/** A door of a badge integration. A field that is absent is not set. */
export interface DoorInfo {
  /** The cameras that watch the door, by uuid. */
  readonly assignedCameraList?: readonly string[];
  /** Length of the saved clip; Rhombus does not state the unit. */
  readonly clipDuration?: number;
  /** The door's name in the console. */
  readonly doorName?: string;
  /** Start of the clip, in seconds before the badge event. */
  readonly leadingSeconds?: number;
  /** The location the door belongs to. */
  readonly locationUuid?: string;
  /** True if the console can unlock the door. */
  readonly remoteUnlock?: boolean;
  /** The sub-location of the door: RUUIDs joined by dots. */
  readonly subLocationsHierarchyKey?: string;
}

/** Doors by their key at the badge vendor. */
export type Doors = ReadonlyMap<string, DoorInfo>;

/** Doors as plain objects. */
export type DoorRecord = Readonly<Record<string, DoorInfo>>;

/** A door of any badge integration (`BadgeIntegrationDoorInfoType`). */
export const doorInfo = object({
  assignedCameraList: list(ruuid),
  clipDuration: int32,
  doorName: text,
  leadingSeconds: int32,
  locationUuid: ruuid,
  remoteUnlock: flag,
  subLocationsHierarchyKey: ruuidPath,
});

type DoorInfoBody = NonNullable<Accepted<typeof doorInfo>>;

/** Doors from plain objects; no doors when absent. */
export function doorsFrom(record: DoorRecord = {}): Doors {
  return new Map(Object.entries(record));
}

/** Doors with one door set, or removed with undefined. */
export function withDoor(doors: Doors, key: string, door: DoorInfo | undefined): Doors {
  const changed = new Map(doors);
  if (door) changed.set(key, door);
  else changed.delete(key);
  return changed;
}

/** Applies the doors of a write by the behaviours for maps, doors and nulls. */
export function applyDoors(
  sent: ReadonlyMap<string, DoorInfoBody | null> | null | undefined,
  current: Doors | undefined,
  behaviours: Behaviours,
): Doors {
  return applyMap(sent, current ?? new Map(), behaviours, (door, stored) => applyDoor(door, stored, behaviours));
}

/** Applies one door. A door has no defaults: a field that is removed is unset. */
function applyDoor(sent: DoorInfoBody, stored: DoorInfo = {}, behaviours: Behaviours): DoorInfo {
  const { doorWrites, nulls } = behaviours;
  const stays = (value: unknown) =>
    value === undefined ? doorWrites === "merge" : value === null && nulls === "keeps";
  const staying = Object.entries(stored).filter(([name]) => stays(Reflect.get(sent, name)));
  const { assignedCameraList, ...rest } = withoutNulls(sent);
  return {
    ...Object.fromEntries(staying),
    ...rest,
    ...(rest.doorName !== undefined && { doorName: storedText(rest.doorName, behaviours) }),
    ...(assignedCameraList && { assignedCameraList: assignedCameraList.filter((uuid) => uuid !== null) }),
  };
}

/** Doors as answers return them: with every field, null where it is unset. */
export function shownDoors(doors: Doors): ReadonlyMap<string, object> {
  return new Map([...doors].map(([key, door]) => [key, shown(doorInfo.fields, door)]));
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
