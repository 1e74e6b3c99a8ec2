import { foldedName } from "../../core/schema/foldedName";
import type { ResourceType } from "../../resources/registry";
import { type Unlisted, unlistedAmong, unlistedDoorsAt, unlistedSaid } from "../../resources/shared/unlisted";
import type { Camera } from "../../rhombus/api/schemas/directory";
import { plainText } from "../output/plainText";
import type { Inventory, LiveIntegration, LiveObject } from "./inventory";
import type { KeysTried, VendorLists } from "./vendorKeys";

/** What is wrong, by its name in JSON, with what people call it. */
export const facts = {
  doorWithoutCamera: "door without a camera",
  missingCamera: "camera does not exist",
  retiredCamera: "camera out of service",
  offlineCamera: "camera offline",
  disabled: "integration off",
  keyRefused: "key refused",
  misconfiguredDoor: "misconfigured door",
  unknownToGenea: "unknown to Genea",
  unknownToKisi: "unknown to Kisi",
  sameName: "same name",
  unmanaged: "in no stack",
} as const;

/** What is wrong. */
export type Fact = keyof typeof facts;

/** Something that should worry someone. */
export interface Finding {
  /** What is wrong. */
  readonly fact: Fact;
  /** The type of the object's resource. */
  readonly type: ResourceType;
  /** The object's id as a resource. */
  readonly id: string;
  /** The object, in words. */
  readonly object: string;
  /** What there is to say about it. */
  readonly said: string;
}

/**
 * What should worry someone about an organization, as far as its own state shows it.
 * @param inventory What it has.
 * @param keys The integrations whose vendor has just refused the key, with the vendor's words, and what the vendors list.
 */
export function findingsIn(
  inventory: Inventory,
  { refused: refusedKeys, lists }: Pick<KeysTried, "refused" | "lists">,
): Finding[] {
  const { integrations, groups, cameras } = inventory;
  return [
    ...integrations.flatMap(withoutCamera),
    ...(cameras === undefined ? [] : integrations.flatMap((each) => cameraFindings(each, cameras))),
    ...integrations.flatMap((each) => (each.isOff ? [finding("disabled", each, "it takes no badge events")] : [])),
    ...integrations.flatMap((each) => keyFindings(each, refusedKeys)),
    ...integrations.flatMap(misconfigured),
    ...integrations.flatMap((each) => unknownToVendor(each, lists)),
    ...sameNames(integrations.filter(({ type }) => type === "OnGuardIntegration")),
    ...sameNames(groups),
  ];
}

function withoutCamera(integration: LiveIntegration): Finding[] {
  const bare = integration.doors.filter(({ cameras }) => cameras.length === 0);
  return bare.map(({ said }) => finding("doorWithoutCamera", integration, said));
}

function cameraFindings(integration: LiveIntegration, cameras: ReadonlyMap<string, Camera>): Finding[] {
  return integration.doors.flatMap((door) =>
    door.cameras.flatMap((uuid): Finding[] => {
      const camera = cameras.get(uuid);
      if (camera === undefined) return [finding("missingCamera", integration, `${door.said}: ${plainText(uuid)}`)];
      const named = `${door.said}: ${JSON.stringify(plainText(camera.name ?? ""))} (${uuid})`;
      if (camera.mummified === true) return [finding("retiredCamera", integration, named)];
      // The vendor does not describe the colours; its console shows a camera without connection in red.
      return camera.connectionStatus === "RED" ? [finding("offlineCamera", integration, named)] : [];
    }),
  );
}

function keyFindings(integration: LiveIntegration, refusedKeys: ReadonlyMap<string, string>): Finding[] {
  const words = refusedKeys.get(integration.id);
  if (words === undefined && !integration.isKeyRefused) return [];
  return [finding("keyRefused", integration, words ?? "Rhombus says that its vendor does not accept the key")];
}

function misconfigured(integration: LiveIntegration): Finding[] {
  return integration.misconfigured.map((door) => {
    return finding("misconfiguredDoor", integration, `${door} has cameras of several locations`);
  });
}

function unknownToVendor(integration: LiveIntegration, lists: VendorLists): Finding[] {
  const { type, doors, places } = integration;
  const found = (fact: Fact, all: readonly Unlisted[]) =>
    all.map((each) => finding(fact, integration, plainText(unlistedSaid(each).replace(/^the /, ""))));
  if (type === "GeneaIntegration") {
    const ids = doors.map(({ key }) => key);
    return found("unknownToGenea", unlistedAmong("door", ids, lists.geneaDoors));
  }
  if (type !== "KisiIntegration") return [];
  return found("unknownToKisi", [
    ...unlistedAmong("place", places, lists.kisiPlaces),
    ...doors.flatMap(({ key, place }) => unlistedDoorsAt([key], place, lists.kisiDoors)),
  ]);
}

function sameNames(objects: readonly LiveObject[]): Finding[] {
  const byName = new Map<string, LiveObject[]>();
  for (const each of objects) {
    const name = foldedName(each.name);
    byName.set(name, [...(byName.get(name) ?? []), each]);
  }
  return [...byName.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined || alike.length === 1) return [];
    return [finding("sameName", first, `${alike.length} of that name: ${alike.map(({ id }) => id).join(", ")}`)];
  });
}

/**
 * A finding.
 * @param fact What is wrong.
 * @param object The object.
 * @param said What there is to say about it.
 */
export function finding(fact: Fact, { type, id, said: object }: LiveObject, said: string): Finding {
  return { fact, type, id, object, said };
}
