import { type Value, type Values, valueFrom } from "../../core/schema/values";
import { unmasked } from "../../rhombus/redaction/masks";
import { secretFields } from "../../rhombus/redaction/namedSecrets";

/**
 * Writing an integration's settings as a whole. The vendor does not say whether what a write leaves out is kept or
 * cleared (docs/rhombus-api.md#answers), so everything is sent back as it was read.
 */

/**
 * The observed values of an integration: what its settings hold under the names of the fields.
 * @param names The fields' names.
 * @param settings What was read.
 */
export function valuesOf(names: readonly string[], settings: object): Values {
  return Object.fromEntries(names.map((name): [string, Value] => [name, valueFrom(Reflect.get(settings, name))]));
}

/**
 * Settings as they were read, without what must not be sent back: nulls, which some fields refuse, and masked secrets,
 * which would replace the real ones.
 * @param settings What was read.
 */
export function asRead<T extends object>(settings: T): T {
  const copy = structuredClone(settings);
  dropUnsendable(copy);
  return copy;
}

function dropUnsendable(value: object): void {
  for (const [key, member] of Object.entries(value)) {
    // Only a secret is ever taken for a mask: a door may be named "xxx".
    const hidden = typeof member === "string" && secretFields.has(key) && unmasked(member) === undefined;
    if (member === null || member === undefined || hidden) Reflect.deleteProperty(value, key);
    else if (typeof member === "object" && !Array.isArray(member)) dropUnsendable(member);
  }
}

/**
 * Secrets that the server owns, to be sent back with the other settings: as they were read, else as the state knows
 * them. Left out, they might be lost (docs/rhombus-api.md#genea).
 * @param names The secrets.
 * @param settings What was read.
 * @param prior What the state holds.
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
 * What is wished for, in the form that this attempt takes, without what must not be sent back. The first attempt leaves out what is to go; the second one
 * says so with an explicit null, for an API that merges what it is sent.
 * @param desired What should be, a map or an object.
 * @param live What is.
 * @param attempt Which attempt it is.
 */
export function inForm<T extends object>(desired: T, live: unknown, attempt: 1 | 2): T {
  const copy = asRead(desired);
  if (attempt === 2) addNulls(copy, live);
  return copy;
}

function addNulls(desired: object, live: unknown): void {
  if (typeof live !== "object" || live === null || Array.isArray(live)) return;
  for (const [key, was] of Object.entries(live)) {
    const will: unknown = Object.hasOwn(desired, key) ? Reflect.get(desired, key) : undefined;
    if (was === null || was === undefined) continue;
    if (will === undefined)
      Object.defineProperty(desired, key, { value: null, enumerable: true, writable: true, configurable: true });
    else if (typeof will === "object" && will !== null && !Array.isArray(will)) addNulls(will, was);
  }
}
