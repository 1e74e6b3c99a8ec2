import type { Connection } from "../resource/definition";
import { LifecycleError } from "../resource/lifecycleError";
import type { Values } from "../schema/values";

/** A resource that must not be looked for in another organization than its own. */
export interface Owned {
  /** What the state holds of it; nothing where it is new. */
  readonly prior: Values;
  /** It in words, such as `the group "Engineering"`. */
  readonly label: string;
}

/**
 * Learns which organization the key opens; `undefined` where the key may not ask.
 * @param api The API.
 * @param owned The resource.
 * @throws LifecycleError when it is another one than the state's or the settings'.
 */
export async function learnOrganization(api: Connection, owned: Owned): Promise<string | undefined> {
  const organization = await api.organization();
  refuseOther(api, owned, { actual: organization?.uuid, what: "the key opens" });
  return organization?.uuid;
}

/**
 * Refuses another organization than the state's or the settings'.
 * @param api The API's settings.
 * @param owned The resource.
 * @param shown The organization that was learned, if it was, and how.
 * @throws LifecycleError that names both.
 */
export function refuseOther(
  api: Pick<Connection, "expectedOrganization">,
  owned: Owned,
  { actual, what }: { readonly actual: string | undefined; readonly what: string },
): void {
  const { expectedOrganization: expected } = api;
  const { orgUuid } = owned.prior;
  if (actual === undefined) return;
  if (expected !== undefined && expected !== actual) {
    throw otherOrganization(`The settings name the organization ${expected}, but ${what} ${actual}.`);
  }
  if (typeof orgUuid === "string" && orgUuid !== actual) {
    throw otherOrganization(`${owned.label} belongs to the organization ${orgUuid}, but ${what} ${actual}.`);
  }
}

/**
 * Refuses to take something for gone where it may just be looked for in the wrong organization.
 * @param run The organization that the key opens, if it could be learned, and what is missing, in words.
 * @throws LifecycleError when it could not be learned.
 */
export function refuseUnknownAbsence(run: { readonly organization: string | undefined; readonly label: string }): void {
  if (run.organization !== undefined) return;
  throw new LifecycleError(
    "unknownOrganization",
    `${run.label} is not there, but this API key may not ask which organization it opens, so it may be the wrong one. ` +
      "Use a key whose role may read the organization (getOrgV2).",
  );
}

function otherOrganization(what: string): LifecycleError {
  const remedy = "Check the API key, `rhombus:orgUuid` and which provider the resource uses.";
  return new LifecycleError("otherOrganization", `${what} Nothing was read or changed. ${remedy}`);
}
