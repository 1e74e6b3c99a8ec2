import { columns, counted, joinedWithAnd, quoted } from "../output/plainText";
import type { AccessReport, ReportedOpening } from "./report";
import { mayHaveNoEffect } from "./times";

/**
 * Formats an answer as text.
 * @param report The answer.
 */
export function reportText(report: AccessReport): string {
  const { organization, openings, unread, scope } = report;
  const parts = [
    [`${organization === undefined ? "Unknown organization" : organization.name}: ${questionText(report)}`],
    openings.length === 0 ? ["  No grant was found."] : tableOf(report),
    notesOn(report),
    unread.map(({ what, why }) => `  not read: ${what}: ${why}`),
    ["Scope", ...scope.map((line) => `  ${line}`)],
  ];
  return parts
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n");
}

type SubjectKind = AccessReport["subject"]["kind"];

function questionText({ subject: { kind, name, location }, members }: AccessReport): string {
  if (kind === "door") return `who may open the door ${placed(name, location)}`;
  if (kind === "user") return `what the user ${name} may open`;
  const count = members === undefined ? "" : ` (${counted(members.length, "member")})`;
  return `what the group ${quoted(name)}${count} may open`;
}

/** The column of exceptions is the last one, because its texts are long, and absent if there is none. */
function tableOf({ subject: { kind }, openings }: AccessReport): string[] {
  const rows = openings.map((each) => [
    kind === "door" ? peopleText(each) : doorText(each),
    whenText(each),
    quoted(each.grant.name),
    throughText(each, kind),
    exceptionsText(each),
  ]);
  const table = [[kind === "door" ? "WHO" : "DOOR", "WHEN", "GRANT", "THROUGH", "EXCEPT"], ...rows];
  return columns(rows.some((row) => row.at(-1) !== "") ? table : table.map((row) => row.slice(0, -1)));
}

function peopleText({ who: { kind, name } }: ReportedOpening): string {
  return kind === "user" ? name : `members of ${quoted(name)}`;
}

function doorText({ door: { uuid, label, name, location } }: ReportedOpening): string {
  if (label !== undefined) return `doors with the label ${quoted(label)}`;
  return uuid === name ? `door or elevator landing ${uuid}` : placed(name, location);
}

function placed(name: string, location: string | undefined): string {
  return location === undefined ? quoted(name) : `${quoted(name)} at ${location}`;
}

function whenText({ when, remaining }: ReportedOpening): string {
  const isWeekly = when.weekly.length > 0 && when.dates.length === 0 && when.unclear === undefined;
  return isWeekly && remaining.length === 0 ? `perhaps revoked: ${when.text}` : when.text;
}

function exceptionsText({ revocations }: ReportedOpening): string {
  return revocations
    .map(({ name, when, concerns }) => {
      const isDoubtful = concerns === "unknown" || mayHaveNoEffect(when);
      const words = [...(isDoubtful ? ["perhaps"] : []), ...(concerns === "some" ? ["for some members"] : [])].join(
        " ",
      );
      return `${words === "" ? "" : `${words}: `}${when.text} (revocation ${quoted(name)})`;
    })
    .join("; ");
}

function throughText(opening: ReportedOpening, kind: SubjectKind): string {
  const { who, door, groups, labels, namesPeople, namesDoor } = opening;
  const people = groups.map(({ name }) => `group ${quoted(name)}`);
  const doors = labels.map((label) => `label ${quoted(label)}`);
  const parts = [
    ...people,
    ...(people.length > 0 && namesPeople ? ["the user itself"] : []),
    ...(kind === "user" && who.kind === "group" ? [`group ${quoted(who.name)} (if a member)`] : []),
    ...doors,
    ...(doors.length > 0 && namesDoor ? ["the door itself"] : []),
    ...(kind === "door" && door.label !== undefined ? [`label ${quoted(door.label)} (if the door has it)`] : []),
  ];
  return parts.length === 0 ? "directly" : parts.join(", ");
}

function notesOn({ subject, members = [], guestGrants }: AccessReport): string[] {
  const people = joinedWithAnd(members.map(({ name }) => name));
  const guests = joinedWithAnd(guestGrants.map(({ name }) => quoted(name)));
  const guestNote =
    subject.kind === "door"
      ? `  Guest passes also open this door: ${guests}.`
      : `  Guest passes, whose guests are not known: ${guests}.`;
  return [...(members.length === 0 ? [] : [`  Members: ${people}.`]), ...(guestGrants.length === 0 ? [] : [guestNote])];
}
