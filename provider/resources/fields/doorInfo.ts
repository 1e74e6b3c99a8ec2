import type { Input, Unwrap } from "@pulumi/pulumi";
import type { Modifiers } from "../../core/schema/field";
import { flag, integer, map, object, set, text } from "../../core/schema/fields";
import { ruuid } from "./ruuid";

/** What a program says about one door (vendor: `BadgeIntegrationDoorInfoType`). Everything is optional. */
export interface DoorInfoArgs {
  /** The cameras that watch the door, as RUUIDs without a facet suffix; a set: their order does not matter. */
  assignedCameraList?: Input<Input<string>[]>;
  /** The Rhombus location of the door, as an RUUID. One that differs from its cameras' shows in `misconfiguredDoors`. */
  locationUuid?: Input<string>;
  /** The door's name. */
  doorName?: Input<string>;
  /** How many seconds before a badge event its clip starts. */
  leadingSeconds?: Input<number>;
  /** The length of the clip; the vendor does not state the unit. Not negative. */
  clipDuration?: Input<number>;
  /** Whether Rhombus may unlock the door. Default: false. */
  remoteUnlock?: Input<boolean>;
  /** The path of sub-locations to the door: one or more RUUIDs joined by dots. */
  subLocationsHierarchyKey?: Input<string>;
}

/** What is stored about one door, as it comes back from Pulumi: the plain values of {@link DoorInfoArgs}. */
export type DoorInfo = Unwrap<DoorInfoArgs>;

const HIERARCHY = /^[A-Za-z0-9_-]{22}(?:\.[A-Za-z0-9_-]{22})*$/;

const doorInfoFields = {
  assignedCameraList: set(ruuid({ required: true }), { cleared: true }),
  locationUuid: ruuid(),
  doorName: text({ cleared: true }),
  leadingSeconds: integer({ min: 0, unit: "seconds", empty: 0 }),
  clipDuration: integer({ min: 0, empty: 0 }),
  remoteUnlock: flag(),
  subLocationsHierarchyKey: text({
    dropsEmpty: true,
    format: (written) => (HIERARCHY.test(written) ? undefined : "must be one or more RUUIDs joined by dots."),
  }),
};

/**
 * The doors of an integration by the key that the other vendor knows them by. Merged door by door and, inside a door,
 * field by field.
 * @param key Says what is wrong with a door key; `undefined` when nothing is.
 * @param modifiers What is said about it.
 */
export function doorInfoMap(key: (key: string) => string | undefined, modifiers: Modifiers = {}) {
  return map(object(doorInfoFields), { ...modifiers, key });
}

/**
 * Refuses a door key that is empty.
 * @param key The key.
 */
export function anyDoorKey(key: string): string | undefined {
  return key.trim() === "" ? "a door key must not be empty." : undefined;
}
