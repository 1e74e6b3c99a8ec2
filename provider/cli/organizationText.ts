import type { Organization } from "../core/resource/definition";

/**
 * The name and RUUID of an organization, for messages.
 * @param organization The organization; `undefined` if the key may not read it.
 */
export function organizationText(organization: Organization | undefined): string {
  if (organization === undefined) return "The organization of this key";
  return organization.name ? `${organization.name} (${organization.uuid})` : organization.uuid;
}
