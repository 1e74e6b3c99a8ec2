import type { LookupCall } from "./define/defineLookup";
import { defineMany, defineOne } from "./define/defineSearch";
import type { LookupOutputArgs } from "./define/lookupOptions";
import { type CameraPlace, cameraSearch, type GetCameraResult } from "./lists/cameras";

/** The arguments of {@link getCamera}. Exactly one of `name` and `serialNumber` is required. */
export interface GetCameraArgs extends CameraPlace {
  /** The name. Case is ignored, unless several names differ only in case. */
  name?: string;
  /** The serial number. Case is ignored. */
  serialNumber?: string;
}

/** The arguments of {@link getCameraOutput}: those of {@link getCamera}, as values or outputs. */
export type GetCameraOutputArgs = LookupOutputArgs<GetCameraArgs>;

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

const camera = defineOne({
  name: "getCamera",
  by: ["name", "serialNumber"],
  alsoTakes: ["location", "locationUuid"],
  search: (call: LookupCall<GetCameraArgs>, by) => cameraSearch(call, by),
});

const cameras = defineMany({
  name: "getCameras",
  by: ["name", "serialNumber"],
  alsoTakes: ["location", "locationUuid"],
  search: (call: LookupCall<GetCamerasArgs>, by) => cameraSearch(call, by),
  result: (cameras): GetCamerasResult => ({ cameras, uuids: cameras.map(({ uuid }) => uuid) }),
});

/**
 * Looks up a camera in service by name or serial number.
 * @function
 */
export const getCamera = camera.promise;

/**
 * Like {@link getCamera}, for outputs: accepts them as arguments and returns an output.
 * @function
 */
export const getCameraOutput = camera.output;

/**
 * Looks up the cameras in service: all, or some by name or serial number, everywhere or at one location.
 * @param args The arguments. Default: `{}`, for all cameras.
 * @param options The provider to use.
 * @throws LookupError if a requested camera is missing, unless `missing` is `"omit"`, or if several have the same requested name.
 * @function
 */
export const getCameras = cameras.promise;

/**
 * Like {@link getCameras}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments. Default: `{}`, for all cameras.
 * @param options The provider to use, and dependencies.
 * @function
 */
export const getCamerasOutput = cameras.output;
