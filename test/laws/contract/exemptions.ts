import { type Path, pathText } from "../../../provider/core/schema/values";
import type { Behaviours } from "../../../provider/emulator";
import type { Changes } from "./changes";

/** Behaviours with the settings under which something applies. */
export type When = { readonly [Name in keyof Behaviours]?: readonly Behaviours[Name][] };

/** A change that the API cannot make: every run ends in a partial failure that names its path. */
export interface Exemption {
  readonly reason: string;
  readonly when: When;
  readonly change: keyof Changes;
  /** The paths as in messages. */
  readonly at: RegExp;
  /** The path that the message names instead. Default: that of the change. */
  readonly namedAs?: string;
  /** The behaviours under which it succeeds. Absent if there are none. */
  readonly until?: Partial<Behaviours>;
}

/** An operation that is refused before anything is written: it is an error, and nothing changes. */
export interface Refusal extends Pick<Exemption, "reason" | "when" | "until"> {
  /** The names of the samples. Default: all. */
  readonly sample?: RegExp;
  readonly step: RegExp;
  /** It is refused only if inputs are set one by one, as in the long run. Default: always. */
  readonly oneByOne?: true;
  /** It is refused only if the step replaces the object. Default: always. */
  readonly replacing?: true;
  readonly error: RegExp;
}

/** All changes that the API cannot make under some behaviours. */
export const exemptions: readonly Exemption[] = [
  {
    reason: "neither leaving an entry out nor an explicit null removes it",
    when: { mapWrites: ["merge"], nulls: ["keeps"] },
    change: "removed",
    at: /^(?:doorInfoMap|doorToCameraMap|placeToSettingsMap)(?:\.\w+|\["[^"]+"\])$|\bdoorInfoMap(?:\.\w+|\["[^"]+"\])$/,
    until: { nulls: "clears" },
  },
  {
    reason: "neither leaving a field of a door out nor an explicit null clears it, and an id has no empty value",
    when: { doorWrites: ["merge"], nulls: ["keeps"] },
    change: "removed",
    at: /\bdoorInfoMap(?:\.\w+|\["[^"]+"\])\.(?:locationUuid|subLocationsHierarchyKey)$/,
    until: { nulls: "clears" },
  },
  {
    reason: "neither an empty description nor an explicit null clears it",
    when: { nulls: ["keeps"], emptyDescription: ["keeps"] },
    change: "removed",
    at: /^description$/,
    until: { nulls: "clears" },
  },
  {
    reason: "neither leaving the number out nor an explicit null clears it, and a number has no empty value",
    when: { settingsWrites: ["merge"], nulls: ["keeps"] },
    change: "removed",
    at: /^placeId$/,
    until: { nulls: "clears" },
  },
  {
    reason: "neither leaving the schedule of a grant out nor an explicit null clears it, and an id has no empty value",
    when: { settingsWrites: ["merge"], nulls: ["keeps"] },
    change: "removed",
    at: /^scheduleUuid$/,
    namedAs: "always",
    until: { nulls: "clears" },
  },
  {
    reason: "a group cannot have members who do not exist",
    when: {},
    change: "added",
    at: /^userUuids\.j3vVZgtlTLGKuANORl3inA$/,
  },
  {
    reason: "doors and places that Genea or Kisi does not have are not stored",
    when: { failedDoors: [true] },
    change: "added",
    at: /^doorInfoMap\.nowhere$|\["(?:49999|59999)"\]$/,
    until: { failedDoors: false },
  },
  {
    reason: "a grant cannot name a group that does not exist",
    when: { unknownInGrants: ["skipped"] },
    change: "added",
    at: /^groupUuids\.Z04p4MkMTCKnu7wjgDrmyQ$/,
    until: { unknownInGrants: "stored" },
  },
];

/** All operations that are refused under some behaviours. */
export const refusals: readonly Refusal[] = [
  {
    reason: "Rhombus removed the operations that the program declares",
    when: { kisiVersions: ["v1-removed"] },
    sample: /^the Kisi integration of the first version$/,
    step: /^created$/,
    error: /apiVersion: "V2".*has removed the first version of its Kisi operations/,
  },
  {
    reason: "V1 must not write an integration that V2 wrote",
    when: { kisiV1AfterV2: ["refused"] },
    sample: /^the Kisi integration of the first version$/,
    step: /^adopted/,
    error: /migrated to the second version/,
    until: { kisiV1AfterV2: "written" },
  },
  {
    reason: "Rhombus answers with the deployment that already exists, or loses that answer",
    when: { onGuardCreate: ["existing"] },
    sample: /^an OnGuard deployment$/,
    step: /^created beside another$/,
    error: /answered with the existing "|createOrUpdateHoneywellOnGuardIntegration failed: 500/,
  },
  {
    reason: "Rhombus does not accept a door in two locations",
    when: { misconfiguredDoors: ["refused"] },
    step: /^a door in two places$/,
    error: /assigned to more than one location/,
  },
  {
    reason: "Rhombus refuses a grant that names a group which does not exist",
    when: { unknownInGrants: ["refused"] },
    step: /^a group that does not exist$/,
    error: /Some of the objects do not exist/,
    until: { unknownInGrants: "stored" },
  },
  {
    reason: "a grant without its schedule may hold at all times",
    when: { emptyLists: ["array"] },
    step: /^a schedule that does not exist$/,
    error: /no schedule has the id Z04p4MkMTCKnu7wjgDrmyQ\. Nothing was written/,
  },
  {
    reason: "a list of what uses a schedule that is null or left out does not prove that nothing does",
    when: { emptyLists: ["null", "absent"] },
    sample: /^a schedule$/,
    step: /^deleted(?! again)/,
    error: /getScheduleData does not show accessGrantUuids\. Therefore .* was not deleted/,
    until: { deletes: "performed", emptyLists: "array" },
  },
  {
    reason: "Rhombus answers a delete and does not carry it out",
    when: { deletes: ["ignored"] },
    step: /^deleted(?! again)/,
    error: /Run the same command again: .*was not deleted\. .*still shows it, so it stays in the state/,
    until: { deletes: "performed", emptyLists: "array" },
  },
  {
    reason: "Rhombus answers the delete of a replacement and does not carry it out",
    when: { deletes: ["ignored"] },
    step: /./,
    replacing: true,
    error: /was not deleted\. .* still shows it/,
    until: { deletes: "performed", emptyLists: "array" },
  },
  {
    reason: "without an integration, neither its read nor the listing of all proves that there is none",
    when: { emptyLists: ["absent"] },
    sample: /^(?:the Genea integration|the Kisi integration)$/,
    step: /^(?:created|deleted|removed outside)/,
    error: /the answer may be incomplete|The integration is not configured/,
    until: { emptyLists: "array", organizationReads: "allowed" },
  },
  {
    reason: "before the first deployment, neither the read of OnGuard nor the listing of all proves that there is none",
    when: { emptyLists: ["absent"] },
    sample: /^an OnGuard deployment$/,
    step: /^(?:created(?: once more)?$|removed outside)/,
    error: /the answer may be incomplete/,
    until: { emptyLists: "array", organizationReads: "allowed" },
  },
  {
    reason: "a list of groups that is null or left out does not prove that there are none",
    when: { emptyLists: ["null", "absent"] },
    sample: /^an access control group$/,
    step: /^removed outside, (?:changed|read)$/,
    error: /the answer may be incomplete/,
    until: { emptyLists: "array", organizationReads: "allowed" },
  },
  {
    reason: "a list of members that is null or left out does not prove that the group has none",
    when: { emptyLists: ["null", "absent"] },
    sample: /^an access control group$/,
    step: /^userUuids set$/,
    oneByOne: true,
    error: /"groupMembers" is (?:null|missing)/,
    until: { emptyLists: "array" },
  },
  {
    reason: "a list of groups that is null or left out does not prove that there are none in any organization",
    when: { emptyLists: ["null", "absent"], organizationReads: ["refused"] },
    sample: /^an access control group$/,
    step: /^deleted again$/,
    error: /the answer may be incomplete/,
    until: { emptyLists: "array", organizationReads: "allowed" },
  },
  {
    reason: "if the organization is unknown, an object that is not found may belong to another one",
    when: { organizationReads: ["refused"] },
    step: /^(?:removed outside, (?:changed|read)|deleted again)$/,
    error: /has no permission to read its organization/,
    until: { organizationReads: "allowed" },
  },
];

/** The behaviours under which a write removes the secrets that the server generated. */
export const wipedSecrets: Pick<Refusal, "reason" | "when"> = {
  reason: "secrets that reads hide cannot be sent back, and a write removes what is not sent",
  when: { serverFieldsOmitted: ["wiped"], serverSecretReads: ["masked", "absent"] },
};

/** True if an exemption or a refusal applies under behaviours. */
export function applies(when: When, behaviours: Behaviours): boolean {
  return Object.entries(when).every(([name, settings]: [string, readonly unknown[]]) => {
    return settings.includes(Reflect.get(behaviours, name));
  });
}

/** The exemptions that apply to changes, each with the paths. */
export function exemptionsFor(changes: Changes, behaviours: Behaviours): ReadonlyMap<Exemption, string[]> {
  const entries = exemptions.map((each) => {
    const paths = applies(each.when, behaviours) ? changes[each.change].map((path: Path) => pathText(path)) : [];
    const exempt = paths.filter((path) => each.at.test(path));
    return [each, exempt.map((path) => each.namedAs ?? path)] as const;
  });
  return new Map(entries.filter(([, paths]) => paths.length > 0));
}
