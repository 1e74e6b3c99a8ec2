import { flag, type InputsOf, integer, set, text } from "../../core/schema/fields";
import { adoptFlag } from "../fields/adopt";
import { objectName } from "../fields/objectName";
import { ruuid } from "../fields/ruuid";

/** A set that the program manages as a whole: left out, it is managed as empty. */
const authoritative = { whenUndeclared: [] };

/** The inputs of an access grant. */
export const fields = {
  /** The grant's name, at most 255 characters, unique among the program's grants of a location without regard to case. Default: the resource's name. */
  name: objectName(),
  /** The location of the grant, as an RUUID. Required. Forces replacement: the new grant is created before the old one is deleted. */
  locationUuid: ruuid({ of: "location", required: true, replaces: true }),
  /** The schedule in which the grant holds, as an RUUID; the `id` of a `Schedule` is one. Required, unless `always` is true. */
  scheduleUuid: ruuid({ of: "schedule" }),
  /** `true` for a grant that holds at all times. Required, unless `scheduleUuid` is declared: a missing line never widens access. */
  always: flag({ whenUndeclared: false }),
  /**
   * The doors of Rhombus Access Control that the grant opens, as RUUIDs; a set. The program manages all of them: a door that
   * someone adds is a change. Default: no doors; one of the three sets of doors is required, if only as `[]`.
   */
  accessControlledDoorUuids: set(ruuid({ of: "door", required: true }), { ...authoritative, entry: { noun: "door" } }),
  /** The elevator landings that the grant opens, as RUUIDs; a set, managed like `accessControlledDoorUuids`. Default: none. */
  accessControlledElevatorLandingUuids: set(ruuid({ required: true }), {
    ...authoritative,
    entry: { noun: "elevator landing" },
  }),
  /**
   * The labels of doors that the grant opens, in their exact form; a set, managed like `accessControlledDoorUuids`. Whoever gives
   * a door the label opens it to the people of the grant, at any location. Default: none.
   */
  doorLabelIds: set(text({ required: true }), { ...authoritative, entry: { noun: "door label" } }),
  /**
   * The access control groups that may open the doors, as RUUIDs; a set. The `id` of an `AccessControlGroup` is one. The program
   * manages all of them. Default: no groups; one of the two sets of people is required, if only as `[]`.
   */
  groupUuids: set(ruuid({ of: "group", required: true }), { ...authoritative, entry: { noun: "group" } }),
  /** The users who may open the doors, as RUUIDs; a set, managed like `groupUuids`. Default: none. */
  userUuids: set(ruuid({ of: "user", required: true }), { ...authoritative, entry: { noun: "user" } }),
  /**
   * `true` takes over the existing grant of this name at the location, and creates one if there is none. It applies on creation only
   * and is never a change. Default: an existing grant of this name is an error.
   */
  adopt: adoptFlag(),
};

/** The sets of doors, of which a program declares one at least. */
export const doorSets = ["accessControlledDoorUuids", "accessControlledElevatorLandingUuids", "doorLabelIds"] as const;

/** The sets of people, of which a program declares one at least. */
export const peopleSets = ["userUuids", "groupUuids"] as const;

/** The names of the sets of doors, or of people. */
export type SetNames = typeof doorSets | typeof peopleSets;

/** The outputs of an access grant. */
export const outputs = { orgUuid: text(), createdAtMillis: integer(), updatedAtMillis: integer() };

/** The checked inputs of an access grant. */
export type AccessGrantInputs = InputsOf<typeof fields>;
