import { intervalsOf, type WeeklyInterval } from "../../core/schema/week";
import type { Directory } from "../../lookups/lists/directory";
import { byText, plainText } from "../output/plainText";
import type { Unread } from "../unread";
import type { AccessNames } from "./names";
import { type Condition, type Opening, openingsOf, type Subject, type Taken } from "./openings";
import { type ReadRules, readRules } from "./readRules";
import { findSubject, type WantedSubject } from "./subject";
import { type Times, timesText } from "./times";

/** An object by RUUID and name. */
export interface NamedObject {
  /** The RUUID. */
  readonly uuid: string;
  /** The name; the RUUID if it is not known. */
  readonly name: string;
}

/** The times of a grant or a revocation. */
export interface ReportedTimes {
  /** The times in words. */
  readonly text: string;
  /** The times of every week; a whole week is every day from 00:00 to 24:00. */
  readonly weekly: readonly WeeklyInterval[];
  /** Certain dates. */
  readonly dates: readonly string[];
  /** The reason why the schedule is not known, so that it may be always; absent if it is known. */
  readonly unclear?: string;
}

/** A grant by which people may open a door. */
export interface ReportedOpening {
  /** The people: a user; or a group, if it was sought or its members could not be read. */
  readonly who: NamedObject & { readonly kind: "user" | "group" };
  /** The door; `label` stands for the doors that have it, if they could not be read. */
  readonly door: { readonly uuid?: string; readonly label?: string; readonly name: string; readonly location?: string };
  /** The times of the grant. */
  readonly when: ReportedTimes;
  /** The revocations that concern the people and the door. */
  readonly revocations: readonly (NamedObject & {
    readonly when: ReportedTimes;
    /** `all`: it is taken off `remaining`. `some`: it concerns some members of the group. `unknown`: a list could not be read. */
    readonly concerns: Taken["concerns"];
  })[];
  /** The times of every week that the revocations leave if they have an effect. Certain dates are not taken off. */
  readonly remaining: readonly WeeklyInterval[];
  /** The grant. */
  readonly grant: NamedObject;
  /** The groups through which the grant names the user. */
  readonly groups: readonly NamedObject[];
  /** The labels through which the grant names the door. */
  readonly labels: readonly string[];
  /** True if the grant names the people themselves. */
  readonly namesPeople: boolean;
  /** True if the grant names the door itself. */
  readonly namesDoor: boolean;
}

/** The answer to the question who may open what. */
export interface AccessReport {
  /** The organization; absent if the key may not read it. */
  readonly organization?: NamedObject;
  /** The user, group or door that was asked about. */
  readonly subject: NamedObject & { readonly kind: Subject["kind"]; readonly location?: string };
  /** The members of the group that was asked about; absent if they could not be read, or for another subject. */
  readonly members?: readonly NamedObject[];
  /** The grants. */
  readonly openings: readonly ReportedOpening[];
  /** The grants of guest passes that open the door that was asked about, or any door. */
  readonly guestGrants: readonly NamedObject[];
  /** The lists that could not be read. */
  readonly unread: readonly Unread[];
  /** The limits of this answer. */
  readonly scope: readonly string[];
}

/** The limits of every answer. */
export const SCOPE: readonly string[] = [
  "Doors: those of Rhombus Access Control. OnGuard, Genea and Kisi decide about their own doors.",
  "Not seen: guest passes, remote unlock, credentials (who has none opens nothing), lockdowns, and licences (a door without one lets nobody in).",
  "Labels: a grant opens every door that has its label, at any location.",
  "Times: a grant without a schedule holds always, presumably. The time zone of schedules is not documented; presumably it is that of the location.",
  "Revocations: Rhombus documents no more than their name. Here a revocation takes away at its schedule, and always without one; " +
    "in fact it may hold only if its schedule is of certain dates.",
];

/**
 * Finds out who may open which doors of Rhombus Access Control, and when. It only reads.
 * @param directory The listings of the organization.
 * @param wanted The user, group or door.
 * @throws SearchError if there is none or several of the name, and RhombusError if the grants cannot be read.
 */
export async function accessReport(directory: Directory, wanted: WantedSubject): Promise<AccessReport> {
  const organization = await directory.api.organization();
  const rules = await readRules(directory);
  const { names } = rules;
  const subject = await findSubject(rules, wanted);
  const members = subject.kind === "group" ? rules.members.get(subject.uuid) : undefined;
  const guests = rules.guestGrants.filter((grant) => subject.kind !== "door" || mayOpen(grant, subject.uuid, rules));
  return {
    ...(organization && { organization: { uuid: organization.uuid, name: plainText(organization.name) } }),
    subject: { ...subject, ...describedSubject(names, subject) },
    ...(members && { members: [...members].map((uuid) => ({ uuid, name: names.user(uuid) })).sort(byName) }),
    openings: openingsOf(rules, subject)
      .map((each) => reported(each, names))
      .sort(byText(({ who, door, grant }) => [who.name, door.name, door.location ?? "", grant.name].join("\n"))),
    guestGrants: guests.map(namedCondition).sort(byName),
    unread: rules.unread,
    scope: SCOPE,
  };
}

const byName = byText<NamedObject>(({ name }) => name);

function mayOpen({ doors, landings, labels }: Condition, door: string, { doorsByLabel }: ReadRules): boolean {
  return (
    doors.includes(door) ||
    landings.includes(door) ||
    labels.some((label) => doorsByLabel?.get(label)?.has(door) ?? doorsByLabel === undefined)
  );
}

function describedSubject(names: AccessNames, { kind, uuid }: Subject): { name: string; location?: string } {
  if (kind !== "door") return { name: names[kind](uuid) };
  return { name: names.door(uuid), ...locationOf(names, uuid) };
}

function locationOf(names: AccessNames, door: string): { location?: string } {
  const location = names.locationOfDoor(door);
  return location === undefined ? {} : { location };
}

function reported(opening: Opening, names: AccessNames): ReportedOpening {
  const { person, door, grant, groups, labels, taken, remaining } = opening;
  return {
    who: { ...person, name: names[person.kind](person.uuid) },
    door:
      door.kind === "label"
        ? { label: door.key, name: door.key }
        : { uuid: door.key, name: names.door(door.key), ...locationOf(names, door.key) },
    when: reportedTimes(grant.times),
    revocations: taken.map(reportedRevocation),
    remaining: intervalsOf(remaining),
    grant: namedCondition(grant),
    groups: groups.flatMap((uuid) => (uuid === undefined ? [] : [{ uuid, name: names.group(uuid) }])),
    labels: labels.flatMap((label) => label ?? []),
    namesPeople: groups.includes(undefined),
    namesDoor: labels.includes(undefined) && door.kind === "door",
  };
}

function reportedRevocation({ revocation, concerns }: Taken) {
  return { ...namedCondition(revocation), when: reportedTimes(revocation.times), concerns };
}

function namedCondition({ uuid, name }: Condition): NamedObject {
  return { uuid, name };
}

function reportedTimes(times: Times): ReportedTimes {
  const { weekly, dates, unclear } = times;
  return { text: timesText(times), weekly: intervalsOf(weekly), dates, ...(unclear === undefined ? {} : { unclear }) };
}
