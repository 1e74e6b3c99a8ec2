/**
 * A step of the engine on one resource, done or planned.
 * @typedef {object} ResourceStep
 * @property {string} op The operation, such as `create`, `update`, `same`.
 * @property {string} resource The type and name, such as `AccessControlGroup engineers`.
 * @property {string[]} properties The properties that differ.
 */

/**
 * The steps on Rhombus resources in the engine's event log, which has one JSON object per line.
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
