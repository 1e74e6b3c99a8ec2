import { type Value, type Values, valueFrom } from "../../core/schema/values";
import { unmasked } from "../../rhombus/redaction/masks";
import { secretFields } from "../../rhombus/redaction/namedSecrets";

/**
 * Reads and writes of an integration's settings. A write sends all settings back as they were read, because the documentation
 * does not state if a setting that is left out is kept or cleared (docs/rhombus-api.md#answers).
 */

/**
 * The settings that belong to fields, as observed values.
 * @param names The names of the fields.
 * @param settings The settings as read.
 */
export function valuesOf(names: readonly string[], settings: object): Values {
  return Object.fromEntries(names.map((name): [string, Value] => [name, valueFrom(Reflect.get(settings, name))]));
}

/**
 * A copy of the settings without nulls, which the API refuses for some settings, and without masked secrets, which would
 * replace the real ones.
 * @param settings The settings as read.
 */
export function asRead<T extends object>(settings: T): T {
  const copy = structuredClone(settings);
  dropUnsendable(copy);
  return copy;
}

function dropUnsendable(value: object): void {
  for (const [key, member] of Object.entries(value)) {
    // Only a secret can be masked: a door may be named "xxx".
    const isMasked = typeof member === "string" && secretFields.has(key) && unmasked(member) === undefined;
    if (member === null || member === undefined || isMasked) Reflect.deleteProperty(value, key);
    else if (typeof member === "object" && !Array.isArray(member)) dropUnsendable(member);
  }
}

/**
 * The secrets that Rhombus created, to send with the other settings: as read, otherwise from the state. Rhombus may lose a
 * secret that a write leaves out (docs/rhombus-api.md#genea).
 * @param names The names of the secrets.
 * @param settings The settings as read.
 * @param prior The state.
 */
export function serverSecrets(
  names: readonly string[],
  settings: object,
  prior: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const entries = names.flatMap((name): [string, string][] => {
    const read: unknown = Reflect.get(settings, name);
    const secret = (typeof read === "string" ? unmasked(read) : undefined) ?? prior[name];
    return typeof secret === "string" ? [[name, secret]] : [];
  });
  return Object.fromEntries(entries);
}

/**
 * The desired value in a form of the write. Form 1 leaves out what is to be removed. Form 2 sends an explicit null for it,
 * in case the API merges the request into the stored settings.
 * @param desired The desired map or object.
 * @param live The live value.
 * @param writeForm The form of the write.
 */
export function inForm<T extends object>(desired: T, live: unknown, writeForm: 1 | 2): T {
  const copy = asRead(desired);
  if (writeForm === 2) addNulls(copy, live);
  return copy;
}

function addNulls(desired: object, live: unknown): void {
  if (typeof live !== "object" || live === null || Array.isArray(live)) return;
  for (const [key, current] of Object.entries(live)) {
    const next: unknown = Object.hasOwn(desired, key) ? Reflect.get(desired, key) : undefined;
    if (current === null || current === undefined) continue;
    if (next === undefined)
      Object.defineProperty(desired, key, { value: null, enumerable: true, writable: true, configurable: true });
    else if (typeof next === "object" && next !== null && !Array.isArray(next)) addNulls(next, current);
  }
}
