import type { Organization } from "../../core/resource/definition";
import { isValueMap, type Value, type Values } from "../../core/schema/values";
import { columns } from "../output/columns";
import { counted, plainText } from "../output/plainText";
import { organizationText } from "./existing";
import type { Named } from "./naming";

/** The inventory of an organization. */
export interface Inventory {
  /** The organization; `undefined` if the key may not read it. */
  readonly organization: Organization | undefined;
  /** The objects that match the options. */
  readonly resources: readonly Named[];
}

/**
 * Formats the counts of an inventory, and the objects that cannot be imported.
 * @param inventory The inventory.
 */
export function summaryOf({ organization, resources }: Inventory): string {
  return `${headOf({ organization, resources })}${problemsOf(resources)}`;
}

/**
 * Formats an inventory as a table.
 * @param inventory The inventory.
 */
export function tableOf({ organization, resources }: Inventory): string {
  const head = headOf({ organization, resources });
  if (resources.length === 0) return head;
  const rows = [
    ["TYPE", "NAME", "HOLDS", "IN THE STACK AS"],
    ...resources.map(({ existing, name, isManaged }) => {
      const standing = isManaged ? name : existing.problems.length > 0 ? "cannot be imported" : "-";
      return [existing.type, plainText(existing.label), contentsOf(existing.inputs), standing];
    }),
  ];
  return `${head}\n${columns(rows).join("\n")}\n${problemsOf(resources)}`;
}

function headOf({ organization, resources }: Inventory): string {
  const managed = resources.filter(({ isManaged }) => isManaged).length;
  const owner = plainText(organizationText(organization));
  if (resources.length === 0) return `${owner} has no such object.\n`;
  return `${owner}: ${counted(resources.length, "object")}, ${managed} of them in the stack already.\n`;
}

/**
 * The inventory as JSON.
 * @param inventory The inventory.
 */
export function jsonOf({ organization, resources }: Inventory): object {
  return {
    ...(organization === undefined ? {} : { organization }),
    objects: resources.map(({ existing, name, isManaged }) => ({
      type: existing.type,
      id: existing.id,
      label: existing.label,
      name,
      managed: isManaged,
      ...(existing.problems.length > 0 ? { problems: existing.problems } : {}),
    })),
  };
}

function problemsOf(resources: readonly Named[]): string {
  const lines = resources
    .filter(({ isManaged }) => !isManaged)
    .flatMap(({ existing: { type, label, problems } }) => {
      return problems.map((reason) => `  ${type} "${plainText(label)}": ${plainText(reason)}\n`);
    });
  return lines.length === 0
    ? ""
    : `\nCannot be imported as they are; change them in the Rhombus console:\n${lines.join("")}`;
}

function contentsOf(inputs: Values): string {
  const { userUuids, doorInfoMap, placeToSettingsMap } = inputs;
  const places = isValueMap(placeToSettingsMap) ? Object.values(placeToSettingsMap) : [];
  const inPlaces = places.map((place) => sizeOf(isValueMap(place) ? place.doorInfoMap : undefined));
  const doors = sizeOf(doorInfoMap) + inPlaces.reduce((total, each) => total + each, 0);
  const parts = [
    ...(isValueMap(placeToSettingsMap) ? [counted(places.length, "place")] : []),
    ...(isValueMap(doorInfoMap) || places.length > 0 ? [counted(doors, "door")] : []),
    ...(Array.isArray(userUuids) ? [counted(userUuids.length, "member")] : []),
  ];
  return parts.join(", ");
}

function sizeOf(map: Value | undefined): number {
  return isValueMap(map) ? Object.keys(map).length : 0;
}
