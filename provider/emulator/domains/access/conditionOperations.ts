import { applySetting, storedText } from "../../behaviours/applyWrite";
import { withEmptyLists } from "../../behaviours/readAnswers";
import { newRuuid } from "../../data/ruuid";
import type { Organization } from "../../data/store";
import type { Timeline } from "../../data/timeline";
import { type Call, failed, Refusal, succeeded } from "../../server/operation";
import { type Body, flag, int64, list, oneOf, ruuid, ShapeMismatch, text } from "../../server/shapes";
import { type PageContext, required } from "../domain";
import { groupsOf } from "../groups";
import { type AccessCondition, type ConditionSet, conditionSets } from "./accessConditions";
import { type DoorLicence, doorsOf, elevatorLandingsOf } from "./accessControlledDoors";
import { schedulesOf } from "./schedules";

/** The fields of a revocation in a request. Those that only the server sets are ignored. */
export const revocationFields = {
  uuid: ruuid,
  orgUuid: ruuid,
  name: text,
  locationUuid: ruuid,
  scheduleUuid: ruuid,
  accessControlledDoorUuids: list(ruuid),
  accessControlledElevatorLandingUuids: list(ruuid),
  doorLabelIds: list(text),
  groupUuids: list(ruuid),
  userUuids: list(ruuid),
  createdAtMillis: int64,
  updatedAtMillis: int64,
  sortKey: text,
  storedInS3: flag,
};

/** The fields of a grant in a request. */
export const grantFields = {
  ...revocationFields,
  mode: oneOf(["DEFAULT", "GUEST_PASS_INDIVIDUAL"]),
  locationGuestPassUuids: list(ruuid),
};

type SentCondition = Body<typeof grantFields>;

/** The access grants or the access revocations. */
export interface ConditionKind {
  /** The field of requests and answers. */
  readonly slot: "accessGrant" | "accessRevocation";
  /** The stored objects of an organization. */
  of(organization: Organization): Timeline<AccessCondition>;
}

/** Creates a grant or revocation. */
export function createCondition(call: Call, kind: ConditionKind, sent: SentCondition | null | undefined): object {
  return writeCondition(call, kind, sent, undefined);
}

/** Updates a grant or revocation as a whole. Name and location that are omitted or null stay, since each has one. */
export function updateCondition(call: Call, kind: ConditionKind, sent: SentCondition | null | undefined): object {
  const current = kind.of(call.organization).get(sent?.uuid ?? "");
  if (current) return writeCondition(call, kind, sent, current);
  if (call.behaviours.missingWrites === "error") return failed("It does not exist.");
  return { ...succeeded, [kind.slot]: null };
}

/** Deletes a grant or revocation. */
export function removeCondition(
  { organization, behaviours }: Call,
  kind: ConditionKind,
  uuid: string | null | undefined,
): void {
  const stored = kind.of(organization);
  if (stored.get(uuid ?? "")) stored.delete(uuid ?? "");
  else if (behaviours.deleteMissing === "error") throw new Refusal(404, "Not Found", "It does not exist.");
}

/** The answer to a read of one grant or revocation. */
export function readCondition(call: Call, kind: ConditionKind, uuid: string | null | undefined): object {
  const found = kind.of(call.organization).get(uuid ?? "", call.asOfMillis);
  return { [kind.slot]: found ? shownCondition(call, kind, found) : null };
}

/** All grants or revocations. */
export function listConditions(call: Call, kind: ConditionKind): object {
  const all = kind.of(call.organization).values(call.asOfMillis);
  return { [`${kind.slot}s`]: all.map((each) => shownCondition(call, kind, each)) };
}

function shownCondition(
  { organization, behaviours }: Call,
  { slot }: ConditionKind,
  condition: AccessCondition,
): object {
  const { mode, locationGuestPassUuids, ...others } = condition;
  const ofGrant = slot === "accessGrant" ? { mode, locationGuestPassUuids } : {};
  const ofServer = {
    orgUuid: organization.seed.uuid,
    storedInS3: false,
    sortKey: `${others.createdAtMillis}.${others.uuid}`,
  };
  return withEmptyLists({ ...others, ...ofGrant, ...ofServer }, behaviours);
}

function writeCondition(
  call: Call,
  kind: ConditionKind,
  sent: SentCondition | null | undefined,
  current: AccessCondition | undefined,
): object {
  if (!sent) throw new ShapeMismatch("a grant or revocation");
  const written = withSent(call, sent, current);
  const error = errorIn(call, kind, sent, written);
  if (error !== undefined) return failed(error);
  kind.of(call.organization).set(written.uuid, written);
  return {
    ...succeeded,
    [kind.slot]: shownCondition(call, kind, written),
    expiredACDLicensesDoorUuids: doorsWith("expired", call.organization, written),
    unassignedACDLicensesDoorUuids: doorsWith("unassigned", call.organization, written),
  };
}

/** The object after a write. `current` is the one before it, undefined for a new one. */
function withSent(call: Call, sent: SentCondition, current: AccessCondition | undefined): AccessCondition {
  const { behaviours } = call;
  // The schema declares sets, so that the order in which ids are sent is lost.
  const apply = (ids: (string | null)[] | null | undefined, stored: readonly string[] | undefined) =>
    applySetting<readonly string[]>(
      ids && [...new Set(ids.filter((id) => id !== null))].sort(),
      stored,
      [],
      behaviours,
    );
  const applyKnown = (set: ConditionSet) => {
    const ids = apply(sent[set], current?.[set]);
    return behaviours.unknownInGrants === "skipped" ? ids.filter((id) => isKnown(call, set, id)) : ids;
  };
  const scheduleUuid = applySetting(sent.scheduleUuid, current?.scheduleUuid, null, behaviours);
  const updatedAtMillis = Date.now();
  return {
    uuid: current?.uuid ?? newRuuid(),
    name: storedText(sent.name, behaviours) ?? current?.name ?? "",
    locationUuid: sent.locationUuid ?? current?.locationUuid ?? "",
    scheduleUuid: behaviours.unknownInGrants === "skipped" && !hasSchedule(call, scheduleUuid) ? null : scheduleUuid,
    accessControlledDoorUuids: applyKnown("accessControlledDoorUuids"),
    accessControlledElevatorLandingUuids: applyKnown("accessControlledElevatorLandingUuids"),
    doorLabelIds: applyKnown("doorLabelIds").map((label) => storedText(label, behaviours)),
    groupUuids: applyKnown("groupUuids"),
    userUuids: applyKnown("userUuids"),
    mode: applySetting(sent.mode, current?.mode, "DEFAULT", behaviours),
    locationGuestPassUuids: apply(sent.locationGuestPassUuids, current?.locationGuestPassUuids),
    createdAtMillis: current?.createdAtMillis ?? updatedAtMillis,
    updatedAtMillis,
  };
}

/** The reason for which a grant or revocation cannot be stored; undefined if it can. */
function errorIn(call: Call, kind: ConditionKind, sent: SentCondition, written: AccessCondition): string | undefined {
  const { behaviours } = call;
  const { name, locationUuid } = written;
  if (name.trim() === "" || locationUuid === "") return "A name and a location are needed.";
  if (behaviours.unknownInGrants === "refused") {
    const areKnown = conditionSets.every((set) => written[set].every((id) => isKnown(call, set, id)));
    if (!areKnown || !hasSchedule(call, sent.scheduleUuid)) return "Some of the objects do not exist.";
  }
  return takenNameError(call, kind, written);
}

/** The name as it is stored. Throws a {@link Refusal} if another grant or revocation of the location has it. */
export function checkNewName(context: PageContext, kind: ConditionKind, uuid: string, newName: string): string {
  const name = storedText(newName, context.behaviours);
  const error = takenNameError(context, kind, { ...required(kind.of(context.organization).get(uuid)), name });
  if (error !== undefined) throw new Refusal(400, "Bad Request", error);
  return name;
}

function takenNameError(
  { organization, behaviours }: PageContext,
  kind: ConditionKind,
  { uuid, name, locationUuid }: AccessCondition,
): string | undefined {
  if (behaviours.grantNames === "duplicates") return undefined;
  const isTaken = kind
    .of(organization)
    .values()
    .some((each) => {
      const isSameName = each.name.toLowerCase() === name.toLowerCase();
      return each.uuid !== uuid && each.locationUuid === locationUuid && isSameName;
    });
  return isTaken ? `The location already has one named ${name}.` : undefined;
}

/** True if the organization has the object. Labels are texts that need no door. */
function isKnown({ organization }: Call, set: ConditionSet, id: string): boolean {
  switch (set) {
    case "accessControlledDoorUuids":
      return doorsOf(organization).get(id) !== undefined;
    case "accessControlledElevatorLandingUuids":
      return elevatorLandingsOf(organization).has(id);
    case "groupUuids":
      return groupsOf(organization).get(id) !== undefined;
    case "userUuids":
      return organization.userUuids.has(id);
    case "doorLabelIds":
      return true;
  }
}

function hasSchedule({ organization }: Call, uuid: string | null | undefined): boolean {
  return !uuid || schedulesOf(organization).get(uuid) !== undefined;
}

/** The doors of a grant or revocation, by id or by label, that have this licence. */
function doorsWith(licence: DoorLicence, organization: Organization, condition: AccessCondition): string[] {
  const { accessControlledDoorUuids, doorLabelIds } = condition;
  return doorsOf(organization)
    .values()
    .filter((door) => door.licence === licence)
    .filter(({ uuid, labels }) => {
      return accessControlledDoorUuids.includes(uuid) || labels.some((label) => doorLabelIds.includes(label));
    })
    .map(({ uuid }) => uuid);
}
