import type { IncomingHttpHeaders } from "node:http";
import { type Caller, Refusal } from "./operation";
import type { SeedPartner } from "./seed";
import type { Organization, Store } from "./store";

/** What a call inside one organization may work on. */
export interface OrganizationAccess {
  /** The organization. */
  readonly organization: Organization;
  /** Who calls. */
  readonly caller: Caller;
}

/**
 * Finds the organization that a call may work in: the one of its API key, or with a partner's key the client that
 * `x-auth-org` names. Throws a {@link Refusal}: 401 without a key; 403 for a wrong key, a key under the wrong scheme, a
 * scheme that needs a client certificate, or an organization that the partner does not manage.
 */
export function authorizeInOrganization(store: Store, headers: IncomingHttpHeaders): OrganizationAccess {
  const { key, scheme } = credentialsIn(headers);
  if (scheme === "api-token") return organizationOf(store, key);
  const partner = partnerOf(store, key, scheme);
  const orgUuid = headerText(headers["x-auth-org"]);
  const client = partner.clients.find((each) => each.orgUuid === orgUuid && each.accessAllowed !== false);
  const organization = client && store.organizations.get(client.orgUuid);
  if (!organization) throw denied();
  return { organization, caller: { name: partner.name, userUuid: null } };
}

/**
 * Finds the partner whose whole fleet a call works on. Throws a {@link Refusal}: 401 without a key, 403 for anything but a
 * partner's key under the partner's scheme.
 */
export function authorizePartner(store: Store, headers: IncomingHttpHeaders): SeedPartner {
  const { key, scheme } = credentialsIn(headers);
  return partnerOf(store, key, scheme);
}

function credentialsIn(headers: IncomingHttpHeaders): { key: string; scheme: string | undefined } {
  const key = headerText(headers["x-auth-apikey"]);
  if (!key) throw new Refusal(401, "Unauthorized", "No API key.");
  return { key, scheme: headerText(headers["x-auth-scheme"]) };
}

function organizationOf(store: Store, key: string): OrganizationAccess {
  const found = store.findApiKey(key);
  if (!found) throw denied();
  const { organization, userUuid } = found;
  const user = organization.seed.users.find(({ uuid }) => uuid === userUuid);
  const name = user ? `${user.firstName} ${user.lastName}` : organization.seed.accountOwnerEmail;
  return { organization, caller: { name, userUuid } };
}

function partnerOf(store: Store, key: string, scheme: string | undefined): SeedPartner {
  const partner = scheme === "partner-api-token" ? store.findPartner(key) : undefined;
  if (!partner) throw denied();
  return partner;
}

function denied(): Refusal {
  return new Refusal(403, "Forbidden", "Access Denied");
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
