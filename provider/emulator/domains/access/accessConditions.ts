import { newRuuid } from "../../data/ruuid";
import { type Organization, perOrganization } from "../../data/store";
import { Timeline } from "../../data/timeline";

/** The sets of ids and labels in an access grant or revocation. */
export const conditionSets = [
  "accessControlledDoorUuids",
  "accessControlledElevatorLandingUuids",
  "doorLabelIds",
  "groupUuids",
  "userUuids",
] as const;

/** The name of a set of ids or labels. */
export type ConditionSet = (typeof conditionSets)[number];

/** An access revocation, as the console shows it: the people who may not open some doors, whatever grants say. */
export interface ConsoleAccessRevocation extends Readonly<Record<ConditionSet, readonly string[]>> {
  /** Its id. */
  readonly uuid: string;
  /** Its name. */
  readonly name: string;
  /** Its location. */
  readonly locationUuid: string;
  /** Its schedule, null when it has none. */
  readonly scheduleUuid: string | null;
}

/** Kind of a grant. Guest management makes those of guest passes. */
export type AccessGrantMode = "DEFAULT" | "GUEST_PASS_INDIVIDUAL";

/** An access grant, as the console shows it: the people who may open some doors. */
export interface ConsoleAccessGrant extends ConsoleAccessRevocation {
  /** Its kind. */
  readonly mode: AccessGrantMode;
  /** Its guest passes. */
  readonly locationGuestPassUuids: readonly string[];
}

/** An access revocation that already exists. Absent sets are empty. */
export interface SeedAccessRevocation extends Partial<ConsoleAccessRevocation> {
  /** Its id. */
  readonly uuid: string;
  /** Its name. */
  readonly name: string;
  /** Its location. */
  readonly locationUuid: string;
  /** Creation time, in milliseconds since 1970. Default: that of the organization. */
  readonly createdAtMillis?: number;
  /** Time of the last change, in milliseconds since 1970. Default: the creation time. */
  readonly updatedAtMillis?: number;
}

/** An access grant that already exists. Absent sets are empty, and the default of `mode` is `DEFAULT`. */
export interface SeedAccessGrant
  extends SeedAccessRevocation,
    Partial<Pick<ConsoleAccessGrant, "mode" | "locationGuestPassUuids">> {}

/** A grant or revocation that the console adds. */
export type NewCondition<Seed> = Omit<Seed, "uuid"> & { readonly uuid?: string };

/** A stored grant or revocation. Of a revocation, mode and guest passes are never shown. */
export interface AccessCondition extends ConsoleAccessGrant {
  /** Creation time, in milliseconds since 1970. */
  readonly createdAtMillis: number;
  /** Time of the last change, in milliseconds since 1970. */
  readonly updatedAtMillis: number;
}

/** The access grants of an organization by uuid. */
export const grantsOf = perOrganization(() => new Timeline<AccessCondition>());

/** The access revocations of an organization by uuid. */
export const revocationsOf = perOrganization(() => new Timeline<AccessCondition>());

/** A grant or revocation with the given values. */
export function conditionFrom(given: NewCondition<SeedAccessGrant>): AccessCondition {
  const createdAtMillis = given.createdAtMillis ?? Date.now();
  return {
    uuid: given.uuid ?? newRuuid(),
    name: given.name,
    locationUuid: given.locationUuid,
    scheduleUuid: given.scheduleUuid ?? null,
    accessControlledDoorUuids: given.accessControlledDoorUuids ?? [],
    accessControlledElevatorLandingUuids: given.accessControlledElevatorLandingUuids ?? [],
    doorLabelIds: given.doorLabelIds ?? [],
    groupUuids: given.groupUuids ?? [],
    userUuids: given.userUuids ?? [],
    mode: given.mode ?? "DEFAULT",
    locationGuestPassUuids: given.locationGuestPassUuids ?? [],
    createdAtMillis,
    updatedAtMillis: given.updatedAtMillis ?? createdAtMillis,
  };
}

/** Removes a group from every grant and revocation that names it, as a deleted group leaves them. */
export function removeGroupFromAll(organization: Organization, groupUuid: string): void {
  changeAll(
    organization,
    ({ groupUuids }) => groupUuids.includes(groupUuid),
    ({ groupUuids }) => ({ groupUuids: groupUuids.filter((uuid) => uuid !== groupUuid) }),
  );
}

/** Removes a schedule from every grant and revocation that names it. A grant without one holds always. */
export function removeScheduleFromAll(organization: Organization, scheduleUuid: string): void {
  changeAll(
    organization,
    (each) => each.scheduleUuid === scheduleUuid,
    () => ({ scheduleUuid: null }),
  );
}

/** True if a grant or a revocation has the schedule. */
export function isInGrantOrRevocation(organization: Organization, scheduleUuid: string): boolean {
  return [grantsOf, revocationsOf].some((of) =>
    of(organization)
      .values()
      .some((each) => each.scheduleUuid === scheduleUuid),
  );
}

function changeAll(
  organization: Organization,
  isChanged: (condition: AccessCondition) => boolean,
  changes: (condition: AccessCondition) => Partial<AccessCondition>,
): void {
  for (const stored of [grantsOf(organization), revocationsOf(organization)]) {
    for (const each of stored.values().filter(isChanged)) {
      stored.set(each.uuid, { ...each, ...changes(each), updatedAtMillis: Date.now() });
    }
  }
}
