import type { Connection } from "../resource/definition";
import { LifecycleError } from "../resource/lifecycleError";
import type { Values } from "../schema/values";

/** A resource that belongs to one organization. */
export interface OrganizationBound {
  /** The inputs and outputs that the state holds; empty for a new resource. */
  readonly prior: Values;
  /** The object, for messages, such as `the access control group "Engineering"`. */
  readonly label: string;
}

/** The part of a connection that concerns its organization. */
export type OrganizationSettings = Pick<Connection, "expectedOrganization" | "organizationRemedy">;

/**
 * The organization of the API key; `undefined` if the API key may not read it.
 * @param api The API.
 * @param bound The resource.
 * @throws LifecycleError if it is not the organization in the state or in the settings.
 */
export async function learnOrganization(api: Connection, bound: OrganizationBound): Promise<string | undefined> {
  const organization = await api.organization();
  refuseOther(api, bound, organization?.uuid, "the key belongs to");
  return organization?.uuid;
}

/**
 * Refuses an organization that is not the one in the state or in the settings.
 * @param api The connection.
 * @param bound The resource.
 * @param actual The organization; `undefined` if it is not known.
 * @param what The source of the organization, for the message.
 * @throws LifecycleError that names both.
 */
export function refuseOther(
  { expectedOrganization: expected, organizationRemedy: remedy }: OrganizationSettings,
  { prior: { orgUuid }, label }: OrganizationBound,
  actual: string | undefined,
  what = "the object belongs to",
): void {
  if (actual === undefined) return;
  if (expected !== undefined && expected !== actual) {
    throw otherOrganization(`The settings name the organization ${expected}, but ${what} ${actual}.`, remedy);
  }
  if (typeof orgUuid === "string" && orgUuid !== actual) {
    throw otherOrganization(
      `In the state, ${label} belongs to the organization ${orgUuid}, but ${what} ${actual}.`,
      remedy,
    );
  }
}

/**
 * Refuses settings that name another organization than the state.
 * @param api The connection.
 * @param bound The resource.
 * @throws LifecycleError that names both.
 */
export function refuseOtherSettings(
  { expectedOrganization, organizationRemedy }: OrganizationSettings,
  bound: OrganizationBound,
): void {
  refuseOther(
    { expectedOrganization: undefined, organizationRemedy },
    bound,
    expectedOrganization,
    "the settings name",
  );
}

/**
 * Refuses to treat an object as gone if the organization of the API key is unknown: the object may exist in another organization.
 * @param operation The organization of the API key, and the label.
 * @throws LifecycleError if the organization is not known.
 */
export function refuseUnknownAbsence(operation: {
  readonly organization: string | undefined;
  readonly label: string;
  readonly api: OrganizationSettings;
}): void {
  if (operation.organization !== undefined) return;
  throw new LifecycleError(
    `Use a key whose role can read the organization (getOrgV2): ${operation.label} was not found, and this API key has no ` +
      `permission to read its organization, so it may be the wrong key. ${operation.api.organizationRemedy}`,
  );
}

function otherOrganization(what: string, remedy: string): LifecycleError {
  return new LifecycleError(`${remedy} ${what} Nothing was read or changed.`);
}
