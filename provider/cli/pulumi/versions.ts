/** A condition of a version range such as `>=3.216.0 <4`. */
type Condition = readonly [operator: ">=" | "<", version: readonly number[]];

/**
 * Tests a version against a range.
 * @param version The version, with or without a leading `v`. Pre-release and build parts are ignored.
 * @param range Conditions with `>=` and `<`, all of which must hold.
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
