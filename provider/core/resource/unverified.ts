import type { Fields } from "../schema/field";
import { entryOf, type Path, pathText, type Value, type Values } from "../schema/values";

/** A path at which a read does not show the written value. */
export interface Unverified {
  /** The path. */
  readonly path: Path;
  /** The written value. Absent for a secret. */
  readonly desired: Value | undefined;
  /** The value in the read. Absent for a secret. */
  readonly observed: Value | undefined;
}

/**
 * The written and the read values at some paths, without those of secrets.
 * @param fields The fields of the resource.
 * @param paths The paths.
 * @param sides The desired and the observed values of all fields.
 */
export function unverifiedAt(
  fields: Fields,
  paths: readonly Path[],
  { desired, observed }: { readonly desired: Values; readonly observed: Values },
): Unverified[] {
  return paths.map((path) => {
    const [name = "", ...steps] = path;
    const field = fields[name];
    if (field === undefined || field.modifiers.secret) return { path, desired: undefined, observed: undefined };
    return { path, desired: valueAt(desired[name], steps), observed: valueAt(field.canonical(observed[name]), steps) };
  });
}

/** For a member of a set, there is no value. */
function valueAt(value: Value | undefined, steps: Path): Value | undefined {
  return steps.reduce((within: Value | undefined, step) => entryOf(within, String(step)), value);
}

/** The number of values that a message lists. */
const LISTED_VALUES = 5;

/** The length of the excerpt of a text, and of its part before the first difference, in characters. */
const EXCERPT = { length: 60, before: 20 };

/**
 * The reason of a partial failure: reads do not show what was written.
 * @param label The object, for messages.
 * @param unverified The paths and their values.
 * @param advice A sentence of advice for each field that has one.
 */
export function unverifiedReason(
  label: string,
  unverified: readonly Unverified[],
  advice: Readonly<Record<string, string>> = {},
): string {
  const fields = [...new Set(unverified.map(({ path: [name] }) => name ?? ""))];
  const advices = fields.map((name) => advice[name]).filter((line) => line !== undefined);
  const places = unverified.map(({ path }) => pathText(path)).join(", ");
  return [
    `Rhombus accepted the change of ${label}, but does not show it at ${places}.`,
    ...unverified.filter(areScalars).slice(0, LISTED_VALUES).map(bothValues),
    ...advices,
    "Correct the program, or run `pulumi up` again to retry.",
  ].join(" ");
}

/** For a door or a member that is missing or remains, the path is enough. */
function areScalars({ desired, observed }: Unverified): boolean {
  const isScalar = (value: Value | undefined) => typeof value !== "object" || value === null;
  return desired !== observed && isScalar(desired) && isScalar(observed);
}

function bothValues({ path, desired, observed }: Unverified): string {
  const start = Math.max(0, firstDifference(desired, observed) - EXCERPT.before);
  return `At ${pathText(path)} it shows ${excerpt(observed, start)} instead of ${excerpt(desired, start)}.`;
}

function firstDifference(one: Value | undefined, other: Value | undefined): number {
  if (typeof one !== "string" || typeof other !== "string") return 0;
  const others = [...other];
  return Math.max(
    0,
    [...one].findIndex((character, index) => character !== others[index]),
  );
}

function excerpt(value: Value | undefined, start: number): string {
  if (value === undefined || value === null || value === "") return "nothing";
  if (typeof value !== "string") return JSON.stringify(value);
  const characters = [...value];
  const end = start + EXCERPT.length;
  const part = characters.slice(start, end).join("");
  return JSON.stringify(`${start > 0 ? "…" : ""}${part}${characters.length > end ? "…" : ""}`);
}
