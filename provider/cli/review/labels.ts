import { code } from "../output/plainText";

/**
 * The former name of something that is renamed, as a part of its label.
 * @param before The name before; empty if it had none.
 * @param after The name after; empty if it has none.
 * @returns The words; empty if the name stays.
 */
export function formerName(before: string, after: string): string {
  if (before === after) return "";
  return before === "" ? ", until now not named by the program" : `, until now ${code(before)}`;
}

/**
 * The label of an entry, such as a door: its name, its former name if it is renamed, and its key.
 * @param key The key.
 * @param name The name; empty if it has none.
 * @param before The name before; empty if it had none. Default: the same.
 */
export function entryLabel(key: string, name: string, before = name): string {
  const former = formerName(before, name);
  return name === "" ? `${code(key)}${former}` : `${code(name)}${former} (${code(key)})`;
}
