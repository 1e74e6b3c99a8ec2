import * as pulumi from "@pulumi/pulumi";
import { type Path, pathText } from "../../core/schema/values";

/** The maximum depth of inputs. A deeper value probably contains itself. */
const MAX_DEPTH = 50;

/**
 * Checks that the arguments of a resource are a plain object.
 * @param args The arguments as the program gives them.
 * @param type The type name of the resource.
 * @param name The resource's name in the program.
 * @throws TypeError for anything else, such as a `Map`, an output, a promise or a list, and for names that cannot be inputs.
 */
export function plainArgs<Args extends object>(args: Args, type: string, name: string): Args {
  const given: unknown = args;
  const isObject = typeof given === "object" && given !== null && kindOf(given) === "Object";
  const label = `${type} ${JSON.stringify(name)}`;
  if (isObject && !pulumi.Output.isInstance(given)) {
    const reserved = Object.keys(given).find(isReservedArgument);
    if (reserved === undefined) return args;
    throw new TypeError(
      `${label}: leave out the argument ${JSON.stringify(reserved)}: Pulumi's SDK reserves that name, and no input has it.`,
    );
  }
  const kind = pulumi.Output.isInstance(given) ? "an output" : kindOf(given);
  throw new TypeError(
    `${label}: write the arguments as a plain object of inputs; outputs may be used inside it; got ${kind}.`,
  );
}

/**
 * Checks that an input consists of plain values. Pulumi's SDK sends the own properties of any other object: a `Map` of doors
 * would arrive as `{}`, which removes all doors. The values of outputs and promises are checked when they resolve. A value
 * inside `pulumi.output`, `pulumi.all` or `pulumi.secret` was already converted by the SDK and cannot be checked.
 * @param value The input as the program gives it.
 * @param path The property.
 * @param label The resource, such as `GeneaIntegration "doors"`.
 * @returns The input, made of plain values, outputs, promises and resources.
 * @throws TypeError that names the resource, the property and the correction, but not the value.
 */
export function plainInput(value: unknown, path: Path, label: string): unknown {
  const within = (inner: unknown, ...steps: Path) => plainInput(inner, [...path, ...steps], label);
  if (path.length > MAX_DEPTH)
    throw new TypeError(`${label}: ${String(path[0])} is nested too deeply, or contains itself.`);
  // Plain objects come first: the SDK, too, would take one with a key such as `__pulumiOutput` for an object of its own.
  if (isPlainObject(value)) {
    const reserved = Object.keys(value).find(isReservedKey);
    if (reserved !== undefined) throw new TypeError(`${label}: ${pathText(path)} is ${withKey(reserved)}.`);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, within(each, key)]));
  }
  if (value === null || pulumi.Resource.isInstance(value)) return value;
  if (pulumi.Output.isInstance(value)) return value.apply((inner: unknown) => within(inner));
  if (kindOf(value) === "Promise") return Promise.resolve(value).then((inner: unknown) => within(inner));
  if (Array.isArray(value)) return Array.from(value, (each: unknown, index) => within(each, index));
  const fault = faultOf(value);
  if (fault !== undefined) throw new TypeError(`${label}: ${pathText(path)} is ${fault}.`);
  return value;
}

/** Modules are plain objects, and so are objects of other realms, because tests may run programs in contexts of their own. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The kinds of values that cannot be sent, with the correction. */
const remedies: Readonly<Record<string, string>> = {
  Map: "a Map: write `Object.fromEntries(map)`, which makes a plain object of it",
  Set: "a Set: write `[...set]`, which makes an array of it",
  Date: "a Date: write `date.toISOString()`, or a number",
  String: "a String object: write `value.valueOf()`, or a text without `new String`",
  Number: "a Number object: write `value.valueOf()`, or a number without `new Number`",
  Boolean: "a Boolean object: write `value.valueOf()`, or true or false without `new Boolean`",
  URL: "a URL: write `url.href`",
  function: "a function: write what it returns",
  symbol: "a symbol: write a text",
  bigint: "a bigint: write `Number(value)`",
};

const PROTOTYPE = "__proto__";

/**
 * True for a key that breaks the SDK, that it takes for a mark of its own objects, or that gRPC cannot send: texts with half
 * of a surrogate pair. The SDK and object literals set the prototype for `__proto__`, and the entry is lost.
 */
function isReservedKey(key: string): boolean {
  const isMark = key.startsWith("__pulumi") || key === pulumi.runtime.specialSigKey;
  return isMark || key === PROTOTYPE || key === "toString" || !isWellFormed(key);
}

/** The SDK makes a property of the resource from each argument; its own properties begin with two underscores. */
function isReservedArgument(name: string): boolean {
  return name.startsWith("__") || name === "hasOwnProperty" || isReservedKey(name);
}

function withKey(key: string, or = ""): string {
  return `an object with the key ${JSON.stringify(key)},${or} which Pulumi's SDK cannot send: write a plain object without that key`;
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** True if an object literal had the key `__proto__`: its prototype belongs to no class. */
function hasPrototypeFromLiteral(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return isPlainObject(prototype) && !Object.hasOwn(prototype, "constructor");
}

function faultOf(value: unknown): string | undefined {
  if (typeof value === "string")
    return isWellFormed(value) ? undefined : "a text with half of a surrogate pair: write `text.toWellFormed()`";
  if (typeof value === "number") return Number.isFinite(value) ? undefined : `${value}: write a finite number`;
  const kind = typeof value === "object" ? kindOf(value) : typeof value;
  const remedy = Object.hasOwn(remedies, kind) ? remedies[kind] : undefined;
  if (remedy !== undefined || typeof value !== "object") return remedy;
  if (value !== null && hasPrototypeFromLiteral(value)) return withKey(PROTOTYPE, " or with another prototype,");
  if (ArrayBuffer.isView(value) || kind.endsWith("ArrayBuffer")) {
    return `binary data (${kind}): write a text, such as \`Buffer.from(data).toString("utf8")\``;
  }
  return `an object of a class (${classOf(value, kind)}): write a plain object or a text with what it holds`;
}

/** The kind of a built-in object of any realm. */
function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}

function classOf(value: object | null, kind: string): string {
  const name: unknown = Reflect.get(Object(Reflect.get(Object(value), "constructor")), "name");
  return typeof name === "string" && name !== "" ? name : kind;
}
