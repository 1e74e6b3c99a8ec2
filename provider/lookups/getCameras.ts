import * as pulumi from "@pulumi/pulumi";
import { listOf } from "./define/arguments";
import {
  type Lookup,
  type LookupOptions,
  type LookupOutputArgs,
  type LookupOutputOptions,
  lookUp,
  lookUpOutput,
} from "./define/defineLookup";
import { all } from "./define/search";
import { type CameraPlace, cameraSearch, type GetCameraResult } from "./lists/cameras";

/** Which cameras to look up: by one of names and serial numbers, or all. */
export interface GetCamerasArgs extends CameraPlace {
  /** Their names. Default: all cameras. */
  names?: readonly string[];
  /** Their serial numbers. Default: all cameras. */
  serialNumbers?: readonly string[];
}

/** As {@link GetCamerasArgs}, with outputs. */
export type GetCamerasOutputArgs = LookupOutputArgs<GetCamerasArgs>;

/** Cameras. */
export interface GetCamerasResult {
  /** The cameras: in the order in which they were asked for, else as Rhombus lists them. */
  readonly cameras: GetCameraResult[];
  /** Their RUUIDs, in the same order: what `assignedCameraList` of a door takes. */
  readonly uuids: string[];
}

const lookup: Lookup<GetCamerasArgs, GetCamerasResult> = {
  name: "getCameras",
  async find(directory, args) {
    const { name, wanted } = listOf(args, ["names", "serialNumbers"]);
    const search = await cameraSearch(directory, name === "names" ? "name" : "serialNumber", args);
    const cameras = await all(search, wanted, { directory, args });
    return { cameras, uuids: cameras.map(({ uuid }) => uuid) };
  },
};

/**
 * Looks up cameras that are in service: all of them, those of a location, or some by name or serial number.
 * @param args What to look for. Default: all.
 * @param options Where to look.
 * @throws LookupError when one of the cameras is missing, unless `missing` is `"omit"`, or several have one name.
 */
export function getCameras(args: GetCamerasArgs = {}, options: LookupOptions = {}): Promise<GetCamerasResult> {
  return lookUp(lookup, args, options);
}

/**
 * As {@link getCameras}, with outputs as arguments.
 * @param args What to look for. Default: all.
 * @param options Where and when to look.
 */
export function getCamerasOutput(
  args: GetCamerasOutputArgs = {},
  options: LookupOutputOptions = {},
): pulumi.Output<GetCamerasResult> {
  return lookUpOutput(lookup, pulumi.output(args), options);
}
