import type { Definition, Observed } from "../resource/definition";
import { Secret, type Value, type Values, withoutUndefined } from "../schema/values";
import { metadataOf } from "./metadata";

/** The stored form of an object. */
export interface Stored {
  /** Its id. */
  readonly id: string;
  /** Its inputs, outputs and state metadata. */
  readonly state: Values;
}

/** The content of an object's state. */
export interface StateContent {
  /** The inputs to store. */
  readonly inputs: Values;
  /** The inputs and outputs that the state held. */
  readonly prior: Values;
  /** The object as observed. */
  readonly observed: Observed;
  /** The outputs in the answers to writes. Default: none. */
  readonly answeredOutputs?: Values;
}

/** The part of an operation that the state needs. */
interface StateContext {
  readonly definition: Pick<Definition, "fields" | "outputs">;
  /** The organization of the API key; `undefined` if it is not known. */
  readonly organization: string | undefined;
  /** The instance id for a state that has none yet; `undefined` if the object is not in this stack. */
  readonly instanceId: string | undefined;
}

/**
 * The stored form of an object, with secrets marked.
 * @param operation The resource, its organization, and the instance id for a state that has none yet.
 * @param content The inputs and the object.
 */
export function storedObject(operation: StateContext, { inputs, prior, ...reading }: StateContent): Stored {
  const outputs = outputsOf(operation, prior, reading);
  return { id: reading.observed.id, state: withSecretsMarked(operation.definition, { ...inputs, ...outputs }) };
}

/**
 * The outputs to store: observed and answered outputs, the organization, the state metadata, and the prior value of each
 * secret that was neither observed nor answered.
 * @param operation The resource, its organization, and the instance id for a state that has none yet.
 * @param prior The inputs and outputs that the state held.
 * @param reading The object as observed, and the outputs in the answers to writes.
 */
export function outputsOf(
  operation: StateContext,
  prior: Values,
  reading: Pick<StateContent, "observed" | "answeredOutputs">,
): Values {
  const observed: Values = { ...reading.observed.outputs, ...withoutUndefined(reading.answeredOutputs ?? {}) };
  const orgUuid = reading.observed.orgUuid ?? prior.orgUuid ?? operation.organization;
  const outputs = Object.entries(operation.definition.outputs).map(([name, { modifiers }]) => {
    return [name, observed[name] ?? (modifiers.secret ? prior[name] : undefined)];
  });
  const metadata = metadataOf(operation.definition, prior, {
    instanceId: operation.instanceId,
    observed: reading.observed,
  });
  return withoutUndefined({ ...Object.fromEntries(outputs), orgUuid, ...metadata });
}

/**
 * The answered outputs that are still valid after another write: secrets, which the API answers only once, and outputs that
 * reads do not show.
 * @param definition The resource.
 * @param answered The outputs in the answers so far.
 * @param observed The object as last observed.
 */
export function stillValidOutputs(
  definition: Pick<Definition, "outputs">,
  answered: Values,
  observed: Observed,
): Values {
  const isValid = (name: string) => definition.outputs[name]?.modifiers.secret || observed.outputs[name] === undefined;
  return Object.fromEntries(Object.entries(answered).filter(([name]) => isValid(name)));
}

/**
 * Inputs or a state with the secrets marked. A boolean is never marked: `adopt: true` may be displayed, `adopt: "<token>"`
 * may not.
 * @param definition The resource.
 * @param values Inputs and outputs in plain text.
 */
export function withSecretsMarked(definition: Pick<Definition, "fields" | "outputs">, values: Values): Values {
  const isSecret = (name: string) => {
    return [definition.outputs[name], definition.fields[name]].some((field) => field?.modifiers.secret);
  };
  const entries = Object.entries(values).map(([name, value]): [string, Value | undefined] => {
    const isMarked = value !== undefined && typeof value !== "boolean" && isSecret(name);
    return [name, isMarked ? new Secret(value) : value];
  });
  return withoutUndefined(Object.fromEntries(entries));
}
