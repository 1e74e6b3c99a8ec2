import { distance } from "fastest-levenshtein";
import { foldedName } from "./foldedName";

const MOST_STEPS = 4;

/**
 * The names that a person may have meant, the likeliest first: those that are written nearly so, then those of which it is
 * a part.
 * @param written What was written.
 * @param names What exists. They may be long and alike, as e-mail addresses of one company are.
 * @param most How many names to give at most.
 */
export function nearestNames(written: string, names: readonly string[], most: number): string[] {
  const ranked = rankedNames(written, names);
  const limit = Math.min(MOST_STEPS, Math.max(2, 2 * (ranked[0]?.steps ?? 0)));
  const near = ranked.filter(({ steps }) => steps <= limit).map(({ name }) => name);
  const sought = foldedName(written);
  const longer = names.filter((name) => sought.length > 1 && foldedName(name).includes(sought));
  return [...new Set([...near, ...longer])].slice(0, most);
}

/**
 * The name a person most likely meant.
 * @param written What was written.
 * @param names What exists.
 * @returns The nearest name, or `undefined` when none is near.
 */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  return rankedNames(written, names)[0]?.name;
}

/** The names that are not far off, the nearest first. */
function rankedNames(written: string, names: readonly string[]): { name: string; steps: number }[] {
  const sought = foldedName(written);
  return names
    .map((name) => ({ name, steps: distance(sought, foldedName(name)) }))
    .filter(({ steps }) => steps <= Math.max(2, written.length / 3))
    .sort((one, other) => one.steps - other.steps);
}
