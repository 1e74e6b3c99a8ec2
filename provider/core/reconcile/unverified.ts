import type { Definition, Origin } from "../resource/definition";
import { entryOf, type Path, pathText, type Value, type Values } from "../schema/values";

/** The part of a reconciliation that the message shows. */
interface Written {
  readonly operation: { readonly label: string; readonly definition: Pick<Definition, "fields" | "remedies"> };
  readonly origin: Origin;
  readonly desired: Values;
  readonly observed: { readonly values: Values };
}

/** The number of values that a message lists. */
const LISTED_VALUES = 5;

/** The length of the excerpt of a text, and of its part before the first difference, in characters. */
const EXCERPT = { length: 60, before: 20 };

/**
 * The reason of a partial failure: reads do not show what was written.
 * @param reconciliation The reconciliation.
 * @param paths The paths at which they do not show it.
 */
export function unverifiedReason(reconciliation: Written, paths: readonly Path[]): string {
  const { origin, operation } = reconciliation;
  const { definition, label } = operation;
  const remaining = paths.filter((path) => isRemaining(reconciliation, path));
  const missing = paths.filter((path) => !remaining.includes(path));
  const fields = [...new Set(missing.map(([name]) => name ?? ""))];
  const remedy = `${missing.length > 0 ? "Correct the program, or run" : "Run"} \`pulumi up\` again to retry`;
  const accepted = origin === "existing" ? "accepted the change of" : "created";
  const differences = [
    ...(missing.length > 0 ? [`does not show ${missing.map(pathText).join(", ")}`] : []),
    ...(remaining.length > 0 ? [`still shows ${remaining.map(pathText).join(", ")}, which should be removed`] : []),
  ].join(", and ");
  return [
    `${remedy}: Rhombus ${accepted} ${label}, but ${differences}.`,
    ...paths.flatMap((path) => bothValues(reconciliation, path)).slice(0, LISTED_VALUES),
    ...fields.flatMap((name) => definition.remedies?.[name] ?? []),
  ].join(" ");
}

/** True if a member of a set or an entry of a map was to be removed and is still there. */
function isRemaining({ desired, observed }: Written, [name = "", ...steps]: Path): boolean {
  return steps.length > 0 && !isThere(desired[name], steps) && isThere(observed.values[name], steps);
}

function isThere(value: Value | undefined, [step, ...further]: Path): boolean {
  if (step === undefined) return value !== undefined && value !== null;
  if (Array.isArray(value)) return value.includes(step);
  return isThere(entryOf(value, String(step)), further);
}

/** The written and the observed value. For a secret, and for a door or a member that is missing or remains, the path is enough. */
function bothValues({ operation, desired: all, observed }: Written, path: Path): string[] {
  const [name = "", ...steps] = path;
  const field = operation.definition.fields[name];
  if (field === undefined || field.modifiers.secret) return [];
  const [desired, actual] = [valueAt(all[name], steps), valueAt(field.canonical(observed.values[name]), steps)];
  if (desired === actual || !isScalar(desired) || !isScalar(actual)) return [];
  const start = Math.max(0, firstDifference(desired, actual) - EXCERPT.before);
  return [`At ${pathText(path)} it shows ${excerpt(actual, start)} instead of ${excerpt(desired, start)}.`];
}

/** For a member of a set, there is no value. */
function valueAt(value: Value | undefined, steps: Path): Value | undefined {
  return steps.reduce((within: Value | undefined, step) => entryOf(within, String(step)), value);
}

function isScalar(value: Value | undefined): boolean {
  return typeof value !== "object" || value === null;
}

function firstDifference(one: Value | undefined, other: Value | undefined): number {
  if (typeof one !== "string" || typeof other !== "string") return 0;
  const others = [...other];
  return [...one].findIndex((character, index) => character !== others[index]);
}

function excerpt(value: Value | undefined, start: number): string {
  if (value === undefined || value === null || value === "") return "nothing";
  if (typeof value !== "string") return JSON.stringify(value);
  const characters = [...value];
  const end = start + EXCERPT.length;
  const part = characters.slice(start, end).join("");
  return JSON.stringify(`${start > 0 ? "…" : ""}${part}${characters.length > end ? "…" : ""}`);
}
