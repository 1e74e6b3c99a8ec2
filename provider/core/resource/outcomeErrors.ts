import { isValueMap, messageOf, type Path, pathText, type Value, type Values } from "../schema/values";
import type { Observed } from "./definition";
import { LifecycleError } from "./lifecycleError";

/**
 * The error for a creation whose natural key an object has already.
 * @param label The object, for messages.
 * @param declared The inputs that the program declares.
 */
export function existsAlready(label: string, declared: Values): LifecycleError {
  const byName = "name" in declared || "displayName" in declared;
  return new LifecycleError(
    "exists",
    `${label} exists already, and not as this resource. Nothing was written. A run that was interrupted may have made it. ` +
      "To take it over, set `adopt: true`, or run `npx pulumi-rhombus import --match --apply`, which writes nothing at Rhombus; " +
      "after a rename in the program, use `aliases`" +
      `${byName ? "; or choose another name" : ""}.`,
  );
}

/**
 * The error for several objects with the natural key of one that is to be adopted or was created.
 * @param label The object, for messages.
 * @param found The objects.
 */
export function severalExist(label: string, found: readonly Observed[]): LifecycleError {
  const ids = found.map(({ id }) => id).join(", ");
  return new LifecycleError(
    "ambiguous",
    `${label} exists ${found.length} times (ids ${ids}), so it is not clear which one is meant. Nothing was adopted. ` +
      "Rename or remove all but one in the Rhombus console.",
  );
}

/**
 * What to say when an answer was lost, and the look for what became of the call failed as well.
 * @param label The object in words.
 * @param cause Why there was no answer.
 * @param failure Why nobody could look.
 * @param neighbours How many others the vendor may have taken the creation for: one of them may bear the name now.
 */
export function lostFromSight(label: string, cause: unknown, failure: unknown, neighbours = 0): LifecycleError {
  return new LifecycleError(
    "ambiguous",
    `${label} may have been made: the answer was lost (${messageOf(cause)}), and looking for it failed as well ` +
      `(${messageOf(failure)}). Look in the Rhombus console; if it is there, \`adopt: true\` takes it over.${mistaken(neighbours)}`,
  );
}

function mistaken(neighbours: number): string {
  if (neighbours === 0) return "";
  return ` Before that, check those that were there (${neighbours}): Rhombus may have renamed one of them instead.`;
}

/** What else is known of a creation that may be carried out yet. */
export interface UnderWay {
  /** An earlier call for it failed as well. Default false. */
  readonly isRepeated?: boolean;
  /** How many others the vendor may have taken the creation for: one of them may bear the name by then. Default 0. */
  readonly neighbours?: number;
}

/**
 * What to say when a creation may be carried out yet: nobody answered in time, and nothing is seen of it so far. Made again,
 * it might be made twice.
 * @param label The object in words.
 * @param cause Why there was no answer.
 * @param known What else is known.
 */
export function underWay(
  label: string,
  cause: unknown,
  { isRepeated = false, neighbours = 0 }: UnderWay = {},
): LifecycleError {
  const times = isRepeated
    ? "An earlier call failed as well, so that it may come to exist twice: then remove one in the Rhombus console."
    : "It was not made a second time.";
  return new LifecycleError(
    "ambiguous",
    `${label} may be made yet: Rhombus did not answer in time (${messageOf(cause)}), and does not show it so far. ${times} ` +
      `Run \`pulumi up\` again in a minute: it makes it, or says that it exists by then.${mistaken(neighbours)}`,
  );
}

/**
 * What to say when an object was made again after a creation that failed, and that one turns out to have made one as well.
 * @param label The object in words.
 * @param lost Why the first creation failed.
 * @param ids The id that the state has, and those of the others.
 */
export function existsTwice(label: string, lost: unknown, [id, ...others]: readonly string[]): string {
  return (
    `${label} was made again after a call that failed (${messageOf(lost)}), and now exists more than once. This resource is the ` +
    `one with the id ${id}; unless somebody else made them, remove the others in the Rhombus console: ${others.join(", ")}.`
  );
}

/**
 * What to say when an object was made again after a creation that failed, and nothing shows whether that one made one too.
 * @param label The object in words.
 * @param lost Why the first creation failed.
 * @param why Why nothing shows it.
 */
export function mayExistTwice(label: string, lost: unknown, why: string): string {
  return (
    `${label} was made again after a call that failed (${messageOf(lost)}) and may exist twice: ${why}. Look in the Rhombus ` +
    "console, and remove what is there twice."
  );
}

/**
 * What to say when Rhombus refused to make an object that was not there, and now it is. It is not taken into the state: a
 * refusal is also what the second of two programs gets that make the same object at once.
 * @param label The object in words.
 * @param refusal What Rhombus said.
 */
export function thereAfterRefusal(label: string, refusal: unknown): LifecycleError {
  return new LifecycleError(
    "exists",
    `${label} exists now, although Rhombus refused to make it (${messageOf(refusal)}): it was made all the same, or by ` +
      "somebody else at that moment. To take it over, set `adopt: true`.",
  );
}

/**
 * The error for a creation that Rhombus answered with an object that another resource of this run manages.
 * @param label The object that was to be created, for messages.
 * @param id The id in the answer.
 */
export function answeredWithAnother(label: string, id: string): LifecycleError {
  return new LifecycleError(
    "twoResources",
    `${label} was not created: Rhombus answered with the object ${id}, which another resource of this program manages, and ` +
      "which may now have the name and settings of this one. Check both in the Rhombus console, then run `pulumi refresh`.",
  );
}

/**
 * What to say of an object that was made, and that no read shows.
 * @param label The object in words.
 */
export function notShownYet(label: string): LifecycleError {
  return new LifecycleError(
    "gone",
    `${label} was made, but Rhombus does not show it yet. Run \`pulumi up\` again to finish it.`,
  );
}

/**
 * The error for a first write that Rhombus answered, and that made nothing that reads show.
 * @param label The object in words.
 */
export function notMade(label: string): LifecycleError {
  return new LifecycleError(
    "gone",
    `${label} was not made: Rhombus answered the write, and does not show it. Run \`pulumi up\` again.`,
  );
}

/** What came between reading an object and writing it: an answer was lost, the write was refused for now, or it took long to prepare. */
export type Delay =
  | { readonly kind: "lost"; readonly error: unknown; readonly mayComeLate: boolean }
  | { readonly kind: "refused"; readonly error: unknown }
  | { readonly kind: "prepared" };

/**
 * What to say when an object's first write was delayed, and what is there now is somebody else's.
 * @param label The object in words.
 * @param delay What delayed it.
 */
export function madeMeanwhile(label: string, delay: Delay): LifecycleError {
  const why =
    delay.kind === "lost"
      ? `the answer to its creation was lost (${messageOf(delay.error)}), and what is there now is not what the program ` +
        "declares. It was not written again"
      : `its creation ${hadToWait(delay)}, and somebody else has made it meanwhile. It was not written`;
  return new LifecycleError(
    "exists",
    `${label} exists already, and not as this resource: ${why}. To take it over, set \`adopt: true\`.`,
  );
}

/**
 * What to say when a write was delayed, and somebody else changed the same thing at that time.
 * @param label The object in words.
 * @param paths Where.
 * @param delay What delayed it.
 */
export function changedMeanwhile(label: string, paths: readonly Path[], delay: Delay): LifecycleError {
  const why =
    delay.kind === "lost"
      ? `the answer to the program's write was lost (${messageOf(delay.error)}). It was not written again`
      : `the program's write ${hadToWait(delay)}. It was not written`;
  return new LifecycleError(
    "conflict",
    `${label} was changed both by the program and outside it, differently, at ${paths.map(pathText).join(", ")}, while ` +
      `${why}. Run \`pulumi refresh\` to take the outside change into the state, then \`pulumi preview\` to decide.`,
    paths,
  );
}

function hadToWait(delay: Exclude<Delay, { kind: "lost" }>): string {
  return delay.kind === "refused" ? `had to wait (${messageOf(delay.error)})` : "had to wait";
}

/**
 * Whether somebody has put something into a collection. An object of flags is none: the vendor may fill them in.
 * @param live What is seen of it.
 */
export function holdsEntries(live: Value | undefined): boolean {
  if (Array.isArray(live)) return live.length > 0;
  return isValueMap(live) && Object.values(live).some((entry) => typeof entry === "object" && entry !== null);
}
