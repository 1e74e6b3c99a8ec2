import type { PartnerClient } from "../rhombus/api/schemas/directory";
import type { LookupCall } from "./define/defineLookup";
import { defineMany } from "./define/defineSearch";
import type { LookupMissing, LookupOutputArgs } from "./define/lookupOptions";
import type { Search } from "./define/search";

/** The arguments of {@link getClientOrganizations}. */
export interface GetClientOrganizationsArgs extends LookupMissing {
  /** The names to find. Default: all client organizations. */
  names?: readonly string[];
}

/** The arguments of {@link getClientOrganizationsOutput}: those of {@link getClientOrganizations}, as values or outputs. */
export type GetClientOrganizationsOutputArgs = LookupOutputArgs<GetClientOrganizationsArgs>;

/** An organization that a partner manages. */
export interface ClientOrganization {
  /** The RUUID, as `orgUuid` of a `Provider` takes it. */
  readonly uuid: string;
  /** The name. */
  readonly name: string;
  /** True if the organization allows the partner access. */
  readonly accessAllowed: boolean;
}

/** The result of {@link getClientOrganizations}. */
export interface GetClientOrganizationsResult {
  /** The organizations in the order of the arguments; for all, in the order of Rhombus's list. */
  readonly organizations: ClientOrganization[];
  /** The RUUIDs in the same order. */
  readonly uuids: string[];
}

const clientOrganizations = defineMany({
  name: "getClientOrganizations",
  ofPartner: true,
  by: ["name"],
  search: async ({ directory }: LookupCall<GetClientOrganizationsArgs>): Promise<Search<ClientOrganization>> => ({
    nouns: ["client organization", "client organizations"],
    items: (await directory.clients()).flatMap(resultOf),
    by: "name",
    textOf: ({ name }) => name,
    describe: ({ name, uuid }) => `${JSON.stringify(name)} (${uuid})`,
    remedy: "Use the RUUID itself.",
  }),
  result: (organizations): GetClientOrganizationsResult => ({
    organizations,
    uuids: organizations.map(({ uuid }) => uuid),
  }),
});

/**
 * Looks up the organizations that a partner manages: all, or some by name. Requires a partner's key.
 * @param args The arguments. Default: `{}`, for all client organizations.
 * @param options The provider to use.
 * @throws LookupError if a requested client organization is missing, unless `missing` is `"omit"`, or if several have the same requested name.
 * @function
 */
export const getClientOrganizations = clientOrganizations.promise;

/**
 * Like {@link getClientOrganizations}, for outputs: accepts them as arguments and returns an output.
 * @param args The arguments. Default: `{}`, for all client organizations.
 * @param options The provider to use, and dependencies.
 * @function
 */
export const getClientOrganizationsOutput = clientOrganizations.output;

function resultOf({ clientOrgUuid: uuid, clientOrgName, clientAccessAllowed }: PartnerClient): ClientOrganization[] {
  return uuid ? [{ uuid, name: clientOrgName ?? "", accessAllowed: clientAccessAllowed === true }] : [];
}
