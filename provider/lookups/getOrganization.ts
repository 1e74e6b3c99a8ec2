import type { Output } from "@pulumi/pulumi";
import { defineLookup } from "./define/defineLookup";
import type { LookupOptions, LookupOutputOptions } from "./define/lookupOptions";
import { SearchError } from "./define/searchError";

/** An organization. */
export interface GetOrganizationResult {
  /** The RUUID, as `rhombus:orgUuid` takes it. */
  readonly uuid: string;
  /** The name. */
  readonly name: string;
}

const { promise, output } = defineLookup({
  name: "getOrganization",
  takes: [],
  async find({ directory }): Promise<GetOrganizationResult> {
    const organization = await directory.api.organization();
    if (organization !== undefined) return organization;
    throw new SearchError(
      "organization",
      "this API key has no permission to read its organization (getOrgV2). Use a key whose role has this permission.",
    );
  },
});

/**
 * Looks up the organization of the API key.
 * @param options The provider to use.
 * @throws LookupError if the key may not read its organization, or belongs to another one than the settings name.
 */
export function getOrganization(options?: LookupOptions): Promise<GetOrganizationResult> {
  return promise({}, options);
}

/**
 * Like {@link getOrganization}, for a provider whose settings are outputs.
 * @param options The provider to use, and dependencies.
 */
export function getOrganizationOutput(options?: LookupOutputOptions): Output<GetOrganizationResult> {
  return output({}, options);
}
