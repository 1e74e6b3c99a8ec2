import fc from "fast-check";
import { isProperties, type Properties } from "../../drivers/properties";
import { full, type Sample } from "../../resources/facts";

/** Surrogates, control characters, both forms of é, invisible characters, and texts with a meaning to some language. */
const TEXTS = ["\ud800", "a\udc00b", "\u0000", "\u0007\u001b[31m", "é", "e\u0301", "ﬁ ǅ ß İ ı"].concat(
  ["שלום \u202eolleh\u202c", "\u200b", "Lobby\u200d\ufeff", "👩‍👩‍👧‍👦", "𝒟𝑜𝑜𝓇", "\u2028\u2029", "  spaces  ", "\u00a0"],
  ["null", "%s {{y}} </script>", "'\"`\\"],
);

/** Names that every object inherits, or that mean something to a language. */
const INHERITED = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "then", "length"];

/** Keys of vendors, with zeros, signs and numbers that are too large. */
const KEYS = ["1:4", "01:4", "0:0", "99999999999:1", "41001", "041001", "2147483647", "2147483648", "-1", "1e3", ""];

/** Any unusual text. */
export const unusualText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.constantFrom(...INHERITED),
  fc.constantFrom(...KEYS),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.constantFrom(...TEXTS).map((text) => text.repeat(300)),
);

/** A replacement of one value in inputs, or of its key. */
interface Replacement {
  readonly place: number;
  readonly isKey: boolean;
  readonly value: unknown;
}

/**
 * The inputs of a sample with other values at some places.
 * @param value The values.
 * @param isPlace Selects the places. Default: all.
 */
export function unusualInputs(
  sample: Sample,
  value: fc.Arbitrary<unknown>,
  isPlace: (path: readonly string[]) => boolean = () => true,
): fc.Arbitrary<Properties> {
  const replacement = fc.record({ place: fc.nat(10_000), isKey: fc.boolean(), value });
  return fc
    .tuple(fc.constantFrom<0 | 1>(0, 1), fc.array(replacement, { minLength: 1, maxLength: 4 }))
    .map(([which, all]) => all.reduce((inputs, each) => withReplacement(inputs, each, isPlace), full(sample, which)));
}

/** True for a place where any text is allowed: names, descriptions, and the keys of doors. */
export function isFreeText(path: readonly string[]): boolean {
  return /name$|^description$/i.test(path.at(-1) ?? "") || /^door(?:InfoMap|ToCameraMap)$/.test(path.at(-2) ?? "");
}

function withReplacement(
  inputs: Properties,
  { place, isKey, value }: Replacement,
  isPlace: (path: string[]) => boolean,
): Properties {
  const places = placesIn(inputs).filter(isPlace);
  const path = places[place % places.length] ?? [];
  const old = path.reduce<unknown>((found, name) => (isProperties(found) ? found[name] : undefined), inputs);
  // Of the entry of a map, only the key is free.
  const changed = replaced(inputs, path, isKey || isProperties(old), value);
  return isProperties(changed) ? changed : inputs;
}

function placesIn(value: unknown, path: readonly string[] = []): string[][] {
  const own = path.length === 0 ? [] : [[...path]];
  if (typeof value !== "object" || value === null) return own;
  return [...own, ...Object.entries(value).flatMap(([key, each]) => placesIn(each, [...path, key]))];
}

function replaced(value: unknown, [first, ...rest]: readonly string[], isKey: boolean, by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((each: unknown, at) => (`${at}` === first ? replaced(each, rest, isKey, by) : each));
  }
  if (!isProperties(value)) return value;
  const renames = isKey && rest.length === 0 && typeof by === "string";
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => {
    if (key !== first) return [key, each];
    return renames ? [by, each] : [key, replaced(each, rest, isKey, by)];
  });
  return Object.fromEntries(entries);
}
