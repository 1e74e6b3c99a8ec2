import type { OrganizationBound } from "../core/ownership/organizationGuard";
import type { Organization } from "../core/resource/definition";

/** The subject of a command that reads an organization, not a resource of a state: only the settings name an organization. */
export const noResource: OrganizationBound = { prior: {}, label: "the object" };

/**
 * The name and RUUID of an organization, for messages.
 * @param organization The organization; `undefined` if the key may not read it.
 */
export function organizationText(organization: Organization | undefined): string {
  if (organization === undefined) return "The organization of this key";
  return organization.name ? `${organization.name} (${organization.uuid})` : organization.uuid;
}
