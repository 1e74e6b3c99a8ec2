import { type Path, pathText } from "../../../provider/core/schema/values";
import type { Behaviours } from "../../../provider/emulator";
import type { Changes } from "./steps";

/** Behaviours, each with the settings of which any will do. */
export type When = { readonly [Name in keyof Behaviours]?: readonly Behaviours[Name][] };

/** Something that the API cannot do: a partial failure names it, and goes on doing so. */
export interface Exemption {
  /** Why it cannot be done. */
  readonly reason: string;
  /** Under which behaviours. */
  readonly when: When;
  /** What is asked for that cannot be had. */
  readonly asked: keyof Changes;
  /** The places, as messages write them. */
  readonly at: RegExp;
  /** The behaviours under which it can be done; absent where it never can. */
  readonly until?: Partial<Behaviours>;
}

/** Something that is refused before anything is written: an error says so, and nothing changes. */
export interface Refusal {
  /** Why it is refused. */
  readonly reason: string;
  /** Under which behaviours. */
  readonly when: When;
  /** The samples, where they are not all. */
  readonly sample?: RegExp;
  /** The step. */
  readonly step: RegExp;
  /** It is refused only where the step replaces the object. Default: whatever it does. */
  readonly replacing?: true;
  /** What the error says. */
  readonly error: RegExp;
  /** The behaviours under which it is not refused; absent where it goes no further. */
  readonly until?: Partial<Behaviours>;
}

/** Something that is lost and that nobody can see. */
export interface Loss {
  /** Why it is lost. */
  readonly reason: string;
  /** Under which behaviours. */
  readonly when: When;
}

/** All that a program can ask for and not get under some behaviours. */
export const exemptions: readonly Exemption[] = [
  {
    reason: "neither leaving an entry out nor an explicit null takes it out",
    when: { mapWrites: ["merge"], nulls: ["keeps"] },
    asked: "removed",
    at: /^(?:doorInfoMap|doorToCameraMap|placeToSettingsMap)(?:\.\w+|\["[^"]+"\])$|\bdoorInfoMap(?:\.\w+|\["[^"]+"\])$/,
    until: { nulls: "clears" },
  },
  {
    reason: "neither leaving a field of a door out nor an explicit null clears it, and an id has no empty value",
    when: { doorWrites: ["merge"], nulls: ["keeps"] },
    asked: "removed",
    at: /\bdoorInfoMap(?:\.\w+|\["[^"]+"\])\.(?:locationUuid|subLocationsHierarchyKey)$/,
    until: { nulls: "clears" },
  },
  {
    reason: "neither an empty description nor an explicit null clears it",
    when: { nulls: ["keeps"], emptyDescription: ["keeps"] },
    asked: "removed",
    at: /^description$/,
    until: { nulls: "clears" },
  },
  {
    reason: "neither leaving the number out nor an explicit null clears it, and a number has no empty value",
    when: { settingsWrites: ["merge"], nulls: ["keeps"] },
    asked: "removed",
    at: /^placeId$/,
    until: { nulls: "clears" },
  },
  {
    reason: "a group has no members who do not exist",
    when: {},
    asked: "added",
    at: /^userUuids\.j3vVZgtlTLGKuANORl3inA$/,
  },
  {
    reason: "doors and places that the other vendor does not have are left out of what is stored",
    when: { failedDoors: [true] },
    asked: "added",
    at: /^doorInfoMap\.nowhere$|\["(?:49999|59999)"\]$/,
    until: { failedDoors: false },
  },
];

/** All that is refused under some behaviours. */
export const refusals: readonly Refusal[] = [
  {
    reason: "the vendor has removed the operations that the program declares",
    when: { kisiVersions: ["v1-removed"] },
    sample: /^the Kisi integration of the first version$/,
    step: /^created$/,
    error: /has removed the first version of its Kisi operations.*apiVersion: "V2"/,
  },
  {
    reason: "what the second version has written is not the first one's to write",
    when: { kisiV1AfterV2: ["refused"] },
    sample: /^the Kisi integration of the first version$/,
    step: /^adopted/,
    error: /migrated to the second version/,
    until: { kisiV1AfterV2: "written" },
  },
  {
    reason: "the vendor answers with the deployment that already exists, or loses that answer",
    when: { onGuardCreate: ["existing"] },
    sample: /^an OnGuard deployment$/,
    step: /^created beside another$/,
    error: /answered with the existing one|createOrUpdateHoneywellOnGuardIntegration failed: 500/,
  },
  {
    reason: "the vendor takes no door in two places",
    when: { misconfiguredDoors: ["refused"] },
    step: /^a door in two places$/,
    error: /assigned to more than one location/,
  },
  {
    reason: "Rhombus answers a delete and does not carry it out",
    when: { deletes: ["ignored"] },
    step: /^deleted(?! again)/,
    error: /was not deleted: .* still shows it/,
    until: { deletes: "performed", emptyLists: "array" },
  },
  {
    reason: "Rhombus answers the delete of a replacement and does not carry it out",
    when: { deletes: ["ignored"] },
    step: /./,
    replacing: true,
    error: /was not deleted: .* still shows it/,
    until: { deletes: "performed", emptyLists: "array" },
  },
  {
    reason: "neither the read of an integration nor the listing of all says anything where there is none",
    when: { emptyLists: ["absent"] },
    sample: /^(?:the Genea integration|the Kisi integration)$/,
    step: /^(?:created|deleted|removed outside)/,
    error: /the answer may be incomplete|The integration is not configured/,
    until: { emptyLists: "array", organizationReads: "allowed" },
  },
  {
    reason: "neither the read of OnGuard nor the listing of all says anything before the first deployment",
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
    reason: "a list of groups that is null or left out does not prove that there are none, in whatever organization",
    when: { emptyLists: ["null", "absent"], organizationReads: ["refused"] },
    sample: /^an access control group$/,
    step: /^deleted again$/,
    error: /the answer may be incomplete/,
    until: { emptyLists: "array", organizationReads: "allowed" },
  },
  {
    reason: "without knowing the organization, what is not there may be elsewhere",
    when: { organizationReads: ["refused"] },
    step: /^(?:removed outside, (?:changed|read)|deleted again)$/,
    error: /has no permission to read its organization/,
    until: { organizationReads: "allowed" },
  },
];

/** Behaviours under which nothing shows that a group has no members. */
export const unshownMembers: Pick<Refusal, "reason" | "when"> = {
  reason: "a list of members that is null or left out does not prove that a group has none",
  when: { emptyLists: ["null", "absent"] },
};

/** What the server made up and a write takes away again. */
export const losses: readonly Loss[] = [
  {
    reason: "what reads hide cannot be sent back, and what is not sent back is wiped",
    when: { serverFieldsOmitted: ["wiped"], serverSecretReads: ["masked", "absent"] },
  },
];

/**
 * Whether behaviours are those of an exemption, a refusal or a loss.
 * @param when Its behaviours.
 * @param behaviours The present ones.
 */
export function holds(when: When, behaviours: Behaviours): boolean {
  return Object.entries(when).every(([name, settings]: [string, readonly unknown[]]) => {
    return settings.includes(Reflect.get(behaviours, name));
  });
}

/**
 * The places at which an exemption bears on a change.
 * @param exemption The exemption.
 * @param changes The change.
 */
export function placesOf({ asked, at }: Exemption, changes: Changes): string[] {
  return changes[asked].map((path: Path) => pathText(path)).filter((place) => at.test(place));
}
