import type { Organization } from "../../core/resource/definition";
import { definitionOf } from "../../resources/registry";
import { countsIn } from "../entries";
import { columns } from "../output/columns";
import { counted, plainText } from "../output/plainText";
import { type Existing, organizationText } from "./existing";
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
      return [existing.type, plainText(existing.label), contentsOf(existing), standing];
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

function contentsOf({ type, inputs }: Existing): string {
  const counts = [...countsIn(definitionOf(type).fields, inputs)];
  return counts.map(([noun, count]) => counted(count, noun)).join(", ");
}
