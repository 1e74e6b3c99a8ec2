import type { Fields } from "../schema/field";
import { entryOf, type Path, pathText, type Value, type Values } from "../schema/values";
import { LifecycleError } from "./lifecycleError";

/** A place at which Rhombus does not show what was written. */
export interface Unverified {
  /** Where it is. */
  readonly path: Path;
  /** What was written there. */
  readonly desired: Value | undefined;
  /** What is shown there. */
  readonly shown: Value | undefined;
}

/**
 * What was written, and what is shown, at places where they differ. Secrets stay out of it.
 * @param fields The fields of the resource.
 * @param paths The places.
 * @param sides What was wished for, and what was observed.
 */
export function unverifiedAt(
  fields: Fields,
  paths: readonly Path[],
  { desired, shown }: { readonly desired: Values; readonly shown: Values },
): Unverified[] {
  return paths.map((path) => {
    const [name = "", ...steps] = path;
    const field = fields[name];
    if (field === undefined || field.modifiers.secret) return { path, desired: undefined, shown: undefined };
    return { path, desired: valueAt(desired[name], steps), shown: valueAt(field.canonical(shown[name]), steps) };
  });
}

/** Nothing is in a set under the name of a member. */
function valueAt(value: Value | undefined, steps: Path): Value | undefined {
  return steps.reduce((within: Value | undefined, step) => entryOf(within, String(step)), value);
}

/** How many values a message tells. */
const TOLD_VALUES = 5;

/** How much of a text a message tells, and how much of it before the first difference. */
const EXCERPT = { length: 60, before: 20 };

/**
 * Why a partial failure is one: what was written is not seen.
 * @param label The object, for people.
 * @param unverified Where it is not seen, without the values of secrets.
 * @param advice By field, what to tell a person.
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
    ...unverified.filter(areScalars).slice(0, TOLD_VALUES).map(bothValues),
    ...advices,
    "Correct the program, or run `pulumi up` again to retry.",
  ].join(" ");
}

/** Of what is there or is not, such as a door or a member, the place says all. */
function areScalars({ desired, shown }: Unverified): boolean {
  const isScalar = (value: Value | undefined) => typeof value !== "object" || value === null;
  return desired !== shown && isScalar(desired) && isScalar(shown);
}

function bothValues({ path, desired, shown }: Unverified): string {
  const start = Math.max(0, firstDifference(desired, shown) - EXCERPT.before);
  return `At ${pathText(path)} it shows ${excerpt(shown, start)} instead of ${excerpt(desired, start)}.`;
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

/**
 * What to say of changes made elsewhere that no plan has shown.
 * @param label The object, for people.
 * @param kept Where, and what was done there.
 */
export function keptWarning(label: string, kept: readonly string[]): string {
  return (
    `${label}: changed outside this program and left as it is: ${kept.join(", ")}. ` +
    "Run `pulumi refresh` to see it as a change in the next plan."
  );
}

/**
 * What to say where the program and somebody else want different things.
 * @param label The object, for people.
 * @param paths Where.
 */
export function conflictError(label: string, paths: readonly Path[]): LifecycleError {
  return new LifecycleError(
    "conflict",
    `${label} was changed both by the program and outside it, differently, at ${paths.map(pathText).join(", ")}. ` +
      "Nothing was written. Run `pulumi refresh` to take the outside change into the state, then `pulumi preview` to decide.",
    paths,
  );
}

/**
 * What to say where nothing has shown yet if a change would replace an object.
 * @param label The object, for people, with its id: Pulumi names no resource with an error of a comparison.
 * @param name The input that is declared now.
 */
export function unknownReplacement(label: string, name: string): LifecycleError {
  return new LifecycleError(
    "unseen",
    `Run \`pulumi refresh\` first: the state of ${label} does not show its ${name} yet, and a different value would replace it.`,
  );
}

/**
 * The error for a replacement that would delete an object for what it has already.
 * @param label The object, for people.
 * @param names The fields for which it was planned.
 */
export function needlessReplacement(label: string, names: readonly string[]): LifecycleError {
  return new LifecycleError(
    "conflict",
    `${label} was not replaced: somebody has changed it since it was read, and it has the declared ${names.join(", ")} now. ` +
      "Nothing was written. Run `pulumi refresh`, then `pulumi preview`.",
  );
}

/**
 * What to say of an object that should be there and is not.
 * @param label The object, for people.
 */
export function goneError(label: string): LifecycleError {
  return new LifecycleError(
    "gone",
    `${label} no longer exists at Rhombus. It is not made anew without a plan that says so: ` +
      "run `pulumi refresh`, then `pulumi up`.",
  );
}

/**
 * The error for an object that Rhombus still shows after it answered that it was deleted. The state keeps it.
 * @param label The object, for people.
 */
export function remainsError(label: string): LifecycleError {
  return new LifecycleError(
    "remains",
    `${label} was not deleted: Rhombus answered that it was, and still shows it. It stays in the state. Run the same command ` +
      "again; if Rhombus goes on showing it, delete it in the Rhombus console.",
  );
}

/**
 * What to say of a resource that other code has put into the state, under an id that is not that of an object of Rhombus.
 * @param label The object, for people.
 * @param idSource Where a person finds the ids.
 */
export function notTakenOverError(label: string, idSource: string): LifecycleError {
  return new LifecycleError(
    "gone",
    `${label} cannot be taken over from the code that has managed it so far: the id in the state is not that of an object at ` +
      `Rhombus. Nothing was written. ${idSource} Take the old resource out of the state with \`pulumi state delete\`, remove ` +
      "the alias, and declare `adopt: true`: then it is taken over under its own id.",
  );
}
