import { learnOrganization, refuseOther, refuseUnknownAbsence } from "../../core/ownership/organizationGuard";
import type { RhombusApi } from "../../rhombus/api/api";
import type { OnGuardDeployment } from "../../rhombus/api/integrationListings";
import type { Listing } from "../../rhombus/api/listings";
import type { AccessControlledDoor } from "../../rhombus/api/schemas/accessControlledDoors";
import type { AccessGrant } from "../../rhombus/api/schemas/accessGrants";
import type { User } from "../../rhombus/api/schemas/directory";
import type { Group } from "../../rhombus/api/schemas/groups";
import type { KisiPlace } from "../../rhombus/api/schemas/kisi";
import type { Schedule } from "../../rhombus/api/schemas/schedules";
import type { Redactor } from "../../rhombus/redaction/redactor";

/** The subject of a look-up in the organization guard. No state holds the organization of a look-up. */
const lookedUp = { prior: {}, label: "the object" };

/** The listings of an organization. Those of badge vendors are read once in a run for each vendor key. */
export class Directory {
  /** The organizations that a partner manages. */
  readonly clients = oncePerKey(() => this.api.list("getClientsV2", {}));
  /** The doors at Genea, by Genea's key. */
  readonly geneaDoors = oncePerKey((apiToken) => this.api.list("getGeneaDoors", { apiToken }));
  /** The places at Kisi, by Kisi's key. */
  readonly kisiPlaces = oncePerKey<KisiPlace>((apiSecretKey) => this.api.list("getKisiPlaces", { apiSecretKey }));
  /** The doors at Kisi of each place, by Kisi's key. */
  readonly kisiDoors = oncePerKey((apiSecretKey) => this.api.list("getKisiDoors", { apiSecretKey }));

  /**
   * Opens a directory. Nothing is contacted yet.
   * @param api The API.
   * @param redactor The redactor of all calls to it.
   */
  constructor(
    readonly api: RhombusApi,
    readonly redactor: Redactor,
  ) {}

  /** The users of the organization, deleted ones included. */
  users(): Promise<readonly User[]> {
    return this.#own(this.api.listing("getUsersInOrg"), false, ({ orgUuid }) => orgUuid);
  }

  /**
   * The groups, including those that are not for access control.
   * @param fresh Reads them again.
   */
  groups(fresh: boolean): Promise<readonly Group[]> {
    return this.#own(this.api.listing("findAccessControlGroupsByOrg"), fresh, ({ orgUuid }) => orgUuid);
  }

  /** The doors of Rhombus Access Control. */
  accessControlledDoors(): Promise<readonly AccessControlledDoor[]> {
    return this.#own(this.api.listing("findAccessControlledDoors"), false, ({ orgUuid }) => orgUuid);
  }

  /**
   * The access grants, those of guest passes included.
   * @param fresh Reads them again.
   */
  accessGrants(fresh: boolean): Promise<readonly AccessGrant[]> {
    return this.#own(this.api.listing("findLocationAccessGrantsByOrg"), fresh, ({ orgUuid }) => orgUuid);
  }

  /**
   * The schedules, Rhombus's own included.
   * @param fresh Reads them again.
   */
  schedules(fresh: boolean): Promise<readonly Schedule[]> {
    return this.#own(this.api.listing("findSchedules"), fresh, ({ orgUuid }) => orgUuid);
  }

  /**
   * The OnGuard deployments.
   * @param fresh Reads them again.
   */
  deployments(fresh: boolean): Promise<readonly OnGuardDeployment[]> {
    return this.#own(this.api.onGuard, fresh, ({ allSettings }) => allSettings.orgUuid);
  }

  /**
   * Refuses a key of another organization than the settings name.
   * @throws LifecycleError that names both.
   */
  async refuseOtherOrganization(): Promise<void> {
    if (this.api.expectedOrganization !== undefined) await learnOrganization(this.api, lookedUp);
  }

  /**
   * Refuses to report an object as missing if it may be missing because the key belongs to another organization.
   * @throws LifecycleError if the settings name an organization and the key may not read which one it belongs to.
   */
  async refuseUnknownAbsence(): Promise<void> {
    if (this.api.expectedOrganization === undefined) return;
    const organization = (await this.api.organization())?.uuid;
    refuseUnknownAbsence({ organization, label: lookedUp.label, api: this.api });
  }

  /** The items of a listing. They show a wrong organization even if the key may not read its organization. */
  async #own<T>(
    listing: Listing<T>,
    fresh: boolean,
    orgUuidOf: (item: T) => string | null | undefined,
  ): Promise<readonly T[]> {
    const items = await (fresh ? listing.fresh() : listing.shared());
    for (const item of items) refuseOther(this.api, lookedUp, orgUuidOf(item) ?? undefined);
    return items;
  }
}

/** One list for each key of a badge vendor; without a key, Rhombus uses the stored one. With `fresh`, the list is read again. */
function oncePerKey<T>(load: (key: string | undefined) => Promise<readonly T[]>) {
  const lists = new Map<string | undefined, Promise<readonly T[]>>();
  return (key?: string, fresh = false): Promise<readonly T[]> => {
    const known = fresh ? undefined : lists.get(key);
    if (known !== undefined) return known;
    const list = load(key);
    lists.set(key, list);
    // A program that catches the error of a failed read may read again.
    list.catch(() => lists.delete(key));
    return list;
  };
}
