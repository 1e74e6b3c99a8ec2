import type { Path } from "../../../provider/core/schema/values";
import { isProperties, type Properties } from "../../drivers/properties";
import type { InputPath, Variation } from "../../resources/facts";

/** A step of a lifecycle: all inputs, under a name such as `saveClips set, indexFaces changed 1 times`. */
export interface VariationStep {
  readonly name: string;
  readonly inputs: Properties;
}

/** Steps in which the value at each path of the inputs is set, then changed, then left out: one after the other, or all at once. */
export function variationSteps(base: Properties, variations: readonly Variation[], oneByOne: boolean): VariationStep[] {
  const lengths = variations.map(({ values }) => values.length + 1);
  const starts = lengths.map((_, index) => (oneByOne ? sum(lengths.slice(0, index)) : 0));
  const end = Math.max(...lengths.map((length, index) => (starts[index] ?? 0) + length));
  return Array.from({ length: end }, (_, time) => {
    const active = variations.flatMap((variation, index) => {
      const turn = time - (starts[index] ?? 0);
      return turn >= 0 && turn <= variation.values.length ? [{ ...variation, turn }] : [];
    });
    const name = active.map(({ path, values, turn }) => `${path.join(".")} ${changeName(values, turn)}`).join(", ");
    const declared = active.filter(({ values, turn }) => turn < values.length);
    const inputs = declared.reduce((all, { path, values, turn }) => withValue(all, path, values[turn]), base);
    return { name, inputs };
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function changeName(values: readonly unknown[], turn: number): string {
  if (turn === values.length) return "left out";
  return turn === 0 ? "set" : `changed ${turn} times`;
}

/** The inputs with another value at one path. */
export function withValue(inputs: Properties, [name, next, ...further]: InputPath, value: unknown): Properties {
  const inner = inputs[name];
  const changed = next === undefined ? value : withValue(isProperties(inner) ? inner : {}, [next, ...further], value);
  return { ...inputs, [name]: changed };
}

/** The value with another one at one path: at each path in turn, at any depth. */
export function withOneValueChanged(value: unknown, other: unknown): unknown[] {
  if (Array.isArray(value)) {
    const inside = value.flatMap((each, at) => {
      return withOneValueChanged(each, other).map((one) => value.map((old, index) => (index === at ? one : old)));
    });
    return [other, ...inside];
  }
  if (!isProperties(value)) return [other];
  const inside = Object.entries(value).flatMap(([name, each]) => {
    return withOneValueChanged(each, other).map((one) => ({ ...value, [name]: one }));
  });
  return [other, ...inside];
}

/** The paths that only one side of a change has. */
export interface Changes {
  readonly added: readonly Path[];
  readonly removed: readonly Path[];
}

/** No change. */
export const nothing: Changes = { added: [], removed: [] };

/** The inputs, entries, fields of entries, and members of sets that are inputs, which were added and removed. */
export function changesBetween(before: Properties, after: Properties): Changes {
  return { added: onlyIn(after, before), removed: onlyIn(before, after) };
}

function onlyIn(here: Properties, there: Properties, path: Path = []): Path[] {
  return Object.entries(here).flatMap(([name, value]): Path[] => {
    const [at, other] = [[...path, name], there[name]];
    if (value === undefined || value === "") return [];
    if (other === undefined || other === "") return [at];
    if (isProperties(value) && isProperties(other)) return onlyIn(value, other, at);
    // A list of objects, such as intervals, is one value.
    if (path.length > 0 || !Array.isArray(value) || !Array.isArray(other) || value.some(isProperties)) return [];
    return value.filter((member) => !other.includes(member)).map((member) => [...at, String(member)]);
  });
}
