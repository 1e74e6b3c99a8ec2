import { distance } from "fastest-levenshtein";
import type { CheckReport } from "./field";
import { foldedName } from "./foldedName";
import { type Path, pathText } from "./values";

/** The maximum edit distance of a suggestion. */
const MAX_DISTANCE = 4;

/**
 * Suggestions for a name that does not exist, the best first: names with a similar spelling, then names that contain it.
 * @param written The name that does not exist.
 * @param names The existing names. They may be long and similar, such as e-mail addresses of one company.
 * @param most The maximum number of suggestions.
 */
export function nearestNames(written: string, names: readonly string[], most: number): string[] {
  const ranked = rankedNames(written, names);
  const limit = Math.min(MAX_DISTANCE, Math.max(2, 2 * (ranked[0]?.steps ?? 0)));
  const near = ranked.filter(({ steps }) => steps <= limit).map(({ name }) => name);
  const sought = foldedName(written);
  const longer = names.filter((name) => sought.length > 1 && foldedName(name).includes(sought));
  return [...new Set([...near, ...longer])].slice(0, most);
}

/**
 * The best suggestion for a name that does not exist.
 * @param written The name that does not exist.
 * @param names The existing names.
 * @returns `undefined` if no name has a similar spelling.
 */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  return rankedNames(written, names)[0]?.name;
}

/** The names with a similar spelling, the nearest first. */
function rankedNames(written: string, names: readonly string[]): { name: string; steps: number }[] {
  const sought = foldedName(written);
  return names
    .map((name) => ({ name, steps: distance(sought, foldedName(name)) }))
    .filter(({ steps }) => steps <= Math.max(2, written.length / 3))
    .sort((one, other) => one.steps - other.steps);
}

/**
 * Reports a property that a resource or an object does not have, and suggests the nearest existing name.
 * @param name The property.
 * @param names The existing names.
 * @param path The object that holds the property; empty for the resource itself.
 * @param report Receives the mistake.
 */
export function reportUnknownProperty(name: string, names: readonly string[], path: Path, report: CheckReport): void {
  report.fail([...path, name], unknownProperty(name, pathText([...path, name]), names));
}

/**
 * The message about a property that does not exist.
 * @param name The property.
 * @param at The property with its place.
 * @param names The existing names.
 */
export function unknownProperty(name: string, at: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  const remedy = nearest === undefined ? `The properties are ${names.join(", ")}.` : `Did you mean "${nearest}"?`;
  return `${at} is an unknown property. ${remedy}`;
}
