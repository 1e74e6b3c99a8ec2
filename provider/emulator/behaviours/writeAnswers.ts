import type { Register } from "../data/store";
import { failed, notUpdated, succeeded } from "../server/operation";
import type { Behaviours } from "./behaviours";

/**
 * The answer that refuses a write with doors in several locations; undefined if {@link Behaviours.misconfiguredDoors}
 * stores them, or if there are none. `misconfiguredDoors` are their names.
 */
export function refuseMisconfigured(misconfiguredDoors: readonly string[], behaviours: Behaviours): object | undefined {
  if (behaviours.misconfiguredDoors === "stored" || misconfiguredDoors.length === 0) return undefined;
  return { ...notUpdated("Some doors are assigned to more than one location.", false), misconfiguredDoors };
}

/** Deletes the one integration of its kind, by {@link Behaviours.deleteUnconfigured}. */
export function deleteIntegration<Row>(register: Register<Row>, { deleteUnconfigured }: Behaviours): object {
  if (deleteUnconfigured === "error" && register.read() === undefined) {
    return failed("The integration is not configured for this organization.");
  }
  register.write(undefined);
  return succeeded;
}
