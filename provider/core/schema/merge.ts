import type { Field, MergeNotes, Reset, ThreeWay } from "./field";
import { entryOf, type Path, type Value } from "./values";

/**
 * Merges a value that cannot be merged in parts.
 * @param field The field.
 * @param three The three sides.
 * @param path The property.
 * @param notes Receives unplanned changes and conflicts.
 * @returns The desired value.
 */
export function mergeWhole(field: Field, three: ThreeWay, path: Path, notes: MergeNotes): Value | undefined {
  const { prior, observed } = three;
  const target = targetOf(field, three);
  if (target === "keep") return observed;
  const isUnchanged = prior !== undefined && field.equal(prior, target.to);
  if (isUnchanged && !field.equal(observed, target.to)) notes.unplanned(path, "was changed");
  if (isUnchanged) return observed;
  const isChangedElsewhere = prior !== undefined && !field.equal(observed, prior) && !field.equal(observed, target.to);
  if (isChangedElsewhere) notes.conflict(path);
  return target.to;
}

/**
 * The difference between the desired and the observed value, for a value that cannot be compared in parts.
 * @param field The field.
 * @param desired The desired value.
 * @param observed The observed value.
 * @param three The sides of the merge that led to the desired value.
 * @param path The property.
 * @returns The path if the values differ; nothing if they are equal, or if nobody declares the field.
 */
export function wholeDifferences(
  field: Field,
  desired: Value | undefined,
  observed: Value | undefined,
  three: ThreeWay,
  path: Path,
): Path[] {
  return targetOf(field, three) === "keep" || field.equal(desired, observed) ? [] : [path];
}

function targetOf(field: Field, { prior, declared }: ThreeWay): Reset {
  if (declared !== undefined) return { to: declared };
  return prior === undefined ? "keep" : field.reset;
}

/**
 * The three sides of one entry of a map or property of an object.
 * @param three The sides of the whole.
 * @param key The key or name.
 */
export function sidesAt(three: ThreeWay, key: string): ThreeWay {
  return {
    prior: entryOf(three.prior, key),
    declared: entryOf(three.declared, key),
    observed: entryOf(three.observed, key),
  };
}
