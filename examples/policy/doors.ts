import { type ReportViolation, type ResourceValidationArgs, validateResourceOfType } from "@pulumi/policy";
import * as rhombus from "pulumi-rhombus";

/** A door that a program maps. */
export interface Door {
  /**
   * `kisi/<number>`, `genea/<id>` or `onguard/<display name>/<controller:device>`, not the name of the resource, which says
   * nothing about the door.
   */
  readonly name: string;
  readonly cameras: readonly string[];
  readonly remoteUnlock: boolean;
}

/** The inputs in which integrations map doors. */
interface Doors {
  readonly doorInfoMap?: Readonly<Record<string, rhombus.DoorInfo>>;
  readonly placeToSettingsMap?: Readonly<Record<string, Doors>>;
  /** Only of Kisi with `apiVersion: "V1"`. */
  readonly doorToCameraMap?: Readonly<Record<string, readonly string[]>>;
}

/** Validates each door of each integration. The check returns what is wrong with a door. */
export function eachDoor(check: (door: Door, args: ResourceValidationArgs) => string | undefined) {
  const validate = (doors: readonly Door[], args: ResourceValidationArgs, report: ReportViolation) => {
    for (const problem of doors.map((door) => check(door, args))) {
      if (problem !== undefined) report(problem);
    }
  };
  return [
    validateResourceOfType(rhombus.OnGuardIntegration, (props, args, report) =>
      validate(doorsOf(props, `onguard/${props.displayName ?? args.name}`), args, report),
    ),
    validateResourceOfType(rhombus.GeneaIntegration, (props, args, report) =>
      validate(doorsOf(props, "genea"), args, report),
    ),
    validateResourceOfType(rhombus.KisiIntegration, (props, args, report) =>
      validate(doorsOf(props, "kisi"), args, report),
    ),
  ];
}

function doorsOf({ doorInfoMap = {}, doorToCameraMap = {}, placeToSettingsMap = {} }: Doors, system: string): Door[] {
  const keys = new Set([...Object.keys(doorInfoMap), ...Object.keys(doorToCameraMap)]);
  const own = [...keys].map((key) => ({
    name: `${system}/${key}`,
    cameras: doorInfoMap[key]?.assignedCameraList ?? doorToCameraMap[key] ?? [],
    remoteUnlock: doorInfoMap[key]?.remoteUnlock === true,
  }));
  return [...own, ...Object.values(placeToSettingsMap).flatMap((place) => doorsOf(place, system))];
}
