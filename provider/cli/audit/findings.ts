import { foldedName } from "../../core/schema/foldedName";
import type { ResourceType } from "../../resources/registry";
import { type MissingItem, missingDoors, missingItems, missingItemText } from "../../resources/shared/vendorList";
import type { Camera } from "../../rhombus/api/schemas/directory";
import { plainText } from "../output/plainText";
import type { Inventory, LiveIntegration, LiveObject } from "./inventory";
import type { KeysTried, VendorLists } from "./vendorKeys";

/** The kinds of problems, with their titles. The keys are their names in JSON. */
export const facts = {
  doorWithoutCamera: "door without a camera",
  missingCamera: "camera does not exist",
  retiredCamera: "camera out of service",
  offlineCamera: "camera offline",
  disabled: "integration disabled",
  keyRefused: "key refused",
  misconfiguredDoor: "misconfigured door",
  unknownToGenea: "unknown to Genea",
  unknownToKisi: "unknown to Kisi",
  sameName: "same name",
  unmanaged: "in no stack",
} as const;

/** A kind of problem. */
export type Fact = keyof typeof facts;

/** A problem of one object. */
export interface Finding {
  /** The kind of problem. */
  readonly fact: Fact;
  /** The object's resource type. */
  readonly type: ResourceType;
  /** The object's resource id. */
  readonly id: string;
  /** The label of the object, such as `OnGuard "HQ"`. */
  readonly object: string;
  /** The details of the problem. */
  readonly text: string;
}

/**
 * Finds the problems that the objects of an organization show by themselves.
 * @param inventory The objects of the organization.
 * @param keys The result of trying the vendor keys.
 */
export function findingsIn(
  inventory: Inventory,
  { refused: refusedKeys, lists }: Pick<KeysTried, "refused" | "lists">,
): Finding[] {
  const { integrations, groups, cameras } = inventory;
  return [
    ...integrations.flatMap(withoutCamera),
    ...(cameras === undefined ? [] : integrations.flatMap((each) => cameraFindings(each, cameras))),
    ...integrations.flatMap((each) =>
      each.isDisabled ? [finding("disabled", each, "it processes no badge events")] : [],
    ),
    ...integrations.flatMap((each) => keyFindings(each, refusedKeys)),
    ...integrations.flatMap(misconfigured),
    ...integrations.flatMap((each) => unknownToVendor(each, lists)),
    ...sameNames(integrations.filter(({ type }) => type === "OnGuardIntegration")),
    ...sameNames(groups),
  ];
}

function withoutCamera(integration: LiveIntegration): Finding[] {
  const bare = integration.doors.filter(({ cameras }) => cameras.length === 0);
  return bare.map(({ label }) => finding("doorWithoutCamera", integration, label));
}

function cameraFindings(integration: LiveIntegration, cameras: ReadonlyMap<string, Camera>): Finding[] {
  return integration.doors.flatMap((door) =>
    door.cameras.flatMap((uuid): Finding[] => {
      const camera = cameras.get(uuid);
      if (camera === undefined) return [finding("missingCamera", integration, `${door.label}: ${plainText(uuid)}`)];
      const named = `${door.label}: ${JSON.stringify(plainText(camera.name ?? ""))} (${uuid})`;
      if (camera.mummified === true) return [finding("retiredCamera", integration, named)];
      // Rhombus does not document the colours; its console shows a disconnected camera in red.
      return camera.connectionStatus === "RED" ? [finding("offlineCamera", integration, named)] : [];
    }),
  );
}

function keyFindings(integration: LiveIntegration, refusedKeys: ReadonlyMap<string, string>): Finding[] {
  const words = refusedKeys.get(integration.id);
  if (words === undefined && !integration.isKeyRefused) return [];
  return [finding("keyRefused", integration, words ?? "Rhombus reports that the third party does not accept the key")];
}

function misconfigured(integration: LiveIntegration): Finding[] {
  return integration.misconfigured.map((door) => {
    return finding("misconfiguredDoor", integration, `${door} has cameras of several locations`);
  });
}

function unknownToVendor(integration: LiveIntegration, lists: VendorLists): Finding[] {
  const { type, doors, places } = integration;
  const found = (fact: Fact, all: readonly MissingItem[]) =>
    all.map((each) => finding(fact, integration, plainText(missingItemText(each).replace(/^the /, ""))));
  if (type === "GeneaIntegration") {
    const ids = doors.map(({ key }) => key);
    return found("unknownToGenea", missingItems("door", ids, lists.geneaDoors));
  }
  if (type !== "KisiIntegration") return [];
  return found("unknownToKisi", [
    ...missingItems("place", places, lists.kisiPlaces),
    ...doors.flatMap(({ key, place }) => missingDoors([key], place, lists.kisiDoors)),
  ]);
}

function sameNames(objects: readonly LiveObject[]): Finding[] {
  const byName = new Map<string, LiveObject[]>();
  for (const each of objects) {
    const name = foldedName(each.name);
    byName.set(name, [...(byName.get(name) ?? []), each]);
  }
  return [...byName.values()].flatMap((sharing) => {
    const [first] = sharing;
    if (first === undefined || sharing.length === 1) return [];
    return [finding("sameName", first, `${sharing.length} of that name: ${sharing.map(({ id }) => id).join(", ")}`)];
  });
}

/**
 * Creates a finding.
 * @param fact The kind of problem.
 * @param object The object.
 * @param text The details of the problem.
 */
export function finding(fact: Fact, { type, id, label }: LiveObject, text: string): Finding {
  return { fact, type, id, object: label, text };
}
