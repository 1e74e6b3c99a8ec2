/**
 * Rows of choices, one choice for each parameter, such that any so-many parameters (`strength`) meet in every combination
 * of their values in some row. A choice is the index of a value. Greedy: a row starts with a combination that no row has
 * yet and then takes, parameter by parameter, the value that brings in most of the missing ones.
 * @param sizes How many values each parameter has.
 * @param strength 2 for pairs, 3 for triples; no more than there are parameters.
 */
export function covering(sizes: readonly number[], strength: number): number[][] {
  const missing = new Set(allMeetings(sizes, strength));
  const rows: number[][] = [];
  for (;;) {
    const [seed] = missing;
    if (seed === undefined) return rows;
    const row = rowFrom(seed, { sizes, strength, missing, turn: rows.length });
    for (const meeting of meetingsIn(row, strength)) missing.delete(meeting);
    rows.push(row);
  }
}

/**
 * Every meeting of choices that a row has, each as a text such as `0=1 4=0`: parameter 0 has value 1, parameter 4 value 0.
 * @param row The choices.
 * @param strength How many parameters meet.
 */
export function meetingsIn(row: readonly number[], strength: number): string[] {
  return subsets([...row.keys()], strength).map((parameters) => named(row, parameters));
}

/**
 * Every meeting of choices that there can be, in the form of {@link meetingsIn}.
 * @param sizes How many values each parameter has.
 * @param strength How many parameters meet.
 */
export function allMeetings(sizes: readonly number[], strength: number): string[] {
  return subsets([...sizes.keys()], strength).flatMap((parameters) =>
    parameters
      .reduce<string[][]>(
        (begun, parameter) =>
          begun.flatMap((said) =>
            [...Array(sizes[parameter]).keys()].map((choice) => [...said, `${parameter}=${choice}`]),
          ),
        [[]],
      )
      .map((said) => said.join(" ")),
  );
}

interface Search {
  readonly sizes: readonly number[];
  readonly strength: number;
  readonly missing: ReadonlySet<string>;
  readonly turn: number;
}

function rowFrom(seed: string, { sizes, strength, missing, turn }: Search): number[] {
  const row: (number | undefined)[] = sizes.map(() => undefined);
  for (const said of seed.split(" ")) {
    const [parameter = 0, choice = 0] = said.split("=").map(Number);
    row[parameter] = choice;
  }
  // Those with many values first: the others fit themselves to them more easily.
  const open = [...row.keys()].filter((parameter) => row[parameter] === undefined);
  for (const parameter of open.sort((one, other) => (sizes[other] ?? 0) - (sizes[one] ?? 0))) {
    const fixed = [...row.keys()].filter((each) => row[each] !== undefined);
    const gain = (choice: number) => {
      const trial = Object.assign([...row], { [parameter]: choice });
      const meetings = subsets(fixed, strength - 1).map((others) => named(trial, [...others, parameter].sort(upwards)));
      return meetings.filter((meeting) => missing.has(meeting)).length;
    };
    row[parameter] = mostGaining(sizes[parameter] ?? 1, turn + parameter, gain);
  }
  return row.map((choice) => choice ?? 0);
}

/** Of choices that gain the same, each has its turn, so that the rows differ where nothing is missing. */
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
