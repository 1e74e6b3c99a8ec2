/**
 * The plain values that cross between a front end and the core: JSON, plus two things JSON cannot say.
 */

/** The type of {@link UNKNOWN}. */
export class Unknown {
  readonly #unknown = true;

  /** How an unknown value reads in a message. */
  toString(): string {
    return this.#unknown ? "[unknown]" : "";
  }
}

/** Stands for a value that Pulumi does not know yet, at any depth of an input during a preview. */
export const UNKNOWN = new Unknown();

/** A value that must never be shown. The front end decides how it is marked on its wire. */
export class Secret {
  /**
   * Marks a value as secret.
   * @param value The value in clear.
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

/** Any value an input, an output or an observed property can have. */
export type Value = null | boolean | number | string | Secret | Unknown | readonly Value[] | ValueMap;

/** An object whose keys are data, such as door keys. Build it with `Object.fromEntries`: a key may be `__proto__`. */
export interface ValueMap {
  /** The value under one key. */
  readonly [key: string]: Value;
}

/** Named values of one resource: its inputs, its state, or what was observed of it. Absent and `undefined` are the same. */
export type Values = Readonly<Record<string, Value | undefined>>;

/** Where a value sits: the field's name, then map keys, entry fields, set members, and the places in a list as numbers. */
export type Path = readonly (string | number)[];

/**
 * Whether a value is an object with keys, as opposed to a list, a secret, a scalar or nothing.
 * @param value Any value.
 */
export function isValueMap(value: unknown): value is ValueMap {
  if (typeof value !== "object" || value === null) return false;
  if (Object.getPrototypeOf(value) === Object.prototype) return true;
  return !(Array.isArray(value) || value instanceof Secret || value instanceof Unknown);
}

/**
 * Whether two values are the same in all they hold, whatever the order of their properties.
 * @param one Any value.
 * @param other Any value.
 */
export function areSame(one: Value | Values | undefined, other: Value | Values | undefined): boolean {
  if (one instanceof Secret) return other instanceof Secret && areSame(one.value, other.value);
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((each, at) => areSame(each, other[at]));
  }
  if (!isValueMap(one) || !isValueMap(other)) return one === other;
  return haveSameKeys(one, other) && Object.keys(one).every((name) => areSame(one[name], entryOf(other, name)));
}

/**
 * Whether a value is, or anywhere contains, something that is not known yet.
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
 * An own property of a map, also when its key is the name of something every object inherits.
 * @param map The map, or anything else, which has no entries.
 * @param key The key.
 */
export function entryOf(map: Value | undefined, key: string): Value | undefined {
  return isValueMap(map) && Object.hasOwn(map, key) ? map[key] : undefined;
}

/**
 * Whether two values, and all maps inside them, have the same keys, whatever is under them. Nothing has other keys than
 * something.
 * @param one A value.
 * @param other Another one.
 */
export function haveSameKeys(one: Value | undefined, other: Value | undefined): boolean {
  if (!isValueMap(one) || !isValueMap(other)) return (one === undefined) === (other === undefined);
  const isOnlyInOther = (key: string) => !Object.hasOwn(one, key) && other[key] !== undefined;
  if (Object.keys(other).some(isOnlyInOther)) return false;
  return Object.keys(one).every((key) => haveSameKeys(one[key], entryOf(other, key)));
}

/**
 * The value that JSON stands for. Anything JSON cannot have is refused, so that nothing is lost on the way unseen.
 * @param json What was read or decoded. Nobody may change it afterwards: the parts that are values already are not copied.
 * @throws TypeError for a function, a symbol or a bigint.
 */
export function valueFrom(json: unknown): Value {
  if (json === null || json === undefined) return null;
  if (isValue(json)) return json;
  if (Array.isArray(json)) return json.map(valueFrom);
  if (typeof json !== "object") throw new TypeError(`a ${typeof json} is no value of a property`);
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, valueFrom(value)]));
}

/** Copies of large maps are what takes most of the time of a comparison. */
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
 * What type a value has, in words, without the value.
 * @param value Any value.
 */
export function kindOfValue(value: Value): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "number" && !Number.isInteger(value)) return "a fraction";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/**
 * The values that are there.
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
 * What an error says.
 * @param error Whatever was thrown.
 */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * A path as a person writes it: `doorInfoMap["1:4"].assignedCameraList[0]`.
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

/** What a {@link PartialError} carries. */
export interface Partial {
  /** The id of the object that exists. */
  readonly id: string;
  /** All that is known of it; paths that could not be verified keep what the state had before. */
  readonly state: Values;
  /** The inputs that were asked for. */
  readonly inputs: Values;
  /** What is not as it was asked for, and what to do, one sentence each. */
  readonly reasons: readonly string[];
}

/**
 * Something exists, or was changed, but is not all that was asked for. The state must keep it, so that the next
 * deployment goes on from here.
 */
export class PartialError extends Error {
  /** The name of this kind of error. */
  override readonly name = "PartialError";

  /**
   * Reports a partial failure.
   * @param partial What exists and what is missing.
   */
  constructor(readonly partial: Partial) {
    super(partial.reasons.join(" "));
  }
}
