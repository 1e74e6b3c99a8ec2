import type { CheckReport } from "./field";
import { nearestName } from "./suggestions";
import { type Path, pathText } from "./values";

/**
 * Reports a property that a resource or an object does not have, and suggests the nearest existing name.
 * @param name The property.
 * @param names The existing names.
 * @param path The object that holds the property; empty for the resource itself.
 * @param report Receives the mistake.
 */
export function reportUnknownProperty(name: string, names: readonly string[], path: Path, report: CheckReport): void {
  const at = pathText([...path, name]);
  const nearest = nearestName(name, names);
  const remedy = nearest === undefined ? `The properties are ${names.join(", ")}.` : `Did you mean "${nearest}"?`;
  report.fail([...path, name], `${at} is an unknown property. ${remedy}`);
}
