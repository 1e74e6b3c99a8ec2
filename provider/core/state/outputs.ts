import type { Definition, Observed } from "../resource/definition";
import { Secret, type Value, type Values, withoutUndefined } from "../schema/values";
import { metadataOf } from "./metadata";

/**
 * The outputs to store: observed and answered outputs, the organization, the state metadata, and the prior value of each
 * secret that was neither observed nor answered.
 * @param run The resource, its organization, and the instance id for a state that has none yet.
 * @param prior The inputs and outputs that the state held.
 * @param reading The object as observed, and the outputs in the answers to writes.
 */
export function outputsOf(
  run: {
    readonly definition: Pick<Definition, "fields" | "outputs">;
    readonly organization: string | undefined;
    readonly instanceId: string | undefined;
  },
  prior: Values,
  reading: { readonly observed: Observed; readonly answeredOutputs?: Values },
): Values {
  const observed: Values = { ...reading.observed.outputs, ...withoutUndefined(reading.answeredOutputs ?? {}) };
  const orgUuid = reading.observed.orgUuid ?? prior.orgUuid ?? run.organization;
  const outputs = Object.entries(run.definition.outputs).map(([name, { modifiers }]) => {
    return [name, observed[name] ?? (modifiers.secret ? prior[name] : undefined)];
  });
  const metadata = metadataOf(run.definition, prior, { instanceId: run.instanceId, observed: reading.observed });
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
 * @param values Inputs and outputs in clear.
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
