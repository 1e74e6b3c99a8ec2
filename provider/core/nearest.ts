import { distance } from "fastest-levenshtein";

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
  const sought = written.trim().toLowerCase();
  const longer = names.filter((name) => sought.length > 1 && name.toLowerCase().includes(sought));
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
  return names
    .map((name) => ({ name, steps: distance(written.toLowerCase(), name.toLowerCase()) }))
    .filter(({ steps }) => steps <= Math.max(2, written.length / 3))
    .sort((one, other) => one.steps - other.steps);
}
