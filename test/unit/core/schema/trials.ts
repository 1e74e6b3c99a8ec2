import type { Field } from "../../../../provider/core/schema/field";
import { type Path, pathText, type Value, type Values } from "../../../../provider/core/schema/values";

/** What `check` makes of a value. */
export interface Checked {
  /** The canonical form. */
  readonly value: Value | undefined;
  /** What is wrong, in the order in which it was found. */
  readonly reasons: readonly string[];
  /** Where it is wrong. */
  readonly paths: readonly string[];
}

/** Checks a value as the input called `field`. */
export function checking(field: Field, value: Value): Checked {
  const reasons: string[] = [];
  const paths: string[] = [];
  const report = {
    fail(path: Path, reason: string) {
      paths.push(pathText(path));
      reasons.push(reason);
    },
  };
  return { value: field.check(value, ["field"], report), reasons, paths };
}

/** The sides of a merge; what is left out says nothing. */
export interface Sides {
  /** What the state last knew. */
  readonly base?: Value;
  /** What the program declares. */
  readonly declared?: Value;
  /** What is live. */
  readonly live?: Value;
}

/** What a merge makes of its sides. */
export interface Merged {
  /** The value to have. */
  readonly desired: Value | undefined;
  /** What stays although it differs, such as `field was changed`. */
  readonly unplanned: readonly string[];
  /** Where both sides changed it. */
  readonly conflicts: readonly string[];
}

/** Merges the three sides of the input called `field`. */
export function merging(field: Field, { base, declared, live }: Sides, inputs: Values = {}): Merged {
  const unplanned: string[] = [];
  const conflicts: string[] = [];
  const notes = {
    unplanned: (path: Path, change: string) => unplanned.push(`${pathText(path)} ${change}`),
    conflict: (path: Path) => conflicts.push(pathText(path)),
  };
  return { desired: field.merge({ base, declared, live }, ["field"], notes, inputs), unplanned, conflicts };
}
