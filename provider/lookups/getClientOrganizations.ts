import * as pulumi from "@pulumi/pulumi";
import type { PartnerClient } from "../rhombus/api/schemas/directory";
import type { Query } from "./define/defineLookup";
import { defineMany } from "./define/defineMany";
import type { LookupMissing, LookupOptions, LookupOutputArgs, LookupOutputOptions } from "./define/lookupOptions";
import type { Search } from "./define/search";

/** Which organizations of a partner to look up. */
export interface GetClientOrganizationsArgs extends LookupMissing {
  /** Their names. Default: all of them. */
  names?: readonly string[];
}

/** As {@link GetClientOrganizationsArgs}, with outputs. */
export type GetClientOrganizationsOutputArgs = LookupOutputArgs<GetClientOrganizationsArgs>;

/** An organization that a partner manages. */
export interface ClientOrganization {
  /** Its RUUID: what `orgUuid` of a `Provider` takes. */
  readonly uuid: string;
  /** Its name. */
  readonly name: string;
  /** Whether it lets the partner in. */
  readonly accessAllowed: boolean;
}

/** Organizations that a partner manages. */
export interface GetClientOrganizationsResult {
  /** The organizations: in the order of the names, else as Rhombus lists them. */
  readonly organizations: ClientOrganization[];
  /** Their RUUIDs, in the same order. */
  readonly uuids: string[];
}

const lookup = defineMany({
  name: "getClientOrganizations",
  ofPartner: true,
  by: ["name"],
  search: async ({ directory }: Query<GetClientOrganizationsArgs>): Promise<Search<ClientOrganization>> => ({
    nouns: ["client organization", "client organizations"],
    items: (await directory.clients.items()).flatMap(resultOf),
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
 * Looks up the organizations that a partner manages: all of them, or some by name. It needs a partner's key.
 * @param args What to look for. Default: all.
 * @param options Where to look.
 * @throws LookupError when one of the names is missing, unless `missing` is `"omit"`, or fits several.
 */
export function getClientOrganizations(args: GetClientOrganizationsArgs = {}, options?: LookupOptions) {
  return lookup.promise(args, options);
}

/**
 * As {@link getClientOrganizations}, with outputs as arguments.
 * @param args What to look for. Default: all.
 * @param options Where and when to look.
 */
export function getClientOrganizationsOutput(
  args: GetClientOrganizationsOutputArgs = {},
  options?: LookupOutputOptions,
) {
  return lookup.output(pulumi.output(args), options);
}

function resultOf({ clientOrgUuid: uuid, clientOrgName, clientAccessAllowed }: PartnerClient): ClientOrganization[] {
  return uuid ? [{ uuid, name: clientOrgName ?? "", accessAllowed: clientAccessAllowed === true }] : [];
}
