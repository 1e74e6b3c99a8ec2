import { LifecycleError } from "./definition";
import { type Path, pathText } from "./values";

/**
 * Why a partial failure is one: what was written is not seen.
 * @param said The object, for people.
 * @param paths Where it is not seen.
 * @param advice By field, what to tell a person.
 */
export function unverifiedReason(
  said: string,
  paths: readonly Path[],
  advice: Readonly<Record<string, string>> = {},
): string {
  const fields = [...new Set(paths.map(([name]) => name ?? ""))];
  const advices = fields.map((name) => advice[name]).filter((line) => line !== undefined);
  return [
    `Rhombus accepted the change of ${said}, but does not show it at ${paths.map(pathText).join(", ")}.`,
    ...advices,
    "Correct the program, or run `pulumi up` again to retry.",
  ].join(" ");
}

/**
 * What to say of changes made elsewhere that no plan has shown.
 * @param said The object, for people.
 * @param kept Where, and what was done there.
 */
export function keptWarning(said: string, kept: readonly string[]): string {
  return (
    `${said}: changed outside this program and left as it is: ${kept.join(", ")}. ` +
    "Run `pulumi refresh` to see it as a change in the next plan."
  );
}

/**
 * What to say where the program and somebody else want different things.
 * @param said The object, for people.
 * @param paths Where.
 */
export function conflictError(said: string, paths: readonly Path[]): LifecycleError {
  return new LifecycleError(
    "conflict",
    `${said} was changed both by the program and outside it, differently, at ${paths.map(pathText).join(", ")}. ` +
      "Nothing was written. Run `pulumi refresh` to take the outside change into the state, then `pulumi preview` to decide.",
    paths,
  );
}

/**
 * What to say where nothing has shown yet if a change would replace an object.
 * @param said The object, for people, with its id: Pulumi names no resource with an error of a comparison.
 * @param name The input that is declared now.
 */
export function unknownReplacement(said: string, name: string): LifecycleError {
  return new LifecycleError(
    "unseen",
    `Run \`pulumi refresh\` first: another ${name} than it has would replace ${said}, and its state does not say yet which ` +
      "one it has.",
  );
}

/**
 * What to say of an object that should be there and is not.
 * @param said The object, for people.
 */
export function goneError(said: string): LifecycleError {
  return new LifecycleError(
    "gone",
    `${said} no longer exists at Rhombus. It is not made anew without a plan that says so: ` +
      "run `pulumi refresh`, then `pulumi up`.",
  );
}

/**
 * The error for an object that Rhombus still shows after it answered that it was deleted. The state keeps it.
 * @param said The object, for people.
 */
export function remainsError(said: string): LifecycleError {
  return new LifecycleError(
    "remains",
    `${said} was not deleted: Rhombus answered that it was, and still shows it. It stays in the state. Run the same command ` +
      "again; if Rhombus goes on showing it, delete it in the Rhombus console.",
  );
}

/**
 * What to say of a resource that other code has put into the state, under an id that is not that of an object of Rhombus.
 * @param said The object, for people.
 * @param whereIdsAre Where a person finds the ids.
 */
export function notTakenOverError(said: string, whereIdsAre: string): LifecycleError {
  return new LifecycleError(
    "gone",
    `${said} cannot be taken over from the code that has managed it so far: the id in the state is not that of an object at ` +
      `Rhombus. Nothing was written. ${whereIdsAre} Take the old resource out of the state with \`pulumi state delete\`, remove ` +
      "the alias, and declare `adopt: true`: then it is taken over under its own id.",
  );
}
