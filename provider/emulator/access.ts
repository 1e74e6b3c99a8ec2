import type { IncomingHttpHeaders } from "node:http";
import { type Caller, Refusal } from "./operation";
import type { SeedPartner } from "./seed";
import type { Organization, Store } from "./store";

/** What a call may work on: one organization, or a partner's fleet. */
export type Access =
  | {
      /** Inside one organization. */
      readonly scope: "organization";
      /** The organization. */
      readonly organization: Organization;
      /** Who calls. */
      readonly caller: Caller;
    }
  | {
      /** A partner's whole fleet. */
      readonly scope: "partner";
      /** The partner. */
      readonly partner: SeedPartner;
    };

/**
 * Finds out what a call may work on. Throws a {@link Refusal}: 401 without a key, 403 for a wrong key, a key under the wrong
 * scheme, a scheme that needs a client certificate, or a partner's call outside its clients.
 */
export function authorize(store: Store, headers: IncomingHttpHeaders, scope: Access["scope"]): Access {
  const key = headerText(headers["x-auth-apikey"]);
  if (!key) throw new Refusal(401, "Unauthorized", "No API key.");
  switch (headerText(headers["x-auth-scheme"])) {
    case "api-token":
      return asOrganization(store, key, scope);
    case "partner-api-token":
      return asPartner(store, key, scope, headerText(headers["x-auth-org"]));
    default:
      throw denied();
  }
}

function asOrganization(store: Store, key: string, scope: Access["scope"]): Access {
  const found = store.findApiKey(key);
  if (!found || scope === "partner") throw denied();
  const { organization, userUuid } = found;
  const user = organization.seed.users.find(({ uuid }) => uuid === userUuid);
  const name = user ? `${user.firstName} ${user.lastName}` : organization.seed.accountOwnerEmail;
  return { scope: "organization", organization, caller: { name, userUuid } };
}

function asPartner(store: Store, key: string, scope: Access["scope"], orgUuid: string | undefined): Access {
  const partner = store.findPartner(key);
  if (!partner) throw denied();
  if (scope === "partner") return { scope, partner };
  const client = partner.clients.find((each) => each.orgUuid === orgUuid && each.accessAllowed !== false);
  const organization = client && store.organizations.get(client.orgUuid);
  if (!organization) throw denied();
  return { scope, organization, caller: { name: partner.name, userUuid: null } };
}

function denied(): Refusal {
  return new Refusal(403, "Forbidden", "Access Denied");
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
