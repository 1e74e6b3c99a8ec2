import * as pulumi from "@pulumi/pulumi";
import type { Query } from "./define/defineLookup";
import { defineOne } from "./define/defineOne";
import type { LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
import { type CameraPlace, cameraSearch, type GetCameraResult } from "./lists/cameras";

/** Which camera to look up: by one of name and serial number. */
export interface GetCameraArgs extends CameraPlace {
  /** Its name. Upper and lower case are the same, unless two differ in nothing else. */
  name?: string;
  /** Its serial number. */
  serialNumber?: string;
}

/** As {@link GetCameraArgs}, with outputs. */
export type GetCameraOutputArgs = LookupOutputArgs<GetCameraArgs>;

const lookup = defineOne({
  name: "getCamera",
  by: ["name", "serialNumber"],
  search: (query: Query<GetCameraArgs>, by) => cameraSearch(query, by),
});

/**
 * Looks up a camera by name, everywhere or at one location, or by serial number.
 * @param args What to look for.
 * @param options Where to look.
 * @returns What fits; `undefined` where it is missing and `missing` is `"omit"`.
 * @throws LookupError when no camera fits, unless `missing` is `"omit"`, or several fit.
 */
export function getCamera(
  args: GetCameraArgs & { missing?: "error" },
  options?: LookupOptions,
): Promise<GetCameraResult>;
export function getCamera(args: GetCameraArgs, options?: LookupOptions): Promise<GetCameraResult | undefined>;
export function getCamera(args: GetCameraArgs, options?: LookupOptions) {
  return lookup.promise(args, options);
}

/**
 * As {@link getCamera}, with outputs as arguments.
 * @param args What to look for.
 * @param options Where and when to look.
 */
export function getCameraOutput(
  args: GetCameraOutputArgs & { missing?: "error" },
  options?: LookupOutputOptions,
): pulumi.Output<GetCameraResult>;
export function getCameraOutput(
  args: GetCameraOutputArgs,
  options?: LookupOutputOptions,
): pulumi.Output<GetCameraResult | undefined>;
export function getCameraOutput(args: GetCameraOutputArgs, options?: LookupOutputOptions) {
  return lookup.output(pulumi.output(args), options);
}
