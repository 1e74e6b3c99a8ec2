import type { Unwrap } from "@pulumi/pulumi";
import type { Modifiers } from "../../core/schema/field";
import { flag, integer, map, object, set, text } from "../../core/schema/fields";
import type { ArgsOf } from "./args";
import { ruuid } from "./ruuid";

const HIERARCHY = /^[A-Za-z0-9_-]{22}(?:\.[A-Za-z0-9_-]{22})*$/;

const doorInfo = {
  /** The cameras that watch the door, as RUUIDs without a facet suffix; a set: their order does not matter. */
  assignedCameraList: set(ruuid({ of: "camera", required: true }), { cleared: true }),
  /** The Rhombus location of the door, as an RUUID. A door whose cameras are at another location appears in `misconfiguredDoors`. */
  locationUuid: ruuid({ of: "location" }),
  /** The door's name. */
  doorName: text({ cleared: true }),
  /** The seconds by which a clip starts before its badge event. */
  leadingSeconds: integer({ min: 0, unit: "seconds", empty: 0 }),
  /** The length of the clip; Rhombus does not state the unit. Not negative. */
  clipDuration: integer({ min: 0, empty: 0 }),
  /** Allows Rhombus to unlock the door. Default: false. */
  remoteUnlock: flag(),
  /** The path of sub-locations to the door: one or more RUUIDs joined by dots. */
  subLocationsHierarchyKey: text({
    of: "locationPath",
    dropsEmpty: true,
    format: (written) => (HIERARCHY.test(written) ? undefined : "must be one or more RUUIDs joined by dots."),
  }),
};

/** The arguments of one door (Rhombus: `BadgeIntegrationDoorInfoType`). All are optional. */
export interface DoorInfoArgs extends ArgsOf<typeof doorInfo> {}

/** One door in outputs: the plain values of {@link DoorInfoArgs}. */
export type DoorInfo = Unwrap<DoorInfoArgs>;

/**
 * The doors of an integration by the badge vendor's key. They merge door by door and, inside a door, field by field.
 * @param key Checks a door key. Returns the mistake as the rest of a sentence, `undefined` for a correct key.
 * @param modifiers The options.
 */
export function doorInfoMap(key: (key: string) => string | undefined, modifiers: Modifiers = {}) {
  return map(object<typeof doorInfo, DoorInfoArgs>(doorInfo), {
    ...modifiers,
    key,
    entry: { noun: "door", name: "doorName" },
  });
}

/**
 * Refuses an empty door key.
 * @param key The key.
 */
export function anyDoorKey(key: string): string | undefined {
  return key.trim() === "" ? "a door key must not be empty." : undefined;
}
