import * as pulumi from "@pulumi/pulumi";
import type { Query } from "./define/defineLookup";
import { defineOne } from "./define/defineOne";
import type { LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
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

const lookup = defineOne({
  name: "getCamera",
  by: ["name", "serialNumber"],
  search: (query: Query<GetCameraArgs>, by) => cameraSearch(query, by),
});

/**
 * Looks up a camera in service by name or serial number.
 * @param args The arguments.
 * @param options The provider to use.
 * @returns The camera; `undefined` if there is none and `missing` is `"omit"`.
 * @throws LookupError if no camera matches, unless `missing` is `"omit"`, or if several match.
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
 * Like {@link getCamera}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments.
 * @param options The provider to use, and dependencies.
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
