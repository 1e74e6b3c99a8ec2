import * as pulumi from "@pulumi/pulumi";
import type { Query } from "./define/defineLookup";
import { defineMany } from "./define/defineMany";
import type { LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
import { type CameraPlace, cameraSearch, type GetCameraResult } from "./lists/cameras";

/** The arguments of {@link getCameras}. At most one of `names` and `serialNumbers` is allowed. */
export interface GetCamerasArgs extends CameraPlace {
  /** The names to find. Default: all cameras. */
  names?: readonly string[];
  /** The serial numbers to find. Default: all cameras. */
  serialNumbers?: readonly string[];
}

/** The arguments of {@link getCamerasOutput}: those of {@link getCameras}, as values or outputs. */
export type GetCamerasOutputArgs = LookupOutputArgs<GetCamerasArgs>;

/** The result of {@link getCameras}. */
export interface GetCamerasResult {
  /** The cameras in the order of the arguments; for all, in the order of Rhombus's list. */
  readonly cameras: GetCameraResult[];
  /** The RUUIDs in the same order, as `assignedCameraList` of a door takes them. */
  readonly uuids: string[];
}

const lookup = defineMany({
  name: "getCameras",
  by: ["name", "serialNumber"],
  search: (query: Query<GetCamerasArgs>, by) => cameraSearch(query, by),
  result: (cameras): GetCamerasResult => ({ cameras, uuids: cameras.map(({ uuid }) => uuid) }),
});

/**
 * Looks up the cameras in service: all, or some by name or serial number, everywhere or at one location.
 * @param args The arguments. Default: `{}`, for all cameras.
 * @param options The provider to use.
 * @throws LookupError if a requested camera is missing, unless `missing` is `"omit"`, or if several have the same requested name.
 */
export function getCameras(args: GetCamerasArgs = {}, options?: LookupOptions) {
  return lookup.promise(args, options);
}

/**
 * Like {@link getCameras}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments. Default: `{}`, for all cameras.
 * @param options The provider to use, and dependencies.
 */
export function getCamerasOutput(args: GetCamerasOutputArgs = {}, options?: LookupOutputOptions) {
  return lookup.output(pulumi.output(args), options);
}
