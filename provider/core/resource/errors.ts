import { messageOf, type Path, pathText, type Values } from "../schema/values";
import type { Observed } from "./definition";
import { LifecycleError } from "./lifecycleError";

/**
 * The errors of the operations. In each, `label` is the object, such as `the group "Staff"`, and `cause` the error of a call.
 */

/**
 * The object to create already exists.
 * @param label The new object.
 * @param declared The inputs that the program declares.
 */
export function existsError(label: string, declared: Values): LifecycleError {
  const byName = "name" in declared || "displayName" in declared;
  return new LifecycleError(
    `${label} already exists in Rhombus and is not managed by this resource. Nothing was written. An interrupted run may have created it. ` +
      "To take it over, set `adopt: true`, or run `npx pulumi-rhombus import --match --apply`, which writes nothing in Rhombus; " +
      "after a rename in the program, use `aliases`" +
      `${byName ? "; or choose another name" : ""}.`,
  );
}

/**
 * Several objects have the natural key of an object that is to be adopted or was created.
 * @param label The object.
 * @param found The objects.
 */
export function severalExistError(label: string, found: readonly Observed[]): LifecycleError {
  const ids = found.map(({ id }) => id).join(", ");
  return new LifecycleError(
    `${label} exists ${found.length} times (ids ${ids}), so it is not clear which one is meant. Nothing was adopted. ` +
      "Rename or remove all but one in the Rhombus console.",
  );
}

/**
 * Another object has the natural key to which an object is renamed.
 * @param label The object with its new name.
 */
export function takenKeyError(label: string): LifecycleError {
  return new LifecycleError(
    `Cannot rename: ${label} already exists. Choose another name, or remove the other one first.`,
  );
}

/**
 * No object has the id that `adopt` gives.
 * @param label The object.
 */
export function notAdoptableError(label: string): LifecycleError {
  return new LifecycleError(
    `${label} cannot be adopted: no object matches the value of \`adopt\`. Check the value for typing mistakes ` +
      "and check the organization, or adopt by name with `adopt: true`.",
  );
}

/**
 * The id in a legacy state is not the id of an object in Rhombus.
 * @param label The object.
 * @param idSource A sentence about where the ids are shown.
 */
export function notTakenOverError(label: string, idSource: string): LifecycleError {
  return new LifecycleError(
    `${label} cannot be taken over from the code that has managed it so far: the id in the state is not the id of an object in ` +
      `Rhombus. Nothing was written. ${idSource} Remove the old resource from the state with \`pulumi state delete\`, remove ` +
      "the alias, and declare `adopt: true`, which takes the object over under its own id.",
  );
}

/**
 * An object that an update is to write does not exist.
 * @param label The object.
 */
export function goneError(label: string): LifecycleError {
  return new LifecycleError(
    `${label} no longer exists in Rhombus. It is not recreated until a plan shows it: ` +
      "run `pulumi refresh`, then `pulumi up`.",
  );
}

/**
 * Reads still show a deleted object.
 * @param label The object.
 */
export function remainsError(label: string): LifecycleError {
  return new LifecycleError(
    `${label} was not deleted: Rhombus confirmed the deletion but still shows it. It stays in the state. Run the same command ` +
      "again; if Rhombus still shows it, delete it in the Rhombus console.",
  );
}

/**
 * The program and someone else changed the same properties to different values.
 * @param label The object.
 * @param paths The properties.
 */
export function conflictError(label: string, paths: readonly Path[]): LifecycleError {
  return new LifecycleError(
    `${changedDifferently(label, paths)}. ` +
      "Nothing was written. Run `pulumi refresh` to take the outside change into the state, then `pulumi preview` to decide.",
  );
}

/**
 * It is not known whether a change would replace an object.
 * @param label The object with its id: the engine's output does not name the resource of a failed comparison.
 * @param name The changed input.
 */
export function unknownReplacementError(label: string, name: string): LifecycleError {
  return new LifecycleError(
    `Run \`pulumi refresh\` first: the state of ${label} does not show its ${name} yet, and a different value would replace it.`,
  );
}

/**
 * The object to replace has the declared values already.
 * @param label The object.
 * @param names The fields for which the replacement was planned.
 */
export function needlessReplacementError(label: string, names: readonly string[]): LifecycleError {
  return new LifecycleError(
    `${label} was not replaced: someone changed it after it was read, and it already has the declared ${names.join(", ")}. ` +
      "Nothing was written. Run `pulumi refresh`, then `pulumi preview`.",
  );
}

/**
 * The answer to a creation was lost, and searching for the object failed too.
 * @param label The object.
 * @param cause The error of the creation.
 * @param failure The error of the search.
 * @param others The number of existing objects that the API may have changed instead. Default 0.
 */
export function unknownOutcomeError(label: string, cause: unknown, failure: unknown, others = 0): LifecycleError {
  return new LifecycleError(
    `${label} may have been created: the answer was lost (${messageOf(cause)}), and the search for it failed as well ` +
      `(${messageOf(failure)}). Check the Rhombus console; if it exists, \`adopt: true\` takes it over.${renamedText(others)}`,
  );
}

function renamedText(others: number): string {
  if (others === 0) return "";
  return ` Before that, check the existing objects (${others}): Rhombus may have renamed one of them instead.`;
}

/** A creation that may be carried out late. */
export interface LateCreation {
  /** An earlier call failed too, so that the object may be created twice. Default false. */
  readonly isRepeated?: boolean;
  /** The number of existing objects that the API may change instead. Default 0. */
  readonly others?: number;
}

/**
 * A creation timed out and may still be carried out, so that sending it again could create a duplicate.
 * @param label The object.
 * @param cause The error of the creation.
 * @param late More about the creation.
 */
export function lateCreationError(
  label: string,
  cause: unknown,
  { isRepeated = false, others = 0 }: LateCreation = {},
): LifecycleError {
  const times = isRepeated
    ? "An earlier call failed as well, so it may be created twice: then remove one in the Rhombus console."
    : "The creation was not sent again.";
  return new LifecycleError(
    `${label} may still be created: Rhombus did not answer in time (${messageOf(cause)}), and does not show it yet. ${times} ` +
      `Run \`pulumi up\` again in a minute: the next run creates it or reports that it exists.${renamedText(others)}`,
  );
}

/**
 * An object exists although its creation was refused. It is not stored: of two programs that create the same object at the
 * same time, the second one gets a refusal too.
 * @param label The object.
 * @param refusal The error of the creation.
 */
export function existsAfterRefusalError(label: string, refusal: unknown): LifecycleError {
  return new LifecycleError(
    `${label} exists now, although Rhombus refused to create it (${messageOf(refusal)}): the call created it nevertheless, or ` +
      "someone else created it at that moment. To take it over, set `adopt: true`.",
  );
}

/**
 * A creation was answered with an object that another resource of this run manages.
 * @param label The new object.
 * @param id The id in the answer.
 */
export function answeredWithManagedObjectError(label: string, id: string): LifecycleError {
  return new LifecycleError(
    `${label} was not created: Rhombus answered with the object ${id}, which another resource of this program manages, and ` +
      "which may now have the name and settings of this one. Check both in the Rhombus console, then run `pulumi refresh`.",
  );
}

/**
 * Reads do not show a created object yet.
 * @param label The object.
 */
export function notShownYetError(label: string): LifecycleError {
  return new LifecycleError(
    `${label} was created, but Rhombus does not show it yet. Run \`pulumi up\` again to finish it.`,
  );
}

/**
 * The creation of an object or the first write of a singleton was answered, and reads do not show the object.
 * @param label The object.
 */
export function notCreatedError(label: string): LifecycleError {
  return new LifecycleError(
    `${label} was not created: Rhombus answered the write but does not show the object. Run \`pulumi up\` again.`,
  );
}

/** The cause of a delay between the read of an object and its write: a lost answer, a refusal for now, or a long preparation. */
export type Delay =
  | { readonly kind: "lost"; readonly error: unknown; readonly mayComeLate: boolean }
  | { readonly kind: "refused"; readonly error: unknown }
  | { readonly kind: "prepared" };

/**
 * The first write of a singleton was delayed, and someone else created the object in the meantime.
 * @param label The object.
 * @param delay The delay.
 */
export function createdMeanwhileError(label: string, delay: Delay): LifecycleError {
  const why =
    delay.kind === "lost"
      ? `the answer to its creation was lost (${messageOf(delay.error)}), and the existing object differs from the ` +
        "program. It was not written again"
      : `its creation ${hadToWait(delay)}, and someone else created it in the meantime. It was not written`;
  return new LifecycleError(
    `${label} already exists in Rhombus and is not managed by this resource: ${why}. To take it over, set \`adopt: true\`.`,
  );
}

/**
 * A write was delayed, and someone else changed the same properties in the meantime.
 * @param label The object.
 * @param paths The properties.
 * @param delay The delay.
 */
export function changedMeanwhileError(label: string, paths: readonly Path[], delay: Delay): LifecycleError {
  const why =
    delay.kind === "lost"
      ? `The answer to the program's write was lost (${messageOf(delay.error)}). It was not written again`
      : `The program's write ${hadToWait(delay)}. It was not sent`;
  return new LifecycleError(
    `${changedDifferently(label, paths)}. ${why}. Run \`pulumi refresh\` to take the outside change into the state, then ` +
      "`pulumi preview` to decide.",
  );
}

function changedDifferently(label: string, paths: readonly Path[]): string {
  return `${label} was changed to different values by the program and outside Pulumi: ${paths.map(pathText).join(", ")}`;
}

function hadToWait(delay: Exclude<Delay, { kind: "lost" }>): string {
  return delay.kind === "refused" ? `had to wait (${messageOf(delay.error)})` : "had to wait";
}
