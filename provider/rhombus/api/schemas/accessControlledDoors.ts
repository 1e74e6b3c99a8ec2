import * as v from "valibot";
import { fields, list, map, oneOfOrNewer, text } from "./schema";

const door = fields({
  /** An RUUID. */
  uuid: text,
  /** The organization, an RUUID. */
  orgUuid: text,
  /** The location, an RUUID. */
  locationUuid: text,
  name: text,
  /** The listing may contain elevators and their landings. */
  type: oneOfOrNewer<"AccessControlledDoor" | "AccessControlledElevator" | "AccessControlledElevatorLanding">(),
  /** The maker of its lock. */
  subType: oneOfOrNewer<"RHOMBUS" | "APERIO">(),
});

/** A door of Rhombus Access Control (Rhombus: `AccessControlledDoorType`). */
export type AccessControlledDoor = v.InferOutput<typeof door>;

/** A request for one page of doors. */
export interface DoorPageRequest {
  /** The key in the answer with the previous page. Absent: the first page. */
  lastEvaluatedKey?: string | null;
}

/** One page of doors. */
export const doorPageAnswer = fields({
  accessControlledDoors: list(door),
  /** The key for the next page; blank if this is the last one. */
  lastEvaluatedKey: text,
});

/** The labels of doors. Rhombus does not document which are the keys: the doors, with their labels as values, or the labels. */
export const doorLabelsAnswer = fields({ accessControlledDoorLabels: map(v.array(v.nullable(v.string()))) });
