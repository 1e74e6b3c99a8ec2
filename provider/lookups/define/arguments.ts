import { isRuuid, ruuidFromUuid } from "../../rhombus/ids/ruuid";
import { isUuid } from "../../rhombus/ids/uuid";
import { Unanswered } from "./lookupError";

/**
 * The one of several arguments that says what to look for.
 * @param args The arguments.
 * @param names The names of those, of which exactly one has to be given.
 * @throws Unanswered when none or several are given, or a blank one.
 */
export function oneOf<Name extends string>(
  args: { readonly [Key in Name]?: string | undefined },
  names: readonly Name[],
): { name: Name; wanted: string } {
  const given = names.flatMap((name) => (args[name] === undefined ? [] : [{ name, wanted: args[name] }]));
  const [one, another] = given;
  if (one === undefined || another !== undefined) throw mistake(`give ${eitherOf(names)}.`);
  refuseBlank(one.name, one.wanted);
  return one;
}

/**
 * The one of several lists that says what to look for, if there is one.
 * @param args The arguments.
 * @param names The names of the lists, of which at most one may be given.
 * @throws Unanswered when several are given, or one with a blank text in it.
 */
export function listOf<Name extends string>(
  args: { readonly [Key in Name]?: readonly string[] | undefined },
  names: readonly [Name, ...Name[]],
): { name: Name; wanted: readonly string[] | undefined } {
  const given = names.flatMap((name) => (args[name] === undefined ? [] : [{ name, wanted: args[name] }]));
  const [one = { name: names[0], wanted: undefined }, another] = given;
  if (another !== undefined) throw mistake(`give ${eitherOf(names)}, or none of them for all.`);
  if (one.wanted !== undefined && !Array.isArray(one.wanted)) throw mistake(`${one.name} must be a list of texts.`);
  for (const text of one.wanted ?? []) refuseBlank(one.name, text);
  return one;
}

/**
 * Refuses an id in another form than Rhombus's.
 * @param name The argument's name.
 * @param id The id.
 * @throws Unanswered when it is no RUUID.
 */
export function refuseOtherIds(name: string, id: string): void {
  if (isRuuid(id)) return;
  const remedy = isUuid(id) ? `; Rhombus writes it in 22 characters: "${ruuidFromUuid(id)}"` : "";
  throw mistake(`${name} is ${JSON.stringify(id)}, which is no RUUID${remedy}.`);
}

/**
 * Arguments that cannot be right.
 * @param what What is wrong and what to do.
 */
export function mistake(what: string): Unanswered {
  return new Unanswered("mistake", what);
}

/**
 * Refuses what is no text, or a blank one.
 * @param name The argument's name.
 * @param text The argument.
 * @throws Unanswered when there is nothing in it.
 */
export function refuseBlank(name: string, text: unknown): void {
  if (typeof text !== "string" || text.trim() === "") throw mistake(`${name} must not be blank.`);
}

function eitherOf(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]}` : `either ${names.join(" or ")}`;
}
