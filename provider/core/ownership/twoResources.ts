import { LifecycleError } from "../resource/lifecycleError";
import type { Journal } from "./journal";

/**
 * The error for two resources of the program that manage the same object.
 * @param journal The program, for the names of the resources.
 * @param type Their type.
 * @param label The object, for messages.
 * @param keys The natural keys that the two declare, where known.
 */
export function twoResources(
  journal: Journal,
  type: string,
  label: string,
  keys: readonly (string | undefined)[],
): LifecycleError {
  const remedy = journal.isSingleton(type)
    ? "An organization has only one: remove one of the two resources"
    : "Remove one of them, or give it a name of its own";
  return new LifecycleError(
    `Two ${type} resources of this program manage the same object: ${label}. ${namesText(journal.namesOf(type, keys))}` +
      `${remedy}; after a rename in the program use \`aliases\`.`,
  );
}

/** The names as a sentence. Components may give the same name to both resources, so that there is only one name. */
function namesText(names: readonly string[]): string {
  if (names.length === 0) return "";
  const [last, ...others] = names.map((name) => JSON.stringify(name)).reverse();
  if (others.length === 0) return `One of them is ${last}. `;
  return `They are ${others.length > 1 ? "two of " : ""}${others.reverse().join(", ")} and ${last}. `;
}
