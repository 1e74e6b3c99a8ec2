/**
 * What the engine did to one resource, or would do.
 *
 * @typedef {object} ResourceStep
 * @property {string} op Such as `create`, `update`, `same`.
 * @property {string} resource Its type and name, such as `AccessControlGroup engineers`.
 * @property {string[]} properties The properties that differ.
 */

/**
 * Reads the engine's event log, one JSON object per line: what became of each Rhombus resource.
 *
 * @param {string} log
 * @returns {ResourceStep[]}
 */
export function stepsIn(log) {
  return log
    .split("\n")
    .filter((line) => line.trim() !== "")
    .flatMap((line) => JSON.parse(line).resOutputsEvent?.metadata ?? [])
    .filter(({ type }) => String(type).includes(":dynamic/rhombus:"))
    .map(({ op, type, urn, diffs }) => ({
      op,
      resource: `${String(type).replace(/^.*:/, "")} ${String(urn).replace(/^.*::/, "")}`,
      properties: diffs ?? [],
    }));
}
