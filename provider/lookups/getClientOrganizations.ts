import * as pulumi from "@pulumi/pulumi";
import type { PartnerClient } from "../rhombus/api/schemas/directory";
import { listOf } from "./define/arguments";
import {
  type Lookup,
  type LookupMissing,
  type LookupOptions,
  type LookupOutputArgs,
  type LookupOutputOptions,
  lookUp,
  lookUpOutput,
} from "./define/defineLookup";
import { all, type Search } from "./define/search";

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

const lookup: Lookup<GetClientOrganizationsArgs, GetClientOrganizationsResult> = {
  name: "getClientOrganizations",
  ofPartner: true,
  async find(directory, args) {
    const { wanted } = listOf(args, ["names"]);
    const search: Search<ClientOrganization> = {
      nouns: ["client organization", "client organizations"],
      items: (await directory.clients()).flatMap(shown),
      by: "name",
      of: ({ name }) => name,
      told: ({ name, uuid }) => `${JSON.stringify(name)} (${uuid})`,
      narrower: "Use the RUUID itself.",
    };
    const organizations = await all(search, wanted, { directory, args });
    return { organizations, uuids: organizations.map(({ uuid }) => uuid) };
  },
};

/**
 * Looks up the organizations that a partner manages: all of them, or some by name. It needs a partner's key.
 * @param args What to look for. Default: all.
 * @param options Where to look.
 * @throws LookupError when one of the names is missing, unless `missing` is `"omit"`, or fits several.
 */
export function getClientOrganizations(
  args: GetClientOrganizationsArgs = {},
  options: LookupOptions = {},
): Promise<GetClientOrganizationsResult> {
  return lookUp(lookup, args, options);
}

/**
 * As {@link getClientOrganizations}, with outputs as arguments.
 * @param args What to look for. Default: all.
 * @param options Where and when to look.
 */
export function getClientOrganizationsOutput(
  args: GetClientOrganizationsOutputArgs = {},
  options: LookupOutputOptions = {},
): pulumi.Output<GetClientOrganizationsResult> {
  return lookUpOutput(lookup, pulumi.output(args), options);
}

function shown({ clientOrgUuid: uuid, clientOrgName, clientAccessAllowed }: PartnerClient): ClientOrganization[] {
  return uuid ? [{ uuid, name: clientOrgName ?? "", accessAllowed: clientAccessAllowed === true }] : [];
}
