import type { Observed } from "../resource/definition";
import { LifecycleError } from "../resource/lifecycleError";
import { messages } from "../resource/messages";
import { type Field, fieldsOf, type ThreeWay } from "../schema/field";
import { type Path, pathText, type Value, type Values } from "../schema/values";
import type { Reconciliation } from "./reconciliation";

/**
 * Merges the state, the program and the object into `desired`. Warns of changes made elsewhere, which stay as they are.
 * @param work The reconciliation.
 * @returns The names of the fields that a write has to change.
 * @throws LifecycleError if the program and somebody else changed the same thing differently.
 */
export function merge(work: Reconciliation): ReadonlySet<string> {
  const { run, declared } = work;
  const conflicts: Path[] = [];
  const unplanned: string[] = [];
  const notes = {
    unplanned: (path: Path, what: string) => unplanned.push(`${pathText(path)} ${what}`),
    conflict: (path: Path) => conflicts.push(path),
  };
  const changed = new Set<string>();
  const desired: Record<string, Value | undefined> = {};
  for (const [name, field] of fieldsOf(run.definition.fields)) {
    const sides = sidesOf(work, name, field);
    desired[name] = field.merge(sides, [name], notes, declared);
    if (isChange(field, desired[name], sides)) changed.add(name);
  }
  if (conflicts.length > 0) throw new LifecycleError(messages.conflict(run.label, conflicts));
  if (unplanned.length > 0) {
    run.warn(
      `${run.label}: changed outside this program and left as it is: ${unplanned.join(", ")}. ` +
        "Run `pulumi refresh` to see it as a change in the next plan.",
    );
  }
  work.desired = desired;
  return changed;
}

function isChange(field: Field, desired: Value | undefined, { base, declared, live }: ThreeWay): boolean {
  if (field.modifiers.local || (declared === undefined && base === undefined)) return false;
  if (field.writeOnly) return declared !== undefined && !field.equal(declared, base);
  return !field.equal(desired, live);
}

/**
 * Merges the changes of others since the first merge into `desired`, so that the write does not undo them.
 * @param work The reconciliation.
 */
export function mergeOthersChanges(work: Reconciliation): void {
  work.desired = mergeInterimChange(work, work.baseReading, work.observed).desired;
}

/**
 * Merges what changed between two readings with the desired values.
 * @param work The reconciliation.
 * @param before The earlier reading.
 * @param after The later reading.
 * @returns The desired values, and the paths at which the object has neither its earlier nor its desired value.
 */
export function mergeInterimChange(
  { run, declared, desired }: Reconciliation,
  before: Observed,
  after: Observed,
): { readonly desired: Values; readonly conflicts: readonly Path[] } {
  const conflicts: Path[] = [];
  const notes = { unplanned: () => {}, conflict: (path: Path) => conflicts.push(path) };
  const entries = fieldsOf(run.definition.fields).map(([name, field]) => {
    const [base, live] = [before, after].map(({ values }) => field.canonical(values[name]));
    return [name, field.merge({ base, declared: desired[name], live }, [name], notes, declared)] as const;
  });
  return { desired: Object.fromEntries(entries), conflicts };
}

/**
 * The declared paths at which an object does not have the desired value.
 * @param work The reconciliation.
 * @param observed The object.
 */
export function differences(work: Reconciliation, observed: Observed): Path[] {
  return fieldsOf(work.run.definition.fields).flatMap(([name, field]) => {
    const live = field.canonical(observed.values[name]);
    return field.differences(work.desired[name], live, sidesOf(work, name, field), [name], work.declared);
  });
}

function sidesOf({ base, declared, baseReading }: Reconciliation, name: string, field: Field): ThreeWay {
  return { base: base[name], declared: declared[name], live: field.canonical(baseReading.values[name]) };
}
