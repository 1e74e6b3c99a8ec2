import type { LookupCall } from "./define/defineLookup";
import { defineMany, defineOne } from "./define/defineSearch";
import type { LookupOutputArgs, LookupPlace } from "./define/lookupOptions";
import { doorSearch, type GetAccessControlledDoorResult } from "./lists/accessControlledDoors";

/** The arguments of {@link getAccessControlledDoor}. */
export interface GetAccessControlledDoorArgs extends LookupPlace {
  /** The name. Case is ignored, unless several names differ only in case. */
  name: string;
}

/** The arguments of {@link getAccessControlledDoorOutput}: those of {@link getAccessControlledDoor}, as values or outputs. */
export type GetAccessControlledDoorOutputArgs = LookupOutputArgs<GetAccessControlledDoorArgs>;

/** The arguments of {@link getAccessControlledDoors}. */
export interface GetAccessControlledDoorsArgs extends LookupPlace {
  /** The names to find. Default: all doors of Rhombus Access Control. */
  names?: readonly string[];
}

/** The arguments of {@link getAccessControlledDoorsOutput}: those of {@link getAccessControlledDoors}, as values or outputs. */
export type GetAccessControlledDoorsOutputArgs = LookupOutputArgs<GetAccessControlledDoorsArgs>;

/** The result of {@link getAccessControlledDoors}. */
export interface GetAccessControlledDoorsResult {
  /** The doors in the order of the arguments; for all, in the order of Rhombus's list. */
  readonly doors: GetAccessControlledDoorResult[];
  /** The RUUIDs in the same order, as `accessControlledDoorUuids` of an access grant takes them. */
  readonly uuids: string[];
}

const door = defineOne({
  name: "getAccessControlledDoor",
  by: ["name"],
  alsoTakes: ["location", "locationUuid"],
  search: (call: LookupCall<GetAccessControlledDoorArgs>) => doorSearch(call),
});

const doors = defineMany({
  name: "getAccessControlledDoors",
  by: ["name"],
  alsoTakes: ["location", "locationUuid"],
  search: (call: LookupCall<GetAccessControlledDoorsArgs>) => doorSearch(call),
  result: (doors): GetAccessControlledDoorsResult => ({ doors, uuids: doors.map(({ uuid }) => uuid) }),
});

/**
 * Looks up a door of Rhombus Access Control by name, anywhere or at one location. It does not find doors of OnGuard, Genea or Kisi.
 * @function
 */
export const getAccessControlledDoor = door.promise;

/**
 * Like {@link getAccessControlledDoor}, for outputs: accepts them as arguments and returns an output.
 * @function
 */
export const getAccessControlledDoorOutput = door.output;

/**
 * Looks up the doors of Rhombus Access Control: all, or some by name, everywhere or at one location. It does not find doors of OnGuard, Genea or Kisi.
 * @param args The arguments. Default: `{}`, for all doors of Rhombus Access Control.
 * @param options The provider to use.
 * @throws LookupError if a requested door is missing, unless `missing` is `"omit"`, or if several have the same requested name.
 * @function
 */
export const getAccessControlledDoors = doors.promise;

/**
 * Like {@link getAccessControlledDoors}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments. Default: `{}`, for all doors of Rhombus Access Control.
 * @param options The provider to use, and dependencies.
 * @function
 */
export const getAccessControlledDoorsOutput = doors.output;
