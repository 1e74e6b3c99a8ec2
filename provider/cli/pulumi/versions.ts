/**
 * Tests a version against a range.
 * @param version The version, with or without a leading `v`. Pre-release and build parts are ignored.
 * @param range Conditions with `>=` and `<`, such as `>=3.216.0 <4`, all of which must hold.
 */
export function isInRange(version: string, range: string): boolean {
  const [numbers = ""] = version.replace(/^v/, "").split(/[-+]/);
  return [...range.matchAll(/(>=|<)\s*([\d.]+)/g)].every(([, operator, limit = ""]) => {
    const isAtLeast = numbers.localeCompare(limit, "en", { numeric: true }) >= 0;
    return isAtLeast === (operator === ">=");
  });
}
