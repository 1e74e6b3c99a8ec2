import { messageOf, type Path, pathText, type Values } from "../schema/values";
import type { Observed } from "./definition";

/** The cause of a delay between the read of an object and its write: a lost answer, a temporary refusal, or a long preparation. */
export type Delay =
  | { readonly kind: "lost" | "refused"; readonly error: unknown; readonly mayBeCarriedOutLate: boolean }
  | { readonly kind: "prepared" };

/** The messages of the errors of operations. In each, `label` is the object, such as `the access control group "Staff"`, and `cause` the error of a call. */
export const messages = {
  /** The object to create already exists. */
  exists(label: string, declared: Values): string {
    const byName = "name" in declared || "displayName" in declared;
    return (
      `${label} already exists in Rhombus and is not managed by this resource. Nothing was written. An interrupted run may have created it. ` +
      "To take it over, set `adopt: true`, or run `npx pulumi-rhombus import --match --apply`, which writes nothing in Rhombus; " +
      `after a rename in the program, use \`aliases\`${byName ? "; or choose another name" : ""}.`
    );
  },

  /** Several objects have the natural key of an object that is to be adopted or was created. */
  severalExist(label: string, found: readonly Observed[]): string {
    const ids = found.map(({ id }) => id).join(", ");
    return (
      `${label} exists ${found.length} times (ids ${ids}), so it is not clear which one is meant. None was taken into the state. ` +
      "Rename or remove all but one in the Rhombus console."
    );
  },

  /** Another object has the natural key to which an object is renamed. */
  takenKey: (label: string) =>
    `Cannot rename: ${label} already exists. Choose another name, or remove the other one first.`,

  /** No object has the id that `adopt` gives. */
  notAdoptable: (label: string) =>
    `${label} cannot be adopted: no object matches the value of \`adopt\`. Check the value for typing mistakes ` +
    "and check the organization, or adopt by name with `adopt: true`.",

  /** The id in a legacy state is not the id of an object in Rhombus. `idSource` states where the ids are shown. */
  notTakenOver: (label: string, idSource: string) =>
    `${label} cannot be taken over from the code that has managed it so far: the id in the state is not the id of an object in ` +
    `Rhombus. Nothing was written. ${idSource} Remove the old resource from the state with \`pulumi state delete\`, remove ` +
    "the alias, and declare `adopt: true`, which takes the object over under its own id.",

  /** An object that is to be written does not exist. */
  gone: (label: string) =>
    `${label} no longer exists in Rhombus. It is not recreated until a plan shows it: ` +
    "run `pulumi refresh`, then `pulumi up`.",

  /** Reads still show a deleted object. */
  remains: (label: string) =>
    `${label} was not deleted: Rhombus confirmed the deletion but still shows it. It stays in the state. Run the same command ` +
    "again; if Rhombus still shows it, delete it in the Rhombus console.",

  /** The same properties were changed to different values by the program and outside Pulumi. */
  conflict: (label: string, paths: readonly Path[]) =>
    `${changedDifferently(label, paths)}. Nothing was written. ` +
    "Run `pulumi refresh` to take the outside change into the state, then `pulumi preview` to decide.",

  /** It is not known whether a change of an input replaces the object. The label has the id, because Pulumi names no resource. */
  unknownReplacement: (label: string, name: string) =>
    `Run \`pulumi refresh\` first: the state of ${label} does not show its ${name} yet, and a different value would replace the object.`,

  /** The object to replace has the declared values already. */
  needlessReplacement: (label: string, names: readonly string[]) =>
    `${label} was not replaced: it was changed outside Pulumi after it was read, and it already has the declared ${names.join(", ")}. ` +
    "Nothing was written. Run `pulumi refresh`, then `pulumi preview`.",

  /**
   * The answer to a creation was lost, and the search for the object failed too. `others` is the number of existing objects
   * that the API may have changed instead.
   */
  unknownOutcome: (label: string, cause: unknown, failure: unknown, others = 0) =>
    `${label} may have been created: the outcome of the call is unknown (${messageOf(cause)}), and the search for it failed as well ` +
    `(${messageOf(failure)}). Check the Rhombus console; if it exists, \`adopt: true\` takes it over.${renamedText(others)}`,

  /** A creation timed out and may still be carried out. `isRepeated`: an earlier call failed too. `others`: as above. */
  lateCreation(label: string, cause: unknown, { isRepeated = false, others = 0 } = {}): string {
    const times = isRepeated
      ? "An earlier call failed as well, so it may be created twice: then remove one in the Rhombus console."
      : "The creation was not sent again.";
    return (
      `${label} may still be created: Rhombus did not answer in time (${messageOf(cause)}), and does not show it yet. ${times} ` +
      `Run \`pulumi up\` again in a minute: the next run creates it or reports that it exists.${renamedText(others)}`
    );
  },

  /**
   * An object exists although its creation was refused. It is not stored: of two programs that create the same object at the
   * same time, the second one gets a refusal too.
   */
  existsAfterRefusal: (label: string, refusal: unknown) =>
    `${label} exists now, although Rhombus refused to create it (${messageOf(refusal)}): the call created it nevertheless, or ` +
    "it was created outside Pulumi at that moment. To take it over, set `adopt: true`.",

  /** A creation was answered with an object that another resource of this program manages. */
  answeredWithManagedObject: (label: string, id: string) =>
    `${label} was not created: Rhombus answered with the object ${id}, which another resource of this program manages, and ` +
    "which may now have the name and settings of this one. Check both in the Rhombus console, then run `pulumi refresh`.",

  /** Reads do not show a created object yet. */
  notShownYet: (label: string) =>
    `${label} was created, but Rhombus does not show it yet. Run \`pulumi up\` again to finish it.`,

  /** The creation of an object or the first write of a singleton was answered, and reads do not show the object. */
  notCreated: (label: string) =>
    `${label} was not created: Rhombus answered the write but does not show the object. Run \`pulumi up\` again.`,

  /** The first write of a singleton was delayed, and the object was created outside Pulumi in the meantime. */
  createdMeanwhile(label: string, delay: Delay): string {
    const why =
      delay.kind === "lost"
        ? `the outcome of its creation is unknown (${messageOf(delay.error)}), and the existing object differs from the ` +
          "program. The write was not repeated"
        : `its creation ${hadToWait(delay)}, and it was created outside Pulumi in the meantime. It was not written`;
    return `${label} already exists in Rhombus and is not managed by this resource: ${why}. To take it over, set \`adopt: true\`.`;
  },

  /** A write was delayed, and the same properties were changed outside Pulumi in the meantime. */
  changedMeanwhile(label: string, paths: readonly Path[], delay: Delay): string {
    const why =
      delay.kind === "lost"
        ? `The outcome of the program's write is unknown (${messageOf(delay.error)}). The write was not repeated`
        : `The program's write ${hadToWait(delay)}. It was not sent`;
    return (
      `${changedDifferently(label, paths)}. ${why}. Run \`pulumi refresh\` to take the outside change into the state, then ` +
      "`pulumi preview` to decide."
    );
  },
};

function renamedText(others: number): string {
  if (others === 0) return "";
  return ` Before that, check the existing objects (${others}): Rhombus may have renamed one of them instead.`;
}

function changedDifferently(label: string, paths: readonly Path[]): string {
  return `${label} was changed to different values by the program and outside Pulumi: ${paths.map(pathText).join(", ")}`;
}

function hadToWait(delay: Delay): string {
  return delay.kind === "prepared" ? "had to wait" : `had to wait (${messageOf(delay.error)})`;
}
