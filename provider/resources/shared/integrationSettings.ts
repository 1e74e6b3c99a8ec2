import type { Observed, Removal } from "../../core/resource/definition";
import { LifecycleError } from "../../core/resource/lifecycleError";
import type { Fields } from "../../core/schema/field";
import { type Value, type Values, valueFrom } from "../../core/schema/values";
import { secretOrUndefined } from "../../rhombus/redaction/masks";
import { secretFields } from "../../rhombus/redaction/namedSecrets";

/**
 * Reads and writes of an integration's settings. A write sends all settings back as they were read, because the documentation
 * does not state if a setting that is left out is kept or cleared (docs/rhombus-api.md#answers).
 */

/**
 * An integration as its settings show it.
 * @param definition The fields and outputs of the resource.
 * @param object The id, the settings with the outputs among them, and the form of the API for the definition.
 */
export function observedSettings<Raw>(
  { fields, outputs }: { readonly fields: Fields; readonly outputs: Fields },
  { id, settings, raw }: { readonly id: string; readonly settings: object; readonly raw: Raw },
): Observed<Raw> {
  const { orgUuid, ...shown } = outputsIn(outputs, settings);
  return {
    id,
    ...(typeof orgUuid === "string" && orgUuid !== "" && { orgUuid }),
    values: Object.fromEntries(Object.keys(fields).map((name) => [name, valueIn(fields, name, settings)])),
    outputs: { misconfiguredDoors: [], ...shown },
    raw,
  };
}

/**
 * The outputs that settings or an answer show.
 * @param outputs The outputs of the resource.
 * @param settings The settings or the answer.
 */
export function outputsIn(outputs: Fields, settings: object): Values {
  const entries = Object.keys(outputs).flatMap((name): [string, Value][] => {
    const value = valueIn(outputs, name, settings);
    if (value === undefined || value === null) return [];
    return [[name, Array.isArray(value) ? value.filter((each) => each !== null) : value]];
  });
  return Object.fromEntries(entries);
}

/** `undefined` for a secret that is masked or left out. */
function valueIn(fields: Fields, name: string, settings: object): Value | undefined {
  const value: unknown = Reflect.get(settings, name) ?? null;
  const isSecret = fields[name]?.modifiers.secret && (value === null || typeof value === "string");
  return isSecret ? secretOrUndefined(value) : valueFrom(value);
}

/**
 * The settings to send: as read, with the desired values of fields.
 * @param settings The settings as read.
 * @param desired The desired values. A map that is `undefined` stays as it was read; any other setting is removed.
 * @param removal The form in which the request removes values.
 */
export function settingsToSend<T extends object>(settings: T, desired: object, removal: Removal): T {
  const entries = Object.entries(desired).flatMap(([name, value]): [string, unknown][] => {
    const observed: unknown = Reflect.get(settings, name);
    if (typeof value === "object" && value !== null) return [[name, valueToSend(value, observed, removal)]];
    if (value !== undefined) return [[name, value]];
    const isAsRead = observed === undefined || typeof observed === "object";
    return isAsRead ? [] : [[name, removal === "omit" ? undefined : null]];
  });
  return { ...asRead(settings), ...Object.fromEntries(entries) };
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
    const isMasked = typeof member === "string" && secretFields.has(key) && secretOrUndefined(member) === undefined;
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
    const secret = (typeof read === "string" ? secretOrUndefined(read) : undefined) ?? prior[name];
    return typeof secret === "string" ? [[name, secret]] : [];
  });
  return Object.fromEntries(entries);
}

/**
 * The value to send. With explicit removals, it has a null for each observed property that is to be removed, in case the
 * API merges the request into the stored settings.
 * @param desired The desired map or object.
 * @param observed The value as it was read.
 * @param removal The form in which the request removes values.
 */
export function valueToSend<T extends object>(desired: T, observed: unknown, removal: Removal): T {
  const copy = asRead(desired);
  if (removal === "explicit") addNulls(copy, observed);
  return copy;
}

function addNulls(desired: object, observed: unknown): void {
  if (typeof observed !== "object" || observed === null || Array.isArray(observed)) return;
  for (const [key, current] of Object.entries(observed)) {
    const next: unknown = Object.hasOwn(desired, key) ? Reflect.get(desired, key) : undefined;
    if (current === null || current === undefined) continue;
    if (next === undefined)
      Object.defineProperty(desired, key, { value: null, enumerable: true, writable: true, configurable: true });
    else if (typeof next === "object" && next !== null && !Array.isArray(next)) addNulls(next, current);
  }
}

/**
 * The reason why an integration cannot be created without the key of its badge vendor.
 * @param vendor The badge vendor, such as `Genea`.
 * @param name The name of the key.
 * @param declared The declared key.
 * @returns `undefined` if the key is declared.
 */
export function withoutVendorKey(vendor: string, name: string, declared: unknown): string | undefined {
  return declared === undefined
    ? `Declare ${name} (\`pulumi config set --secret\`, then \`config.requireSecret\`): a ${vendor} API key is needed.`
    : undefined;
}

/**
 * The vendor key to send with other settings. A write without a key is refused, because it may clear the stored one
 * (docs/rhombus-api.md#genea).
 * @param key The name of the key, the integration as text, and the values to choose from: the first that is not empty.
 * @throws LifecycleError if there is no value.
 */
export function vendorKeyToSend(key: { name: string; label: string; from: readonly (Value | undefined)[] }): string {
  const found = key.from.find((value) => typeof value === "string" && value !== "");
  if (typeof found === "string") return found;
  throw new LifecycleError(
    `Declare ${key.name} (\`pulumi config set --secret\`, then \`config.requireSecret\`): ${key.label} cannot be written without ` +
      "it. Rhombus does not show it, and leaving it out might remove the stored one. Nothing was written.",
  );
}
