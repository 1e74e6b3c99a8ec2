import { learnOrganization, refuseOther, refuseUnknownAbsence } from "../../core/ownership/organizationGuard";
import type { RhombusApi } from "../../rhombus/api/api";

/** The subject of a look-up in the organization guard. No state holds the organization of a look-up. */
const lookedUp = { prior: {}, label: "the object" };

/** The organization that the key belongs to, compared with the one that the settings name. */
export class OrganizationCheck {
  /**
   * Makes the check. Nothing is read yet.
   * @param api The API.
   */
  constructor(private readonly api: RhombusApi) {}

  /** The organization that the key belongs to; `undefined` if the key may not read it. */
  actual(): Promise<{ uuid: string; name?: string } | undefined> {
    return this.api.organization();
  }

  /**
   * Refuses a key of another organization than the settings name.
   * @throws LifecycleError that names both.
   */
  async refuseOther(): Promise<void> {
    if (this.api.expectedOrganization !== undefined) await learnOrganization(this.api, lookedUp);
  }

  /**
   * Refuses to report an object as missing if it may be missing because the key belongs to another organization.
   * @throws LifecycleError when the settings name an organization and the key may not read which one it belongs to.
   */
  async refuseUnknownAbsence(): Promise<void> {
    if (this.api.expectedOrganization === undefined) return;
    const organization = (await this.actual())?.uuid;
    refuseUnknownAbsence({ organization, label: lookedUp.label });
  }

  /**
   * Refuses listed items of another organization. They show it even if the key may not read its organization.
   * @param items The items.
   * @param orgUuidOf The organization of an item.
   * @returns The items.
   * @throws LifecycleError that names both organizations.
   */
  refuseOthers<T>(items: readonly T[], orgUuidOf: (item: T) => string | null | undefined): readonly T[] {
    for (const item of items) refuseOther(this.api, lookedUp, orgUuidOf(item) ?? undefined);
    return items;
  }
}
