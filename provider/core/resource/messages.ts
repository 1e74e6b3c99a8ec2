import { type Path, pathText, summaryOf, type Values } from "../schema/values";
import type { Observed } from "./definition";
import type { Use } from "./uses";

/** The number of users of an object that a message names. */
const MOST_USES = 10;

/** The cause of a delay between the read of an object and its write: a lost answer, a temporary refusal, or a long preparation. */
export type Delay =
  | { readonly kind: "lost" | "refused"; readonly error: unknown; readonly mayBeCarriedOutLate: boolean }
  | { readonly kind: "prepared" };

/**
 * The messages of the errors of operations. Each begins with what the user has to do. In each, `label` is the object, such as
 * `the access control group "Staff"`, and `cause` the error of a call.
 */
export const messages = {
  /** The object to create already exists. */
  exists(label: string, declared: Values): string {
    const byName = "name" in declared || "displayName" in declared;
    return (
      `${takeOverText(label)}: it already exists in Rhombus and is not managed by this resource. Nothing was written. ` +
      `After a rename in the program, use \`aliases\`${byName ? ", or choose another name" : ""}.`
    );
  },

  /** Several objects have the natural key of an object that is to be adopted or was created. */
  severalExist(label: string, found: readonly Observed[]): string {
    const ids = found.map(({ id }) => id).join(", ");
    return (
      `Rename or remove all but one in the Rhombus console: ${label} exists ${found.length} times (ids ${ids}), so it is not ` +
      "clear which one is meant. None was taken into the state."
    );
  },

  /** An object that is created before the one that it replaces would have the same natural key. */
  replacedUnderSameKey: (label: string) =>
    `Run \`pulumi refresh\` if it was changed outside Pulumi. Otherwise, declare another name for the new object, or delete the ` +
    `old one first: ${label} was not replaced. Its replacement is created before it is deleted, and both cannot have the same name. ` +
    "Nothing was written.",

  /** Another object has the natural key to which an object is renamed. */
  takenKey: (label: string) =>
    `Choose another name, or remove the other object first: the resource cannot be renamed, because ${label} already exists.`,

  /** Another object has the natural key of the replacement of an object that is to be deleted. */
  takenByReplacement: (label: string) =>
    `Choose another name, or remove the other object first: the resource was not deleted, because ${label}, which is to replace it, ` +
    "already exists. If this deployment has created it, run the same command again.",

  /** No object has the id that `adopt` gives. */
  notAdoptable: (label: string) =>
    `Check the value of \`adopt\` and the organization, or adopt by name with \`adopt: true\`: ${label} cannot be adopted, ` +
    "because no object matches the value.",

  /** The id in a legacy state is not the id of an object in Rhombus. `idSource` states where the ids are shown. */
  notTakenOver: (label: string, idSource: string) =>
    "Remove the old resource from the state with `pulumi state delete`, remove the alias, and declare `adopt: true`: " +
    `${label} cannot be taken over from the code that has managed it so far, because the id in the state is not the id of an ` +
    `object in Rhombus. Nothing was written. ${idSource}`,

  /** An object that is to be written does not exist. */
  gone: (label: string) =>
    `Run \`pulumi refresh\`, then \`pulumi up\`: ${label} no longer exists in Rhombus. It is not recreated until a plan shows it.`,

  /** Reads still show a deleted object. */
  remains: (label: string) =>
    `Run the same command again: ${label} was not deleted. Rhombus confirmed the deletion but still shows it, so it stays in ` +
    "the state. If Rhombus shows it then too, delete it in the Rhombus console.",

  /** Others use an object that is to be deleted. */
  inUse: (label: string, uses: readonly Use[]) =>
    "Remove it from what uses it, then run the same command again; if this run has just removed it there, wait a minute first: " +
    `${label} was not deleted, because ${usesText(uses)}`,

  /** Others use an object that is to be deleted first and created again. */
  replacedInUse: (label: string, uses: readonly Use[]) =>
    "Declare a new object under another name beside it, and let them use that; then remove the old one from the program: " +
    `${label} was not replaced, because ${usesText(uses)}`,

  /** It is not known what uses an object that is to be deleted. `cause` begins with what the user has to do. */
  unknownUses: (label: string, cause: string) =>
    `${cause.replace(/\.?$/, ".")} Therefore ${label} was not deleted: it is not certain that nothing uses it. If nothing does, ` +
    "delete it in the Rhombus console, then run `pulumi refresh`; or `retainOnDelete: true` leaves it there.",

  /** The same properties were changed to different values by the program and outside Pulumi. */
  conflict: (label: string, paths: readonly Path[]) => `${differentChanges(label, paths)} Nothing was written.`,

  /** It is not known whether a change of an input replaces the object. The label has the id, because Pulumi names no resource. */
  unknownReplacement: (label: string, name: string) =>
    `Run \`pulumi refresh\` first: the state of ${label} does not show its ${name} yet, and a different value would replace the object.`,

  /** The object to replace has the declared values already. */
  needlessReplacement: (label: string, names: readonly string[]) =>
    `Run \`pulumi refresh\`, then \`pulumi preview\`: ${label} was not replaced, because it was changed outside Pulumi after it ` +
    `was read and has the declared ${names.join(", ")} already. Nothing was written.`,

  /**
   * The answer to a creation was lost, and the search for the object failed too. `others` is the number of existing objects
   * that the API may have changed instead.
   */
  unknownOutcome: (label: string, cause: unknown, failure: unknown, others = 0) =>
    `Look for it in the Rhombus console: ${label} may have been created. The outcome of the call is unknown ` +
    `(${summaryOf(cause)}), and the search failed (${summaryOf(failure)}). If it exists, \`adopt: true\` takes it ` +
    `over.${renamedText(others)}`,

  /** A creation timed out and may still be carried out. `isRepeated`: an earlier call failed too. `others`: as above. */
  lateCreation(label: string, cause: unknown, { isRepeated = false, others = 0 } = {}): string {
    const times = isRepeated
      ? "An earlier call failed as well, so there may be two then: remove one in the Rhombus console."
      : "The creation was not sent again.";
    return (
      `Run \`pulumi up\` again in a minute, which creates it or reports that it exists: ${label} may still be created. Rhombus ` +
      `did not answer in time (${summaryOf(cause)}), and does not show it yet. ${times}${renamedText(others)}`
    );
  },

  /**
   * An object exists although its creation was refused. It is not stored: of two programs that create the same object at the
   * same time, the second one gets a refusal too.
   */
  existsAfterRefusal: (label: string, refusal: unknown) =>
    `To take over ${label}, set \`adopt: true\`: it exists now, although Rhombus refused to create it (${summaryOf(refusal)}). ` +
    "The call created it nevertheless, or it was created outside Pulumi at that moment.",

  /** A creation was answered with an object that another resource of this program manages. */
  answeredWithManagedObject: (label: string, id: string) =>
    `Check both objects in the Rhombus console, then run \`pulumi refresh\`: ${label} was not created. Rhombus answered with the ` +
    `object ${id}, which another resource of this program manages, and which may now have the name and settings of this one.`,

  /** A creation was answered with an object that existed before. Further writes would change that object. */
  answeredWithExisting: (label: string, id: string) =>
    `Look for ${label} in the Rhombus console; if it exists, \`adopt: true\` takes it over. It was not stored in the state, ` +
    `because Rhombus answered its creation with the object ${id}, which existed before.`,

  /** Reads do not show a created object yet. */
  notShownYet: (label: string) =>
    `Run \`pulumi up\` again to finish it: ${label} was created, but Rhombus does not show it yet.`,

  /** The creation of an object or the first write of a singleton was answered, and reads do not show the object. */
  notCreated: (label: string) =>
    `Run \`pulumi up\` again: ${label} was not created. Rhombus answered the write but does not show the object.`,

  /** The first write of a singleton was delayed, and the object was created outside Pulumi in the meantime. */
  createdMeanwhile(label: string, delay: Delay): string {
    const why =
      delay.kind === "lost"
        ? `The outcome of its creation is unknown (${summaryOf(delay.error)}), and the existing object differs from the program. ` +
          "The write was not repeated."
        : `Its creation ${hadToWait(delay)}, and it was created outside Pulumi in the meantime. It was not written.`;
    return `To take over ${label}, set \`adopt: true\`: it already exists in Rhombus and is not managed by this resource. ${why}`;
  },

  /** A write was delayed, and the same properties were changed outside Pulumi in the meantime. */
  changedMeanwhile(label: string, paths: readonly Path[], delay: Delay): string {
    const why =
      delay.kind === "lost"
        ? `The outcome of the program's write is unknown (${summaryOf(delay.error)}). The write was not repeated.`
        : `The program's write ${hadToWait(delay)}. It was not sent.`;
    return `${differentChanges(label, paths)} ${why}`;
  },
};

function usesText(uses: readonly Use[]): string {
  const consequences = new Set(uses.flatMap(({ consequence }) => consequence ?? []));
  const users = uses.map(({ label }) => label);
  const others = users.splice(MOST_USES).length;
  return [`it is used by ${users.join(", ")}${others > 0 ? ` and ${others} more` : ""}.`, ...consequences].join(" ");
}

function takeOverText(label: string): string {
  return `To take over ${label}, set \`adopt: true\` or run \`npx pulumi-rhombus import --match --apply\``;
}

function renamedText(others: number): string {
  if (others === 0) return "";
  return ` Before that, check the existing objects (${others}): Rhombus may have renamed one of them instead.`;
}

function differentChanges(label: string, paths: readonly Path[]): string {
  const changed = `${label} was changed to different values by the program and outside Pulumi (${paths.map(pathText).join(", ")})`;
  return `Run \`pulumi refresh\`, then \`pulumi preview\` to decide: ${changed}.`;
}

function hadToWait(delay: Delay): string {
  return delay.kind === "prepared" ? "had to wait" : `had to wait (${summaryOf(delay.error)})`;
}
