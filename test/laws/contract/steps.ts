import type { Path } from "../../../provider/core/schema/values";
import { isProperties, type Properties } from "../../drivers/properties";
import type { InputPath, Variation } from "../../resources/facts";

/** Inputs that are declared after others, and what is told of the change. */
export interface Step {
  /** What happens, such as `saveClips set, indexFaces changed`. */
  readonly name: string;
  /** All inputs. */
  readonly inputs: Properties;
}

/** Which things take a turn in one step: one after the other, or all at once. */
export type Pace = "one" | "all";

/**
 * Steps in which each thing is set, then changed, then left out.
 * @param base What is always declared.
 * @param things What comes and goes.
 * @param pace Which of them take a turn in one step.
 */
export function staircase(base: Properties, things: readonly Variation[], pace: Pace): Step[] {
  const begins = things.map((_, index) => {
    return pace === "all" ? 0 : things.slice(0, index).reduce((time, { values }) => time + values.length + 1, 0);
  });
  const end = Math.max(...things.map(({ values }, index) => (begins[index] ?? 0) + values.length + 1));
  return [...Array(end).keys()].map((time) => {
    const taking = things.flatMap((thing, index) => {
      const turn = time - (begins[index] ?? 0);
      return turn >= 0 && turn <= thing.values.length ? [{ ...thing, turn }] : [];
    });
    const name = taking.map(({ path, values, turn }) => `${path.join(".")} ${said(values, turn)}`).join(", ");
    const inputs = taking.reduce((all, { path, values, turn }) => {
      return turn === values.length ? all : withValue(all, path, values[turn]);
    }, base);
    return { name, inputs };
  });
}

function said(values: readonly unknown[], turn: number): string {
  if (turn === values.length) return "left out";
  return turn === 0 ? "set" : `changed ${turn} times`;
}

/**
 * Inputs with another value at one place.
 * @param inputs The inputs, which stay as they are.
 * @param path The place.
 * @param value The value.
 */
export function withValue(inputs: Properties, [name, ...inside]: InputPath, value: unknown): Properties {
  const [next, ...further] = inside;
  const held = inputs[name];
  const inner = next === undefined ? value : withValue(isProperties(held) ? held : {}, [next, ...further], value);
  return { ...inputs, [name]: inner };
}

/** What is there before a change, or after it, and not on the other side. */
export interface Changes {
  /** Where something comes. */
  readonly added: readonly Path[];
  /** Where something goes. */
  readonly removed: readonly Path[];
}

/** No change. */
export const nothing: Changes = { added: [], removed: [] };

/**
 * What comes and what goes: inputs, entries, fields of entries, and members of sets that are inputs.
 * @param before The inputs before.
 * @param after The inputs after.
 */
export function changesBetween(before: Properties, after: Properties): Changes {
  return { added: onlyIn(after, before), removed: onlyIn(before, after) };
}

function onlyIn(here: Properties, there: Properties, path: Path = []): Path[] {
  return Object.entries(here).flatMap(([name, value]): Path[] => {
    const [at, other] = [[...path, name], there[name]];
    if (value === undefined || value === "") return [];
    if (other === undefined || other === "") return [at];
    if (isProperties(value) && isProperties(other)) return onlyIn(value, other, at);
    if (path.length > 0 || !Array.isArray(value) || !Array.isArray(other)) return [];
    return value.filter((member) => !other.includes(member)).map((member) => [...at, String(member)]);
  });
}
