import { keyOf, type Observed } from "../../core/resource/definition";
import { fieldsOf } from "../../core/schema/field";
import type { Values } from "../../core/schema/values";
import { missingOutputsIn } from "../../core/state/metadata";
import { definitionOf, type ResourceType } from "../../resources/registry";
import type { RhombusApi } from "../../rhombus/api/api";
import { type Existing, observe } from "./existing";

/**
 * The outputs that no read shows, and that the answer of a write would bring.
 * @param existing What exists.
 */
export function unreadOutputs({ type, observed }: Pick<Existing, "type" | "observed">): readonly string[] {
  return missingOutputsIn(definitionOf(type), observed.outputs);
}

/**
 * Learns the outputs that reads do not show, by writing what is there: name and doors as they have just been read.
 * @param api Rhombus.
 * @param existing What exists.
 * @param warn Where to say what a person should read.
 * @throws Error when it has changed since it was read, or is not afterwards what it was before.
 */
export async function recover(
  api: RhombusApi,
  { type, observed }: Pick<Existing, "type" | "observed">,
  warn: (text: string) => void,
): Promise<Values> {
  const definition = definitionOf(type);
  const { label } = keyOf(definition, observed.values);
  const [before] = await observe(api, type, { id: observed.id }, {}, true);
  if (before === undefined || !areAlike(type, before, observed)) {
    throw new Error(`${label} has just been changed, so nothing was written. Run the import again.`);
  }
  let outputs: Values = {};
  await definition.write(api, {
    observed: before,
    desired: {},
    changed: new Set(),
    attempt: 1,
    prior: {},
    resend: async (_, call) => void (await call({ observed: before, desired: {} })),
    warn: (message) => warn(`warning: ${message}\n`),
    wrote: (answered = {}) => {
      outputs = { ...outputs, ...answered };
    },
  });
  const [after] = await observe(api, type, { id: observed.id }, {}, true);
  if (after === undefined || !areAlike(type, after, before)) {
    throw new Error(`${label} is not what it was before it was written: look at it in the Rhombus console.`);
  }
  return outputs;
}

/** A write may tidy the texts that it is sent, although they are sent as they were read. */
function areAlike(type: ResourceType, { values: one }: Observed, { values: other }: Observed): boolean {
  return fieldsOf(definitionOf(type).fields).every(([name, field]) => {
    return field.equal(field.canonical(one[name]), field.canonical(other[name]));
  });
}
