import type { Register } from "../data/store";
import { failed, notUpdated, succeeded } from "../server/operation";
import type { Behaviours } from "./behaviours";

/**
 * The answer to a write with doors in more than one location, where {@link Behaviours.misconfiguredDoors} has it refused;
 * else undefined. `misconfiguredDoors` are their names.
 */
export function refuseMisconfigured(misconfiguredDoors: readonly string[], behaviours: Behaviours): object | undefined {
  if (behaviours.misconfiguredDoors === "stored" || misconfiguredDoors.length === 0) return undefined;
  return { ...notUpdated("Some doors are assigned to more than one location.", false), misconfiguredDoors };
}

/** Deletes an integration of which an organization has only one, as {@link Behaviours.deleteUnconfigured} says. */
export function deleteIntegration<Row>(register: Register<Row>, { deleteUnconfigured }: Behaviours): object {
  if (deleteUnconfigured === "error" && register.read() === undefined) {
    return failed("The integration is not configured for this organization.");
  }
  register.write(undefined);
  return succeeded;
}
