import { foldedName } from "../../core/schema/foldedName";
import type { ResourceType } from "../../resources/registry";
import { missingItemText } from "../../resources/shared/vendorList";
import { plainText, quoted } from "../output/plainText";
import type { AuditedObject, Door, Inventory } from "./inventory";
import type { VendorComparison } from "./vendorLists";

/** The kinds of findings, with their titles. The keys are their names in JSON. */
export const findingKinds = {
  doorWithoutCamera: "door without a camera",
  missingCamera: "camera does not exist",
  retiredCamera: "camera out of service",
  offlineCamera: "camera offline",
  disabled: "integration disabled",
  keyRefused: "key refused",
  misconfiguredDoor: "misconfigured door",
  unknownToGenea: "unknown to Genea",
  unknownToKisi: "unknown to Kisi",
  grantWithoutDoors: "grant without doors",
  grantWithoutPeople: "grant without people",
  missingSchedule: "schedule does not exist",
  alwaysForEveryone: "always for everyone",
  doubtfulRevocation: "revocation may have no effect",
  missingUser: "user does not exist",
  missingGroup: "group does not exist",
  missingDoor: "door does not exist",
  missingLabel: "label of no door",
  missingLocation: "location does not exist",
  sameName: "same name",
  unmanaged: "in no stack",
} as const;

/** A kind of finding. */
export type FindingKind = keyof typeof findingKinds;

/** A problem of one object. */
export interface Finding {
  /** The kind of problem. */
  readonly kind: FindingKind;
  /** The object's resource type. No resource manages access revocations. */
  readonly type: ResourceType | "AccessRevocation";
  /** The object's resource id. */
  readonly id: string;
  /** The label of the object, such as `OnGuard "HQ"`. */
  readonly object: string;
  /** The details of the problem. */
  readonly text: string;
}

/** An object of which there is a finding. */
export interface FindingObject extends Pick<Finding, "type" | "id"> {
  /** The label, such as `OnGuard "HQ"`. */
  readonly label: string;
}

/**
 * Finds the problems that the objects of an organization show by themselves.
 * @param inventory The objects of the organization.
 * @param comparisons The comparisons with the lists of the badge vendors.
 */
export function findingsIn({ objects, cameras }: Inventory, comparisons: readonly VendorComparison[]): Finding[] {
  const ofEach = (kind: FindingKind, textsOf: (object: AuditedObject) => readonly string[]) =>
    objects.flatMap((object) => textsOf(object).map((text) => finding(kind, object, text)));
  return [
    ...ofEach("doorWithoutCamera", ({ doors }) =>
      doors.filter((door) => door.cameras.length === 0).map(({ label }) => label),
    ),
    ...objects.flatMap((object) => object.doors.flatMap((door) => cameraFindings(object, door, cameras))),
    ...ofEach("disabled", ({ isDisabled }) => (isDisabled ? ["it processes no badge events"] : [])),
    ...comparisons.flatMap(keyFindings),
    ...ofEach("misconfiguredDoor", ({ misconfigured }) => {
      return misconfigured.map((door) => `${door} has cameras of several locations`);
    }),
    ...comparisons.flatMap(missingFindings),
    ...sameNames(objects),
  ];
}

function cameraFindings(object: AuditedObject, { label, cameras }: Door, known: Inventory["cameras"]): Finding[] {
  if (known === undefined) return [];
  return cameras.flatMap((uuid): Finding[] => {
    const camera = known.get(uuid);
    if (camera === undefined) return [finding("missingCamera", object, `${label}: ${plainText(uuid)}`)];
    const text = `${label}: ${quoted(camera.name)} (${uuid})`;
    if (camera.mummified === true) return [finding("retiredCamera", object, text)];
    // Rhombus does not document the colours; its console shows a disconnected camera in red.
    return camera.connectionStatus === "RED" ? [finding("offlineCamera", object, text)] : [];
  });
}

function keyFindings({ object, refusal }: VendorComparison): Finding[] {
  if (refusal === undefined && !object.isKeyRefused) return [];
  return [finding("keyRefused", object, refusal ?? "Rhombus reports that the badge vendor does not accept the key")];
}

function missingFindings({ object, missing }: VendorComparison): Finding[] {
  const kind = object.type === "GeneaIntegration" ? "unknownToGenea" : "unknownToKisi";
  return missing.map((each) => finding(kind, object, plainText(missingItemText(each).replace(/^the /, ""))));
}

function sameNames(objects: readonly AuditedObject[]): Finding[] {
  const byName = new Map<string, AuditedObject[]>();
  for (const object of objects) {
    if (object.name === undefined) continue;
    const name = `${object.type} ${foldedName(object.name)}`;
    const sharing = byName.get(name);
    if (sharing === undefined) byName.set(name, [object]);
    else sharing.push(object);
  }
  return [...byName.values()].flatMap((sharing) => {
    const [first] = sharing;
    if (first === undefined || sharing.length === 1) return [];
    return [finding("sameName", first, `${sharing.length} of that name: ${sharing.map(({ id }) => id).join(", ")}`)];
  });
}

/**
 * Creates a finding.
 * @param kind The kind of problem.
 * @param object The object.
 * @param text The details of the problem.
 */
export function finding(kind: FindingKind, { type, id, label }: FindingObject, text: string): Finding {
  return { kind, type, id, object: label, text };
}
