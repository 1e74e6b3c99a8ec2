import type { Organization } from "../../core/resource/definition";
import { definitionOf } from "../../resources/registry";
import { countsIn } from "../entries";
import { organizationText } from "../organizationText";
import { columns, counted, plainText, quoted } from "../output/plainText";
import type { ExistingObject } from "./existing";
import type { NamedObject } from "./naming";
import { conditionText } from "./selection";

/** The inventory of an organization. */
export interface Inventory {
  /** The organization; `undefined` if the key may not read it. */
  readonly organization: Organization | undefined;
  /** The objects that match the options. */
  readonly resources: readonly NamedObject[];
  /** The options that select only some objects. */
  readonly filters: readonly string[];
}

/**
 * Formats the counts of an inventory, and the objects that cannot be imported.
 * @param inventory The inventory.
 */
export function summaryOf(inventory: Inventory): string {
  return `${headOf(inventory)}${problemsOf(inventory)}`;
}

/**
 * Formats an inventory as a table.
 * @param inventory The inventory.
 */
export function tableOf(inventory: Inventory): string {
  const { resources } = inventory;
  if (resources.length === 0) return headOf(inventory);
  const rows = resources.map(({ existing, name, isInStack }) => {
    const status = isInStack ? name : existing.problems.length > 0 ? "cannot be imported" : "-";
    return [existing.type, plainText(existing.label), contentsOf(existing), status];
  });
  const table = columns([["TYPE", "NAME", "CONTENTS", "IN THE STACK AS"], ...rows]);
  return `${headOf(inventory)}\n${table.join("\n")}\n${problemsOf(inventory)}`;
}

function headOf({ organization, resources, filters }: Inventory): string {
  const managed = resources.filter(({ isInStack }) => isInStack).length;
  const owner = plainText(organizationText(organization));
  if (resources.length === 0) return `${owner} has no object ${conditionText(filters)}.\n`;
  return `${owner}: ${counted(resources.length, "object")}, ${managed} of them in the stack already.\n`;
}

/**
 * The inventory as JSON.
 * @param inventory The inventory.
 */
export function jsonOf({ organization, resources }: Inventory): object {
  return {
    ...(organization === undefined ? {} : { organization }),
    objects: resources.map(({ existing, name, isInStack }) => ({
      type: existing.type,
      id: existing.id,
      label: existing.label,
      name,
      managed: isInStack,
      ...(existing.problems.length > 0 ? { problems: existing.problems } : {}),
    })),
  };
}

function problemsOf({ resources }: Inventory): string {
  const unmanaged = resources.filter(({ isInStack }) => !isInStack);
  const lines = unmanaged.flatMap(({ existing: { type, label, problems } }) => {
    return problems.map((reason) => `  ${type} ${quoted(label)}: ${plainText(reason)}\n`);
  });
  if (lines.length === 0) return "";
  return `\nCannot be imported as they are; change them in the Rhombus console:\n${lines.join("")}`;
}

function contentsOf({ type, inputs }: ExistingObject): string {
  const counts = [...countsIn(definitionOf(type).fields, inputs)];
  return counts.map(([noun, count]) => counted(count, noun)).join(", ");
}
