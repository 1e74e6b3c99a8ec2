import { keyOf, type Observed } from "../../core/resource/definition";
import { fieldsOf } from "../../core/schema/field";
import type { Values } from "../../core/schema/values";
import { missingOutputsIn } from "../../core/state/metadata";
import { definitionOf, type ResourceType } from "../../resources/registry";
import type { RhombusApi } from "../../rhombus/api/api";
import { type Existing, observe } from "./existing";

/**
 * The names of outputs that no read returns, but the answer of a write does.
 * @param existing The object.
 */
export function missingOutputs({ type, observed }: Pick<Existing, "type" | "observed">): readonly string[] {
  return missingOutputsIn(definitionOf(type), observed.outputs);
}

/**
 * Gets the outputs that no read returns, by writing the object back as it has just been read.
 * @param api The Rhombus API.
 * @param existing The object.
 * @param warn Prints a warning.
 * @throws Error when the object has changed since it was read, or the write has changed it.
 */
export async function recover(
  api: RhombusApi,
  { type, observed }: Pick<Existing, "type" | "observed">,
  warn: (text: string) => void,
): Promise<Values> {
  const definition = definitionOf(type);
  const { label } = keyOf(definition, observed.values);
  const [before] = await observe(api, type, { id: observed.id }, {}, true);
  if (before === undefined || !areEqual(type, before, observed)) {
    throw new Error(`${label} has just been changed, so nothing was written. Run the import again.`);
  }
  let outputs: Values = {};
  await definition.write?.(api, {
    observed: before,
    desired: {},
    changed: new Set(),
    writeForm: 1,
    prior: {},
    resend: async (_, call) => void (await call({ observed: before, desired: {} })),
    warn: (message) => warn(`warning: ${message}\n`),
    reportWrite: (answered = {}) => {
      outputs = { ...outputs, ...answered };
    },
  });
  const [after] = await observe(api, type, { id: observed.id }, {}, true);
  if (after === undefined || !areEqual(type, after, before)) {
    throw new Error(`Check ${label} in the Rhombus console: writing it back has changed it.`);
  }
  return outputs;
}

/** Rhombus may tidy texts in a write, although they are sent as they were read. */
function areEqual(type: ResourceType, { values: one }: Observed, { values: other }: Observed): boolean {
  return fieldsOf(definitionOf(type).fields).every(([name, field]) => {
    return field.equal(field.canonical(one[name]), field.canonical(other[name]));
  });
}
