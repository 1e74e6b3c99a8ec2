/**
 * A covering array: rows of choices in which any three parameters have every combination of their values in some row.
 * Greedy: a row starts with a missing combination, then takes for each parameter the value with the most missing ones.
 * @param sizes The number of values of each parameter. A choice is the index of a value.
 */
export function covering(sizes: readonly number[]): number[][] {
  const rows: number[][] = [];
  const missing = new Set(combinationsOf(sizes.map((size) => [...Array(size).keys()])));
  for (const seed of missing) {
    const row = rowFrom(seed, sizes, missing);
    for (const combination of combinationsOf(row.map((choice) => [choice]))) missing.delete(combination);
    rows.push(row);
  }
  return rows;
}

/** The combinations of three parameters with these choices, such as `0=1 2=0 4=0`: parameter 0 has value 1, and so on. */
function combinationsOf(choices: readonly (readonly number[])[]): string[] {
  const parameters = choices.map((each, parameter) => each.map((choice) => `${parameter}=${choice}`));
  return parameters.flatMap((ones, one) =>
    parameters.slice(one + 1).flatMap((others, other) => {
      const rest = parameters.slice(one + other + 2).flat();
      return ones.flatMap((a) => others.flatMap((b) => rest.map((c) => `${a} ${b} ${c}`)));
    }),
  );
}

type Choice = readonly [parameter: number, value: number];

function rowFrom(seed: string, sizes: readonly number[], missing: ReadonlySet<string>): number[] {
  const row = new Map(
    seed.split(" ").map((each): Choice => {
      const [parameter = 0, value = 0] = each.split("=").map(Number);
      return [parameter, value];
    }),
  );
  // Parameters with many values come first, because the others leave more room.
  for (const [parameter, size] of [...sizes.entries()].sort(([, one], [, other]) => other - one)) {
    if (row.has(parameter)) continue;
    const gains = [...Array(size).keys()].map((value) => {
      return combinationsWith([parameter, value], [...row]).filter((each) => missing.has(each)).length;
    });
    row.set(parameter, gains.lastIndexOf(Math.max(...gains)));
  }
  return sizes.map((_, parameter) => row.get(parameter) ?? 0);
}

/** The combinations of a choice with any two of the others. */
function combinationsWith(choice: Choice, others: readonly Choice[]): string[] {
  const pairs = others.flatMap((one, index) => others.slice(index + 1).map((other) => [one, other, choice]));
  return pairs.map((each) => {
    const sorted = each.sort(([one], [other]) => one - other);
    return sorted.map((chosen) => chosen.join("=")).join(" ");
  });
}
