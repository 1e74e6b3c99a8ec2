import type { Organization } from "../../core/resource/definition";
import { foreignAmong, foreignText, type StackResource } from "../pulumi/stackResources";
import { type DoctorCheck, failed } from "./check";

/**
 * Checks that the resources with these settings belong to the organization that the settings open.
 * @param resources The resources of the stack.
 * @param organization The organization that the key belongs to; `undefined` if it could not be read.
 * @param provider The name of the explicit provider that the settings belong to; `undefined` for the stack config.
 */
export function ownershipCheck(
  resources: readonly StackResource[],
  organization: Organization | undefined,
  provider: string | undefined,
): DoctorCheck[] {
  const text = foreignText(foreignAmong(resources, organization?.uuid, provider));
  if (text === undefined) return [];
  const remedy = "Use the key of that organization: with this key, its objects are neither read nor changed.";
  return [failed("organization", text, remedy)];
}
