import type { Organization } from "../../core/resource/definition";
import { organizationText } from "../organizationText";
import { quoted } from "../output/plainText";
import { foreignAmong, foreignText, type StackResource } from "../pulumi/stackResources";
import { urnOf } from "../pulumi/state";
import { type DoctorCheck, failed } from "./check";

/**
 * Checks that the resources with these settings belong to the organization that the settings open.
 * @param resources The resources of the stack.
 * @param organization The organization that the key belongs to; `undefined` if it could not be read.
 * @param provider The name or URN of the explicit provider that the settings belong to; `undefined` for the stack config.
 */
export function ownershipCheck(
  resources: readonly StackResource[],
  organization: Organization | undefined,
  provider: string | undefined,
): DoctorCheck[] {
  const text = foreignText(foreignAmong(resources, organization?.uuid, provider));
  if (text === undefined) return [];
  const remedy = "Use the key of that organization: with this key, its objects are neither read nor changed.";
  return [failed("organization", `${text}, but the key belongs to ${organizationText(organization)}`, remedy)];
}

/**
 * Checks the same for an explicit provider, with the settings of its last deployment. A deployment with the same program does not
 * correct them.
 * @param resources The resources of the stack.
 * @param organization The organization that the key of the provider belongs to; `undefined` if it could not be read.
 * @param provider The URN of the provider.
 */
export function deployedOwnershipCheck(
  resources: readonly StackResource[],
  organization: Organization | undefined,
  provider: string,
): DoctorCheck[] {
  const text = foreignText(foreignAmong(resources, organization?.uuid, provider));
  if (text === undefined) return [];
  const opened = `the provider ${quoted(urnOf(provider).name)} opens ${organizationText(organization)}`;
  const remedy =
    "In the program, give the provider the key of that organization, or the resources their former provider; then run `pulumi up`.";
  return [failed("deployed", `${text}, but ${opened}: with its key, they are neither read nor changed`, remedy)];
}
