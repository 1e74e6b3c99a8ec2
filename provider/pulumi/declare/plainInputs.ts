import * as pulumi from "@pulumi/pulumi";
import { type Path, pathText } from "../../core/schema/values";

/** How deep inputs may be nested. No resource needs more, and a value that holds itself has no end. */
const DEEPEST = 50;

/**
 * The arguments of a resource, once they are an object that has them as properties.
 * @param args The arguments as the program gives them.
 * @param type The type name of the resource.
 * @param name Its name in the program.
 * @throws TypeError for what only looks like one, such as a `Map`, an output, a promise or a list.
 */
export function plainArgs<Args extends object>(args: Args, type: string, name: string): Args {
  const given: unknown = args;
  const isObject = typeof given === "object" && given !== null && kindOf(given) === "Object";
  if (isObject && !pulumi.Output.isInstance(given)) return args;
  const kind = pulumi.Output.isInstance(given) ? "an output" : kindOf(given);
  throw new TypeError(
    `${type} ${JSON.stringify(name)}: write the arguments as a plain object of inputs; outputs may stand inside of it. Given: ${kind}.`,
  );
}

/**
 * An input as it may be handed to Pulumi's SDK, which takes everything that is no plain value for an object and sends its
 * own properties: a `Map` of doors would arrive as `{}`, which removes all doors. What an output or a promise holds is
 * examined once it is there; what `pulumi.output`, `pulumi.all` or `pulumi.secret` were given has passed the SDK already.
 * @param value The input as the program gives it.
 * @param path Where it stands.
 * @param said The resource, such as `GeneaIntegration "doors"`.
 * @returns The same, made of plain values, outputs, promises and resources alone.
 * @throws TypeError that names the resource and the place, and says what to write instead; never the value.
 */
export function plainInput(value: unknown, path: Path, said: string): unknown {
  const within = (inner: unknown, ...steps: Path) => plainInput(inner, [...path, ...steps], said);
  if (value === null || pulumi.Resource.isInstance(value)) return value;
  if (path.length > DEEPEST) throw new TypeError(`${said}: ${String(path[0])} is nested too deeply, or holds itself.`);
  if (pulumi.Output.isInstance(value)) return value.apply((inner: unknown) => within(inner));
  if (kindOf(value) === "Promise") return Promise.resolve(value).then((inner: unknown) => within(inner));
  if (Array.isArray(value)) return Array.from(value, (each: unknown, index) => within(each, index));
  if (isPlainObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, within(each, key)]));
  }
  const fault = faultOf(value);
  if (fault !== undefined) throw new TypeError(`${said}: ${pathText(path)} is ${fault}.`);
  return value;
}

/** Objects of other realms are plain as well, as tests may run programs in contexts of their own; and so are modules. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** What cannot be sent as it is, with what to write instead. */
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

function faultOf(value: unknown): string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : `${value}: write a finite number`;
  const kind = typeof value === "object" ? kindOf(value) : typeof value;
  const remedy = Object.hasOwn(remedies, kind) ? remedies[kind] : undefined;
  if (remedy !== undefined || typeof value !== "object") return remedy;
  if (ArrayBuffer.isView(value) || kind.endsWith("ArrayBuffer")) {
    return `binary data (${kind}): write a text, such as \`Buffer.from(data).toString("utf8")\``;
  }
  return `an object of a class (${classOf(value, kind)}): write a plain object or a text with what it holds`;
}

/** What a built-in object is, whatever realm it comes from. */
function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}

function classOf(value: object | null, kind: string): string {
  const name: unknown = Reflect.get(Object(Reflect.get(Object(value), "constructor")), "name");
  return typeof name === "string" && name !== "" ? name : kind;
}
