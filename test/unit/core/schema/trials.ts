import type { Field, ThreeWay } from "../../../../provider/core/schema/field";
import { type Path, pathText, type Value, type Values } from "../../../../provider/core/schema/values";

/** Checks a value as the input called `field`. Returns its canonical form, and the mistakes with their paths. */
export function checking(field: Field, value: Value) {
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

/** Merges the three sides of the input called `field`. Returns the desired value, and the reports. */
export function merging(field: Field, sides: ThreeWay, inputs: Values = {}) {
  const unplanned: string[] = [];
  const conflicts: string[] = [];
  const notes = {
    unplanned: (path: Path, change: string) => unplanned.push(`${pathText(path)} ${change}`),
    conflict: (path: Path) => conflicts.push(pathText(path)),
  };
  return { desired: field.merge(sides, ["field"], notes, inputs), unplanned, conflicts };
}
