import { distance } from "fastest-levenshtein";

/**
 * The name a person most likely meant.
 * @param written What was written.
 * @param names What exists.
 * @returns The nearest name, or `undefined` when none is near.
 */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, steps: distance(written.toLowerCase(), name.toLowerCase()) }))
    .sort((one, other) => one.steps - other.steps);
  const best = ranked[0];
  return best !== undefined && best.steps <= Math.max(2, written.length / 3) ? best.name : undefined;
}
