import { columns, counted, joinedWithAnd, quoted } from "../output/plainText";
import type { AccessReport, ReportedOpening } from "./report";

/**
 * Formats an answer as text.
 * @param report The answer.
 */
export function reportText(report: AccessReport): string {
  const { organization, subject, openings, unread, scope } = report;
  const rows = openings.map((each) => [
    ...asked(each, subject.kind),
    whenText(each),
    quoted(each.grant.name),
    throughText(each, subject.kind),
  ]);
  const table = [[...headings[subject.kind], "WHEN", "GRANT", "THROUGH"], ...rows];
  const parts = [
    [`${organization === undefined ? "Unknown organization" : organization.name}: ${questionText(report)}`],
    openings.length === 0 ? ["  No grant was found."] : columns(table),
    notesOn(report),
    unread.map(({ what, why }) => `  not read: ${what}: ${why}`),
    ["Scope", ...scope.map((line) => `  ${line}`)],
  ];
  return parts
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n");
}

const headings = { user: ["DOOR"], group: ["DOOR"], door: ["WHO"] } as const;

function questionText({ subject: { kind, name, location }, members }: AccessReport): string {
  if (kind === "door") return `who may open the door ${placed(name, location)}`;
  if (kind === "user") return `what the user ${name} may open`;
  const count = members === undefined ? "" : ` (${counted(members.length, "member")})`;
  return `what the group ${quoted(name)}${count} may open`;
}

function asked({ who, door }: ReportedOpening, kind: AccessReport["subject"]["kind"]): [string] {
  if (kind !== "door")
    return [door.label === undefined ? placed(door.name, door.location) : `doors labelled ${quoted(door.label)}`];
  return [who.kind === "user" ? who.name : `members of ${quoted(who.name)}`];
}

function placed(name: string, location: string | undefined): string {
  return location === undefined ? quoted(name) : `${quoted(name)} at ${location}`;
}

function whenText({ when, revocations, remaining }: ReportedOpening): string {
  const isRevoked =
    remaining.length === 0 && when.weekly.length > 0 && when.dates.length === 0 && when.unclear === undefined;
  const exceptions = revocations.map(({ name, when: taken, isUncertain }) => {
    return `${isUncertain ? "perhaps " : ""}except ${taken.text} (revocation ${quoted(name)})`;
  });
  return [`${isRevoked ? "revoked: " : ""}${when.text}`, ...exceptions].join(", ");
}

function throughText(opening: ReportedOpening, kind: AccessReport["subject"]["kind"]): string {
  const { who, door, groups, labels, namesPeople, namesDoor } = opening;
  const unread = [
    ...(kind === "user" && who.kind === "group" ? [`group ${quoted(who.name)}, if a member`] : []),
    ...(kind === "door" && door.label !== undefined ? [`label ${quoted(door.label)}, if the door has it`] : []),
  ];
  const people = groups.map(({ name }) => `group ${quoted(name)}`);
  const doors = labels.map((label) => `label ${quoted(label)}`);
  const parts = [
    ...people,
    ...(people.length > 0 && namesPeople ? ["the user"] : []),
    ...doors,
    ...(doors.length > 0 && namesDoor ? ["the door"] : []),
    ...unread,
  ];
  return parts.length === 0 ? "directly" : joinedWithAnd(parts);
}

function notesOn({ subject, members, guestGrants }: AccessReport): string[] {
  const guests = joinedWithAnd(guestGrants.map(({ name }) => quoted(name)));
  const opens = subject.kind === "door" ? "opens this door" : "is not shown, because its guests are not known";
  return [
    ...(members === undefined || members.length === 0
      ? []
      : [`  Members: ${joinedWithAnd(members.map(({ name }) => name))}.`]),
    ...(guestGrants.length === 0
      ? []
      : [`  ${counted(guestGrants.length, "grant")} of guest passes, which ${opens}: ${guests}.`]),
  ];
}
