import * as pulumi from "@pulumi/pulumi";
import type { Query } from "./define/defineLookup";
import { defineMany } from "./define/defineMany";
import type { LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
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

const lookup = defineMany({
  name: "getCameras",
  by: ["name", "serialNumber"],
  search: (query: Query<GetCamerasArgs>, by) => cameraSearch(query, by),
  result: (cameras): GetCamerasResult => ({ cameras, uuids: cameras.map(({ uuid }) => uuid) }),
});

/**
 * Looks up cameras that are in service: all of them, those of a location, or some by name or serial number.
 * @param args What to look for. Default: all.
 * @param options Where to look.
 * @throws LookupError when one of the cameras is missing, unless `missing` is `"omit"`, or several have one name.
 */
export function getCameras(args: GetCamerasArgs = {}, options?: LookupOptions) {
  return lookup.promise(args, options);
}

/**
 * As {@link getCameras}, with outputs as arguments.
 * @param args What to look for. Default: all.
 * @param options Where and when to look.
 */
export function getCamerasOutput(args: GetCamerasOutputArgs = {}, options?: LookupOutputOptions) {
  return lookup.output(pulumi.output(args), options);
}
