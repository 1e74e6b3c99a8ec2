import type { Observed } from "../resource/definition";
import { LifecycleError } from "../resource/lifecycleError";
import { messages } from "../resource/messages";
import { type Field, fieldsOf, type ThreeWay } from "../schema/field";
import { type Path, pathText, type Value, type Values } from "../schema/values";
import type { Reconciliation } from "./reconciliation";

/**
 * Merges the state, the program and the object into `desired`. Warns of changes made outside Pulumi, which stay as they are.
 * @param reconciliation The reconciliation.
 * @returns The names of the fields that a write has to change.
 * @throws LifecycleError if the program and a change outside Pulumi contradict each other.
 */
export function merge(reconciliation: Reconciliation): ReadonlySet<string> {
  const { operation, declared } = reconciliation;
  const conflicts: Path[] = [];
  const unplanned: string[] = [];
  const notes = {
    unplanned: (path: Path, what: string) => unplanned.push(`${pathText(path)} ${what}`),
    conflict: (path: Path) => conflicts.push(path),
  };
  const changed = new Set<string>();
  const desired: Record<string, Value | undefined> = {};
  for (const [name, field] of fieldsOf(operation.definition.fields)) {
    const sides = sidesOf(reconciliation, name, field);
    desired[name] = field.merge(sides, [name], notes, declared);
    if (isChange(field, desired[name], sides)) changed.add(name);
  }
  if (conflicts.length > 0) throw new LifecycleError(messages.conflict(operation.label, conflicts));
  if (unplanned.length > 0) {
    operation.warn(
      `${operation.label}: changed outside Pulumi and left as it is: ${unplanned.join(", ")}. ` +
        "Run `pulumi refresh` to see it as a change in the next plan.",
    );
  }
  reconciliation.desired = desired;
  return changed;
}

function isChange(field: Field, desired: Value | undefined, { prior, declared, observed }: ThreeWay): boolean {
  if (field.modifiers.local || (declared === undefined && prior === undefined)) return false;
  if (field.writeOnly) return declared !== undefined && !field.equal(declared, prior);
  return !field.equal(desired, observed);
}

/**
 * Merges changes made outside Pulumi since the first merge into `desired`, so that the write does not undo them.
 * @param reconciliation The reconciliation.
 */
export function mergeOutsideChanges(reconciliation: Reconciliation): void {
  reconciliation.desired = mergeInterimChange(
    reconciliation,
    reconciliation.mergedReading,
    reconciliation.observed,
  ).desired;
}

/**
 * Merges what changed between two readings with the desired values.
 * @param reconciliation The reconciliation.
 * @param before The earlier reading.
 * @param after The later reading.
 * @returns The desired values, and the paths at which the object has neither its earlier nor its desired value.
 */
export function mergeInterimChange(
  { operation, declared, desired }: Reconciliation,
  before: Observed,
  after: Observed,
): { readonly desired: Values; readonly conflicts: readonly Path[] } {
  const conflicts: Path[] = [];
  const notes = { unplanned: () => {}, conflict: (path: Path) => conflicts.push(path) };
  const entries = fieldsOf(operation.definition.fields).map(([name, field]) => {
    const [prior, observed] = [before, after].map(({ values }) => field.canonical(values[name]));
    return [name, field.merge({ prior, declared: desired[name], observed }, [name], notes, declared)] as const;
  });
  return { desired: Object.fromEntries(entries), conflicts };
}

/**
 * The declared paths at which an object does not have the desired value.
 * @param reconciliation The reconciliation.
 * @param observed The object.
 */
export function differences(reconciliation: Reconciliation, observed: Observed): Path[] {
  return fieldsOf(reconciliation.operation.definition.fields).flatMap(([name, field]) => {
    const value = field.canonical(observed.values[name]);
    return field.differences(
      reconciliation.desired[name],
      value,
      sidesOf(reconciliation, name, field),
      [name],
      reconciliation.declared,
    );
  });
}

function sidesOf({ priorInputs, declared, mergedReading }: Reconciliation, name: string, field: Field): ThreeWay {
  return { prior: priorInputs[name], declared: declared[name], observed: field.canonical(mergedReading.values[name]) };
}
