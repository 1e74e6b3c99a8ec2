import type { Row } from "../../page/table";
import type { Names } from "../names";
import type { DoorInfo, DoorRecord } from "./doors";

/** The headings of the columns of {@link doorRows}. */
export const doorColumns = ["Door", "Name", "Cameras", "Location", "Remote unlock"] as const;

/**
 * Doors as the page shows them, each with a button per camera that unlinks it. `target` identifies the integration;
 * `setDoor` sets a door, and is absent where the console cannot.
 */
export function doorRows(
  names: Names,
  doors: DoorRecord,
  target: string,
  setDoor?: (key: string, door: DoorInfo) => void,
): Row[] {
  return Object.entries(doors).map(([key, door]) => {
    const { assignedCameraList: cameras = [], doorName = "", locationUuid, remoteUnlock } = door;
    const object = `from door ${doorName === "" ? key : `"${doorName}" (${key})`}`;
    return {
      cells: [
        key,
        doorName,
        cameras.map(names.camera),
        locationUuid === undefined ? "" : names.location(locationUuid),
        remoteUnlock ? "yes" : "no",
      ],
      ...(setDoor && {
        actions: cameras.map((camera) => ({
          label: `Unlink ${names.camera(camera)}`,
          object,
          target: `${target} ${key} ${camera}`,
          run() {
            setDoor(key, { ...door, assignedCameraList: cameras.filter((each) => each !== camera) });
            return `camera "${names.camera(camera)}" unlinked ${object}`;
          },
        })),
      }),
    };
  });
}

/** The options that are not off, such as `saveClips, badgeFaceVerificationMode SHADOW`. */
export function optionsText(options: object): string {
  const set = Object.entries(options).filter(([, value]) => value !== false && value !== "OFF");
  return set.map(([name, value]) => (value === true ? name : `${name} ${value}`)).join(", ") || "none";
}

/** The settings of an integration as a whole: it is on or off, and options that are not off. */
export function settingsText(enabled: boolean, options: object): string {
  return `${enabled ? "Enabled" : "Disabled"}. Options: ${optionsText(options)}.`;
}
