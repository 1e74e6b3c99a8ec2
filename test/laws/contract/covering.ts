/**
 * A covering array: rows of choices in which any `strength` parameters have every combination of their values in some row.
 * Greedy: a row starts with a missing combination, then takes for each parameter the value with the most missing ones.
 * @param sizes The number of values of each parameter. A choice is the index of a value.
 * @param strength 2 for pairs, 3 for triples.
 */
export function covering(sizes: readonly number[], strength: number): number[][] {
  const missing = new Set(allCombinations(sizes, strength));
  const rows: number[][] = [];
  for (;;) {
    const [seed] = missing;
    if (seed === undefined) return rows;
    const row = rowFrom(seed, { sizes, strength, missing, turn: rows.length });
    for (const combination of combinationsIn(row, strength)) missing.delete(combination);
    rows.push(row);
  }
}

/** The combinations in a row, such as `0=1 4=0`: parameter 0 has value 1, parameter 4 has value 0. */
export function combinationsIn(row: readonly number[], strength: number): string[] {
  return subsets([...row.keys()], strength).map((parameters) => named(row, parameters));
}

/** All possible combinations, in the form of {@link combinationsIn}. */
export function allCombinations(sizes: readonly number[], strength: number): string[] {
  return subsets([...sizes.keys()], strength).flatMap((parameters) => {
    const values = parameters.map((each) => Array.from({ length: sizes[each] ?? 0 }, (_, value) => `${each}=${value}`));
    return values.reduce((texts, next) => texts.flatMap((text) => next.map((each) => `${text} ${each}`)));
  });
}

interface Search {
  readonly sizes: readonly number[];
  readonly strength: number;
  readonly missing: ReadonlySet<string>;
  readonly turn: number;
}

function rowFrom(seed: string, { sizes, strength, missing, turn }: Search): number[] {
  const row: (number | undefined)[] = sizes.map(() => undefined);
  for (const each of seed.split(" ")) {
    const [parameter = 0, choice = 0] = each.split("=").map(Number);
    row[parameter] = choice;
  }
  // Parameters with many values come first, because the others leave more room.
  const open = [...row.keys()].filter((parameter) => row[parameter] === undefined);
  for (const parameter of open.sort((one, other) => (sizes[other] ?? 0) - (sizes[one] ?? 0))) {
    const fixed = [...row.keys()].filter((each) => row[each] !== undefined);
    const gain = (choice: number) => {
      const trial = Object.assign([...row], { [parameter]: choice });
      const combinations = subsets(fixed, strength - 1).map((others) =>
        named(trial, [...others, parameter].sort(upwards)),
      );
      return combinations.filter((each) => missing.has(each)).length;
    };
    row[parameter] = mostGaining(sizes[parameter] ?? 1, turn + parameter, gain);
  }
  return row.map((choice) => choice ?? 0);
}

/** The choice with the largest gain. Equal choices take turns, so that the rows differ if nothing is missing. */
function mostGaining(size: number, turn: number, gain: (choice: number) => number): number {
  const choices = [...Array(size).keys()].map((index) => (index + turn) % size);
  const gains = choices.map(gain);
  return choices[gains.indexOf(Math.max(...gains))] ?? 0;
}

function named(row: readonly (number | undefined)[], parameters: readonly number[]): string {
  return parameters.map((parameter) => `${parameter}=${row[parameter]}`).join(" ");
}

function subsets(items: readonly number[], size: number): number[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) => subsets(items.slice(index + 1), size - 1).map((rest) => [item, ...rest]));
}

function upwards(one: number, other: number): number {
  return one - other;
}
