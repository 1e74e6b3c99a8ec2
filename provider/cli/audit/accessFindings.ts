import { joined, WEEK_MINUTES } from "../../core/schema/week";
import type { Condition } from "../access/openings";
import type { ReadRules } from "../access/readRules";
import { mayHaveNoEffect } from "../access/times";
import { plainText, quoted } from "../output/plainText";
import { type Finding, type FindingKind, type FindingObject, finding } from "./findings";
import type { AuditedObject } from "./inventory";

/**
 * Finds problems of access grants and revocations. A check whose lists could not be read finds nothing.
 * @param rules The access control of the organization.
 * @param objects The objects that a stack could manage. Grants that are not among them belong to guest passes.
 */
export function accessFindings(rules: ReadRules, objects: readonly AuditedObject[]): Finding[] {
  const grants = rules.grants.flatMap((grant): Subject[] => {
    const object = objects.find(({ type, id }) => type === "AccessGrant" && id === grant.uuid);
    return object === undefined ? [] : [{ condition: grant, object }];
  });
  const revocations = rules.revocations.map((revocation): Subject => {
    const label = `access revocation ${quoted(revocation.name)}`;
    return { condition: revocation, object: { type: "AccessRevocation", id: revocation.uuid, label } };
  });
  const all = [...grants, ...revocations];
  return [
    ...grants.flatMap((each) => incompleteGrant(each, rules)),
    ...all.flatMap((each) => missingSchedule(each, rules)),
    ...grants.flatMap((each) => openToEveryone(each, rules)),
    ...revocations.flatMap((each) => doubtfulRevocation(each, rules)),
    ...all.flatMap((each) => missingReferences(each, rules)),
  ];
}

/** A grant or a revocation, and the object that findings name. */
interface Subject {
  readonly condition: Condition;
  readonly object: FindingObject;
}

function incompleteGrant({ condition, object }: Subject, { guestGrants }: ReadRules): Finding[] {
  const { uuid, doors, landings, labels, users, groups } = condition;
  const isForGuests = guestGrants.some((each) => each.uuid === uuid);
  const hasDoors = doors.length + landings.length + labels.length > 0;
  const hasPeople = users.length + groups.length > 0 || isForGuests;
  return [
    ...(hasDoors ? [] : [finding("grantWithoutDoors", object, "it opens nothing")]),
    ...(hasPeople ? [] : [finding("grantWithoutPeople", object, "it lets nobody in")]),
  ];
}

function missingSchedule({ condition, object }: Subject, { scheduleOf, schedules }: ReadRules): Finding[] {
  const schedule = scheduleOf.get(condition.uuid);
  if (schedule === undefined || !schedules.isComplete || schedules.times.has(schedule)) return [];
  const effect = "Rhombus does not document whether it holds always or never";
  return [finding("missingSchedule", object, `${plainText(schedule)}: ${effect}`)];
}

/** The rule: at all times, some door, and every user of the organization who is neither deleted nor disabled. */
function openToEveryone({ condition, object }: Subject, { names, members }: ReadRules): Finding[] {
  const { times, doors, landings, labels, users, groups } = condition;
  const [span] = joined(times.weekly);
  const isAlways = span !== undefined && span.stop - span.start === WEEK_MINUTES;
  const active = (names.users ?? []).filter(({ deleted, status }) => !deleted && status !== "INACTIVE");
  const named = new Set([...users, ...groups.flatMap((group) => [...(members.get(group) ?? [])])]);
  const hasDoors = doors.length + landings.length + labels.length > 0;
  if (!isAlways || !hasDoors || active.length === 0 || !active.every(({ uuid }) => named.has(uuid))) return [];
  return [finding("alwaysForEveryone", object, `all ${active.length} active users, at all times`)];
}

function doubtfulRevocation({ condition: { uuid, times }, object }: Subject, { scheduleOf }: ReadRules): Finding[] {
  if (times.unclear !== undefined || !mayHaveNoEffect(times)) return [];
  const cause = scheduleOf.has(uuid) ? "its schedule is weekly" : "it has no schedule";
  return [finding("doubtfulRevocation", object, `${cause}; Rhombus may apply only revocations of certain dates`)];
}

function missingReferences({ condition, object }: Subject, rules: ReadRules): Finding[] {
  const { names, doorsByLabel, locationOf } = rules;
  const { users, groups, doors, labels } = condition;
  const location = locationOf.get(condition.uuid);
  const ofEach = (
    kind: FindingKind,
    keys: readonly string[],
    known: ReadonlySet<string> | undefined,
    show = plainText,
  ) => [...new Set(keys)].filter((key) => known?.has(key) === false).map((key) => finding(kind, object, show(key)));
  const deleted = new Set(names.users?.flatMap((user) => (user.deleted ? [user.uuid] : [])));
  return [
    ...users.filter((user) => deleted.has(user)).map((user) => finding("missingUser", object, names.user(user))),
    ...ofEach("missingUser", users, uuidsOf(names.users)),
    ...ofEach("missingGroup", groups, uuidsOf(names.groups)),
    ...ofEach("missingDoor", doors, uuidsOf(names.doors)),
    ...ofEach("missingLabel", labels, doorsByLabel && new Set(doorsByLabel.keys()), quoted),
    ...ofEach(
      "missingLocation",
      location === undefined ? [] : [location],
      uuidsOf(names.locations?.map((each) => each.location)),
    ),
  ];
}

function uuidsOf(items: readonly { readonly uuid?: string | null }[] | undefined): ReadonlySet<string> | undefined {
  return items && new Set(items.map(({ uuid }) => uuid ?? ""));
}
