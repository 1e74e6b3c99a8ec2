import { isRuuid } from "../data/ruuid";

/** Thrown if a value does not fit a shape. The answer of Rhombus, HTTP 400, gives no details. */
export class ShapeMismatch extends Error {
  /** The name of this kind of error. */
  override readonly name = "ShapeMismatch";

  /** `expected` names the shape, for tests of the emulator; it is not in the answer. */
  constructor(expected: string) {
    super(`JSON doesn't match expected object structure: ${expected}`);
  }
}

/** Reads a request body. Throws a {@link ShapeMismatch} if it is not JSON. */
export function parseJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString("utf8"));
  } catch {
    throw new ShapeMismatch("JSON");
  }
}

/** The required form of a JSON value. */
export interface Shape<Value> {
  /** Returns the value in its typed form. Throws a {@link ShapeMismatch} if it does not fit. */
  check(value: unknown): Value;
}

/** The typed form of what a shape accepts. */
export type Accepted<S> = S extends Shape<infer Value> ? Value : never;

/** The shape of an object, with its fields, from which answers are built. */
export interface ObjectShape<Fields extends FieldTable> extends Shape<Body<Fields> | null> {
  /** The shape of each field. No other field is accepted. */
  readonly fields: Fields;
}

/** The fields of an object shape. */
export type FieldTable = Readonly<Record<string, Shape<unknown>>>;

/** The typed form of an object. Every field may be omitted, as in the specification of Rhombus. */
export type Body<Fields extends FieldTable> = { readonly [Name in keyof Fields]?: Accepted<Fields[Name]> };

/** Any text, or null. */
export const text = nullable(simple("a text", (value) => typeof value === "string"));

/** True or false, or null. */
export const flag = nullable(simple("true or false", (value) => typeof value === "boolean"));

/** A whole number of 32 bits, or null. */
export const int32 = nullable(simple("an int32", isInt32));

/** A safe integer, or null. Rhombus declares int64 and uses it for milliseconds. */
export const int64 = nullable(simple("an int64", (value): value is number => Number.isSafeInteger(value)));

/** An id in the form of Rhombus, or null. A canonical UUID and the empty text are refused. */
export const ruuid = nullable(
  simple("an RUUID", (value): value is string => typeof value === "string" && isRuuid(value)),
);

/** One or more RUUIDs joined by dots, or null. */
export const ruuidPath = nullable(
  simple(
    "RUUIDs joined by dots",
    (value): value is string => typeof value === "string" && value.split(".").every(isRuuid),
  ),
);

/** One of the given words. Null is refused: the enumerations of Rhombus are not nullable. */
export function oneOf<const Word extends string>(words: readonly Word[]): Shape<Word> {
  return simple(`one of ${words.join(", ")}`, (value): value is Word => words.some((word) => word === value));
}

/** A list of what `item` accepts, or null. */
export function list<Item>(item: Shape<Item>): Shape<Item[] | null> {
  return nullable({
    check(value) {
      if (!Array.isArray(value)) throw new ShapeMismatch("a list");
      return value.map((each: unknown) => item.check(each));
    },
  });
}

/** An object with any keys, or null. It becomes a Map, so that no key can collide with a prototype. */
export function map<Entry>(entry: Shape<Entry>): Shape<Map<string, Entry> | null> {
  return nullable({
    check: (value) => new Map(entriesOf(value).map(([key, each]) => [key, entry.check(each)])),
  });
}

/** An object with these fields only, each of which may be omitted; or null. */
export function object<const Fields extends FieldTable>(fields: Fields): ObjectShape<Fields> {
  return {
    fields,
    check(value) {
      if (value === null) return null;
      const checked = entriesOf(value).map(([name, each]) => {
        const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
        if (!field) throw new ShapeMismatch("no unknown field");
        return [name, field.check(each)];
      });
      // Every name comes from `fields` and every value from that field's own check.
      return Object.fromEntries(checked) as Body<Fields>;
    },
  };
}

function nullable<Value>(shape: Shape<Value>): Shape<Value | null> {
  return { check: (value) => (value === null ? null : shape.check(value)) };
}

function simple<Value>(expected: string, fits: (value: unknown) => value is Value): Shape<Value> {
  return {
    check(value) {
      if (!fits(value)) throw new ShapeMismatch(expected);
      return value;
    },
  };
}

function isInt32(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= 2 ** 31 && value !== 2 ** 31;
}

/** The fields of a JSON object. Throws a {@link ShapeMismatch} on anything else. */
export function entriesOf(value: unknown): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new ShapeMismatch("an object");
  return Object.entries(value);
}
