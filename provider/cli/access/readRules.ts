import type { Directory } from "../../lookups/lists/directory";
import { doorLabelsOf } from "../../lookups/lists/doorLabels";
import { membersOf } from "../../resources/accessControlGroup/members";
import type { RhombusApi } from "../../rhombus/api/api";
import type { AccessGrant, AccessRevocation } from "../../rhombus/api/schemas/accessGrants";
import { quoted } from "../output/plainText";
import { type Attempt, attemptNoting, type Unread } from "../unread";
import { type AccessNames, readNames } from "./names";
import type { AccessRules, Condition } from "./openings";
import { type KnownSchedules, readSchedules, timesOfCondition } from "./schedules";

/** The list of revocations, if it could not be read. */
export const REVOCATIONS = "access revocations";

/** The access control of an organization, and what of it could not be read. */
export interface ReadRules extends AccessRules {
  /** The grants with guest passes, which are among the grants. Their guests are not known. */
  readonly guestGrants: readonly Condition[];
  /** The RUUIDs of the schedules of grants and revocations, by RUUID of the grant or revocation. */
  readonly scheduleOf: ReadonlyMap<string, string>;
  /** The RUUIDs of the locations of grants and revocations, by RUUID of the grant or revocation. */
  readonly locationOf: ReadonlyMap<string, string>;
  /** The schedules. */
  readonly schedules: KnownSchedules;
  /** The users, groups, doors and locations. */
  readonly names: AccessNames;
  /** The lists that could not be read. */
  readonly unread: readonly Unread[];
}

/**
 * Reads who may open which doors of Rhombus Access Control. Only the list of grants is needed; others may be missing.
 * @param directory The listings of the organization.
 * @param further Groups whose members are read although nothing may name them, as RUUIDs. Default: none.
 * @throws RhombusError if the list of grants cannot be read.
 */
export async function readRules(directory: Directory, further: readonly string[] = []): Promise<ReadRules> {
  const { api } = directory;
  const unread: Unread[] = [];
  const attempt = attemptNoting(unread);
  const [grants, revocations = [], schedules, labels, names] = await Promise.all([
    directory.accessGrants(false),
    attempt(REVOCATIONS, api.listing("findLocationAccessRevocationsByOrg").shared()),
    readSchedules(api, attempt),
    attempt("labels of doors", doorLabelsOf(directory)),
    readNames(directory, attempt),
  ]);
  const conditions = [...grants, ...revocations];
  const groups = new Set([...further, ...conditions.flatMap(({ groupUuids }) => present(groupUuids))]);
  const conditionOf = (each: AccessGrant | AccessRevocation) => condition(each, schedules);
  return {
    grants: grants.map(conditionOf),
    guestGrants: grants.filter(isForGuests).map(conditionOf),
    revocations: revocations.map(conditionOf),
    members: await readMembers(api, groups, names, attempt),
    doorsByLabel: labels && new Map(labels.map(({ label, doorUuids }) => [label, new Set(doorUuids)])),
    scheduleOf: idsOf(conditions, "scheduleUuid"),
    locationOf: idsOf(conditions, "locationUuid"),
    schedules,
    names,
    unread: unread.sort((one, other) => one.what.localeCompare(other.what)),
  };
}

function idsOf(
  conditions: readonly (AccessGrant | AccessRevocation)[],
  name: "scheduleUuid" | "locationUuid",
): ReadonlyMap<string, string> {
  return new Map(conditions.flatMap(({ uuid, [name]: id }) => (uuid && id ? [[uuid, id]] : [])));
}

function isForGuests({ mode, locationGuestPassUuids }: AccessGrant): boolean {
  return mode === "GUEST_PASS_INDIVIDUAL" || present(locationGuestPassUuids).length > 0;
}

function condition(grant: AccessGrant | AccessRevocation, schedules: KnownSchedules): Condition {
  return {
    uuid: grant.uuid ?? "",
    name: grant.name ?? "",
    times: timesOfCondition(grant.scheduleUuid, schedules),
    doors: present(grant.accessControlledDoorUuids),
    landings: present(grant.accessControlledElevatorLandingUuids),
    labels: present(grant.doorLabelIds),
    groups: present(grant.groupUuids),
    users: present(grant.userUuids),
  };
}

function present(list: readonly (string | null)[] | null | undefined): string[] {
  return (list ?? []).flatMap((each) => each ?? []);
}

async function readMembers(
  api: RhombusApi,
  groups: ReadonlySet<string>,
  names: AccessNames,
  attempt: Attempt,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const read = [...groups].map(async (group) => {
    const members = await attempt(`members of the group ${quoted(names.group(group))}`, membersOf(api, group));
    return members === undefined ? [] : [[group, new Set(members)] as const];
  });
  return new Map((await Promise.all(read)).flat());
}
