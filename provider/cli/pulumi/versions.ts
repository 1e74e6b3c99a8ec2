/** A range of versions as a manifest writes it, with as many conditions as it needs: `>=3.216.0 <4`. */
type Condition = readonly [operator: ">=" | "<", version: readonly number[]];

/**
 * Whether a version is in a range.
 * @param version The version, with or without a `v` before it. What follows a `-` does not count.
 * @param range Conditions `>=` and `<`, all of which have to hold.
 */
export function isInRange(version: string, range: string): boolean {
  const numbers = numbersOf(version);
  return conditionsOf(range).every(([operator, limit]) => {
    const order = compared(numbers, limit);
    return operator === ">=" ? order >= 0 : order < 0;
  });
}

function conditionsOf(range: string): Condition[] {
  return [...range.matchAll(/(>=|<)\s*([\d.]+)/g)].map(([, operator, version = ""]) => {
    return [operator === ">=" ? ">=" : "<", numbersOf(version)];
  });
}

function numbersOf(version: string): number[] {
  const [numbers = ""] = version.replace(/^v/, "").split(/[-+]/);
  return numbers.split(".").map(Number);
}

function compared(one: readonly number[], other: readonly number[]): number {
  const differences = [0, 1, 2].map((place) => (one[place] ?? 0) - (other[place] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}
