import type { Definition, Observed } from "../resource/definition";
import { Secret, type Value, type Values, withoutUndefined } from "../schema/values";
import { hiddenOf } from "./metadata";

/**
 * The outputs to store: what was observed or answered, the organization, what is hidden, and the known secrets that this
 * reading did not show.
 * @param run The resource and its organization.
 * @param prior What the state held.
 * @param seen What was observed, and what answers showed.
 */
export function outputsOf(
  run: {
    readonly definition: Pick<Definition, "fields" | "outputs">;
    readonly organization: string | undefined;
    readonly instanceId: string | undefined;
  },
  prior: Values,
  seen: { readonly observed: Observed; readonly answered?: Values },
): Values {
  const shown: Values = { ...seen.observed.outputs, ...withoutUndefined(seen.answered ?? {}) };
  const orgUuid = seen.observed.orgUuid ?? prior.orgUuid ?? run.organization;
  const outputs = Object.entries(run.definition.outputs).map(([name, { modifiers }]) => {
    return [name, shown[name] ?? (modifiers.secret ? prior[name] : undefined)];
  });
  const hidden = hiddenOf(run.definition, prior, { instanceId: run.instanceId, observed: seen.observed });
  return withoutUndefined({ ...Object.fromEntries(outputs), orgUuid, ...hidden });
}

/**
 * What answers showed and another write leaves standing: secrets, which are told once, and what no reading shows.
 * @param definition The resource.
 * @param answered What the answers so far showed.
 * @param observed The object as last seen.
 */
export function outlasting(definition: Pick<Definition, "outputs">, answered: Values, observed: Observed): Values {
  const stands = (name: string) => definition.outputs[name]?.modifiers.secret || observed.outputs[name] === undefined;
  return Object.fromEntries(Object.entries(answered).filter(([name]) => stands(name)));
}

/**
 * The state of a resource with its secrets marked. A boolean is none: `adopt: true` may be shown, `adopt: "<token>"` not.
 * @param definition The resource.
 * @param state Its inputs and outputs in clear.
 */
export function sealed(definition: Pick<Definition, "fields" | "outputs">, state: Values): Values {
  const isSecret = (name: string) => {
    return [definition.outputs[name], definition.fields[name]].some((field) => field?.modifiers.secret);
  };
  const entries = Object.entries(state).map(([name, value]): [string, Value | undefined] => {
    const hidden = value !== undefined && typeof value !== "boolean" && isSecret(name);
    return [name, hidden ? new Secret(value) : value];
  });
  return withoutUndefined(Object.fromEntries(entries));
}
