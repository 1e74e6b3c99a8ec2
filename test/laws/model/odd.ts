import fc from "fast-check";
import type { Properties } from "../../drivers/stack";
import { full, type Sample } from "../../resources/facts";

/** Texts that have broken programs: halves of characters, both ways of writing é, what is not seen, what is not a name. */
const ODD_TEXTS = [
  "\ud800",
  "a\udc00b",
  "\u0000",
  "\u0007\u001b[31m",
  "é",
  "e\u0301",
  "ﬁ ǅ ß İ ı",
  "שלום \u202eolleh\u202c",
  "\u200b",
  "Lobby\u200d\ufeff",
  "👩‍👩‍👧‍👦",
  "𝒟𝑜𝑜𝓇",
  "\u2028\u2029",
  "  spaces  ",
  "\u00a0",
  "null",
  "%s {{y}} </script>",
  "'\"`\\",
] as const;

/** Names that every object inherits, or that mean something to a language. */
const INHERITED = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "then", "length"] as const;

/** Keys as vendors have them, with zeros, signs and numbers that are too large. */
const KEYS = [
  "1:4",
  "01:4",
  "0:0",
  "99999999999:1",
  "41001",
  "041001",
  "2147483647",
  "2147483648",
  "-1",
  "1e3",
  "",
] as const;

/** Any odd text. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...ODD_TEXTS),
  fc.constantFrom(...INHERITED),
  fc.constantFrom(...KEYS),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.constantFrom(...ODD_TEXTS).map((text) => text.repeat(300)),
);

/** One change of inputs: at one of the places that they have, another value or another key. */
interface Oddity {
  readonly place: number;
  readonly isKey: boolean;
  readonly value: unknown;
}

/**
 * Inputs of a resource with odd things at some places.
 * @param sample The resource.
 * @param value What is odd.
 * @param isPlace Where it may be. Default: anywhere.
 */
export function oddInputs(
  sample: Sample,
  value: fc.Arbitrary<unknown>,
  isPlace: (path: readonly string[]) => boolean = () => true,
): fc.Arbitrary<Properties> {
  const oddity = fc.record({ place: fc.nat(10_000), isKey: fc.boolean(), value });
  return fc
    .tuple(fc.constantFrom<0 | 1>(0, 1), fc.array(oddity, { minLength: 1, maxLength: 4 }))
    .map(([which, oddities]) =>
      oddities.reduce((inputs, each) => withOddity(inputs, each, isPlace), full(sample, which)),
    );
}

/**
 * Whether a person may write there what he likes: names, descriptions, and the keys of doors.
 * @param path Where.
 */
export function isFree(path: readonly string[]): boolean {
  return /name$|^description$/i.test(path.at(-1) ?? "") || /^door(?:InfoMap|ToCameraMap)$/.test(path.at(-2) ?? "");
}

function withOddity(
  inputs: Properties,
  { place, isKey, value }: Oddity,
  isPlace: (path: string[]) => boolean,
): Properties {
  const places = placesIn(inputs).filter(isPlace);
  const path = places[place % places.length] ?? [];
  // What is free in the entry of a map is its key; the entry is not.
  const changed = replaced(inputs, path, isKey || isObject(valueAt(inputs, path)), value);
  return isObject(changed) ? changed : inputs;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((found, name) => (isObject(found) ? found[name] : undefined), value);
}

function placesIn(value: unknown, path: readonly string[] = []): string[][] {
  const own = path.length === 0 ? [] : [[...path]];
  if (typeof value !== "object" || value === null) return own;
  return [...own, ...Object.entries(value).flatMap(([key, each]) => placesIn(each, [...path, key]))];
}

function replaced(value: unknown, [first, ...rest]: readonly string[], isKey: boolean, by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value))
    return value.map((each: unknown, at) => (`${at}` === first ? replaced(each, rest, isKey, by) : each));
  if (!isObject(value)) return value;
  const renames = isKey && rest.length === 0 && typeof by === "string";
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => {
    if (key !== first) return [key, each];
    return renames ? [by, each] : [key, replaced(each, rest, isKey, by)];
  });
  return Object.fromEntries(entries);
}

function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A map of many doors.
 * @param count How many.
 * @param key The key of each.
 */
export function manyDoors(count: number, key: (index: number) => string): Properties {
  const doors = Array.from({ length: count }, (_, index) => [
    key(index),
    { doorName: `Door ${index}`, clipDuration: index },
  ]);
  return Object.fromEntries(doors);
}
