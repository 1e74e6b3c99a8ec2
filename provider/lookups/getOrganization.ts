import * as pulumi from "@pulumi/pulumi";
import { defineLookup } from "./define/defineLookup";
import { SearchError } from "./define/lookupError";
import type { LookupOptions, LookupOutputOptions } from "./define/lookupOptions";

/** An organization. */
export interface GetOrganizationResult {
  /** Its RUUID: what `rhombus:orgUuid` takes. */
  readonly uuid: string;
  /** Its name. */
  readonly name: string;
}

const lookup = defineLookup({
  name: "getOrganization",
  async find({ directory }): Promise<GetOrganizationResult> {
    const organization = await directory.organization.actual();
    if (organization !== undefined) return { uuid: organization.uuid, name: organization.name ?? "" };
    throw new SearchError(
      "organization",
      "this API key may not ask which organization it opens. Use a key whose role may read the organization (getOrgV2).",
    );
  },
});

/**
 * Looks up the organization that the key opens.
 * @param options Where to look.
 * @throws LookupError when the key may not ask for it, or opens another one than the settings name.
 */
export function getOrganization(options?: LookupOptions): Promise<GetOrganizationResult> {
  return lookup.promise({}, options);
}

/**
 * As {@link getOrganization}, with a provider whose settings are outputs.
 * @param options Where and when to look.
 */
export function getOrganizationOutput(options?: LookupOutputOptions): pulumi.Output<GetOrganizationResult> {
  return lookup.output(pulumi.output({}), options);
}
