import { isRuuid, ruuidFromUuid } from "../../rhombus/ids/ruuid";
import { isUuid } from "../../rhombus/ids/uuid";
import { SearchError } from "./lookupError";

/**
 * The argument that selects one object.
 * @param args The arguments.
 * @param names The names of the arguments of which exactly one must be given.
 * @throws SearchError when none or several are given, or the text is blank.
 */
export function selectedOne<By extends string>(
  args: { readonly [Name in By]?: string | undefined },
  names: readonly By[],
): { by: By; wanted: string } {
  const given = names.flatMap((by) => (args[by] === undefined ? [] : [{ by, wanted: args[by] }]));
  const [one, another] = given;
  if (one === undefined || another !== undefined) throw mistake(`give ${eitherOf(names)}.`);
  refuseBlank(one.by, one.wanted);
  return one;
}

/**
 * The argument that lists objects, and the property that it lists.
 * @param args The arguments.
 * @param properties The properties. The argument of each is its plural, such as `names` for `name`.
 * @returns The property and the list; no list if no argument is given, which means all objects.
 * @throws SearchError when several arguments are given, or one is not a list of texts that are not blank.
 */
export function selectedMany<By extends string>(
  args: { readonly [Name in `${By}s`]?: readonly string[] | undefined },
  properties: readonly [By, ...By[]],
): { by: By; wanted: readonly string[] | undefined } {
  const lists = properties.map((by) => ({ by, name: `${by}s`, wanted: args[`${by}s`] }));
  const [one, another] = lists.filter(({ wanted }) => wanted !== undefined);
  if (one === undefined) return { by: properties[0], wanted: undefined };
  if (another !== undefined) throw mistake(`give ${eitherOf(lists.map(({ name }) => name))}, or none of them for all.`);
  if (!Array.isArray(one.wanted)) throw mistake(`${one.name} must be a list of strings.`);
  for (const text of one.wanted) refuseBlank(one.name, text);
  return one;
}

/**
 * Refuses an id that is not an RUUID.
 * @param name The argument's name.
 * @param id The id.
 * @throws SearchError when it is not; for a UUID it names the RUUID.
 */
export function refuseOtherIds(name: string, id: string): void {
  if (isRuuid(id)) return;
  const remedy = isUuid(id) ? `; Rhombus writes it in 22 characters: "${ruuidFromUuid(id)}"` : "";
  throw mistake(`${name} ${JSON.stringify(id)} is not a valid RUUID${remedy}.`);
}

/**
 * The error for arguments that cannot be right.
 * @param message The problem and the remedy.
 */
export function mistake(message: string): SearchError {
  return new SearchError("mistake", message);
}

/**
 * Refuses an argument that is not a string, or holds nothing but spaces.
 * @param name The argument's name.
 * @param text The argument.
 * @throws SearchError when it is one.
 */
export function refuseBlank(name: string, text: unknown): void {
  if (typeof text !== "string" || text.trim() === "") throw mistake(`${name} must not be blank.`);
}

function eitherOf(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]}` : `either ${names.join(" or ")}`;
}
