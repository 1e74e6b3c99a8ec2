/** The values that a front end and the core exchange: JSON, unknown values and secrets. */

/** The type of {@link UNKNOWN}. */
export class Unknown {
  readonly #unknown = true;

  /** The text of an unknown value in a message. */
  toString(): string {
    return this.#unknown ? "[unknown]" : "";
  }
}

/** A value that Pulumi does not know before the deployment. It may occur at any depth of an input in a preview. */
export const UNKNOWN = new Unknown();

/** A value that must never be shown. The front end encodes it for its protocol. */
export class Secret {
  /**
   * Marks a value as secret.
   * @param value The plain value.
   */
  constructor(readonly value: Value) {}

  /** Keeps the value out of every string conversion. */
  toString(): string {
    return "[secret]";
  }

  /** Keeps the value out of every JSON conversion that does not know secrets. */
  toJSON(): string {
    return "[secret]";
  }

  /** Keeps the value out of the console and of assertion messages. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[secret]";
  }
}

/** The value of an input, an output or an observed property. */
export type Value = null | boolean | number | string | Secret | Unknown | readonly Value[] | ValueMap;

/** An object with keys from outside, such as door keys. Build it with `Object.fromEntries`, because a key may be `__proto__`. */
export interface ValueMap {
  /** The value under one key. */
  readonly [key: string]: Value;
}

/** The values of one resource by name: its inputs, its state or its observed properties. Absent and `undefined` are the same. */
export type Values = Readonly<Record<string, Value | undefined>>;

/** The location of a value: the field's name, then keys, property names and set members as texts, and list indexes as numbers. */
export type Path = readonly (string | number)[];

/**
 * True for an object with keys. Lists, secrets and unknown values are none.
 * @param value Any value.
 */
export function isValueMap(value: unknown): value is ValueMap {
  if (typeof value !== "object" || value === null) return false;
  if (Object.getPrototypeOf(value) === Object.prototype) return true;
  return !(Array.isArray(value) || value instanceof Secret || value instanceof Unknown);
}

/**
 * True for an empty list or map.
 * @param value Any value.
 */
export function isEmpty(value: Value | undefined): boolean {
  return Array.isArray(value) ? value.length === 0 : isValueMap(value) && Object.keys(value).length === 0;
}

/**
 * Compares two values deeply, without regard to the order of properties. A secret equals only itself.
 * @param one Any value.
 * @param other Any value.
 */
export function areSame(one: Value | Values | undefined, other: Value | Values | undefined): boolean {
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((each, at) => areSame(each, other[at]));
  }
  if (!isValueMap(one) || !isValueMap(other)) return one === other;
  return haveSameKeys(one, other) && Object.keys(one).every((name) => areSame(one[name], entryOf(other, name)));
}

/**
 * True if a value contains an unknown value at any depth.
 * @param value Any value.
 */
export function containsUnknown(value: Value | undefined): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (value === UNKNOWN) return true;
  if (value instanceof Secret) return containsUnknown(value.value);
  if (Array.isArray(value)) return value.some(containsUnknown);
  return isValueMap(value) && Object.keys(value).some((key) => containsUnknown(value[key]));
}

/**
 * The entry of a map under a key. Inherited properties do not count.
 * @param map The map. Any other value has no entries.
 * @param key The key.
 */
export function entryOf(map: Value | undefined, key: string): Value | undefined {
  return isValueMap(map) && Object.hasOwn(map, key) ? map[key] : undefined;
}

/**
 * Compares the keys of two values, and of all maps inside them, without regard to the values under the keys.
 * @param one A value; `undefined` differs from any value.
 * @param other Another value.
 */
export function haveSameKeys(one: Value | undefined, other: Value | undefined): boolean {
  if (!isValueMap(one) || !isValueMap(other)) return (one === undefined) === (other === undefined);
  const isOnlyInOther = (key: string) => !Object.hasOwn(one, key) && other[key] !== undefined;
  if (Object.keys(other).some(isOnlyInOther)) return false;
  return Object.keys(one).every((key) => haveSameKeys(one[key], entryOf(other, key)));
}

/**
 * Converts decoded JSON to a value.
 * @param json The decoded JSON. It must not be changed afterwards, because parts of it are not copied.
 * @throws TypeError for a function, a symbol or a bigint.
 */
export function valueFrom(json: unknown): Value {
  if (json === null || json === undefined) return null;
  if (isValue(json)) return json;
  if (Array.isArray(json)) return json.map(valueFrom);
  if (typeof json !== "object") throw new TypeError(`a ${typeof json} is not a valid property value`);
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, valueFrom(value)]));
}

/** Avoids copies: copying large maps would dominate the time of a comparison. */
function isValue(json: unknown): json is Value {
  if (typeof json !== "object")
    return typeof json === "boolean" || typeof json === "number" || typeof json === "string";
  if (json === null || json instanceof Secret || json instanceof Unknown) return true;
  if (Array.isArray(json)) return json.every(isValue);
  if (Object.getPrototypeOf(json) !== Object.prototype) return false;
  for (const name in json) if (!isValue(Reflect.get(json, name))) return false;
  return true;
}

/**
 * The type of a value as text, without the value.
 * @param value Any value.
 */
export function kindOfValue(value: Value): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number" && !Number.isInteger(value)) return "a fraction";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/**
 * The values without those that are `undefined`.
 * @param values Values, some of them `undefined`.
 */
export function withoutUndefined(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/**
 * A map of the entries that have a value.
 * @param entries Keys and values, some of them `undefined`.
 */
export function definedEntries(entries: readonly (readonly [string, Value | undefined])[]): ValueMap {
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, Value] => entry[1] !== undefined));
}

/**
 * The message of an error.
 * @param error Whatever was thrown.
 */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * The failure that an error reports, to be quoted in another message: without the advice to the user, if the error has both.
 * @param error Whatever was thrown.
 */
export function summaryOf(error: unknown): string {
  const summary: unknown = Reflect.get(Object(error), "summary");
  return typeof summary === "string" ? summary : messageOf(error).replace(/\.$/, "");
}

/**
 * A path in the syntax of TypeScript: `doorInfoMap["1:4"].assignedCameraList[0]`.
 * @param path The path.
 */
export function pathText(path: Path): string {
  return path
    .map((step, index) => {
      if (index === 0) return step;
      if (typeof step === "number") return `[${step}]`;
      return /^[A-Za-z_]\w*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
    })
    .join("");
}
