import * as pulumi from "@pulumi/pulumi";
import { type Provider, type ProviderSettings, settingsOf } from "../../provider";
import { LookupError } from "./lookupError";

/**
 * The settings of an explicit provider, for a look-up that answers a promise.
 * @param lookup The name of the look-up.
 * @param provider The provider.
 * @throws LookupError if a setting is an output.
 */
export async function settingsNow(lookup: string, provider: Provider): Promise<Record<string, string>> {
  const settings = settingsIn(lookup, provider);
  refuseOutputs(lookup, "provider's", settings);
  const values = Object.entries(settings).map(async ([name, value]): Promise<[string, string]> => {
    return [name, pulumi.Output.isInstance(value) ? "" : await value];
  });
  return Object.fromEntries(await Promise.all(values));
}

/**
 * The settings of an explicit provider, for a look-up that answers an output. They are not secret: no answer contains a
 * setting, so a secret setting must not make the answer secret.
 * @param lookup The name of the look-up.
 * @param provider The provider.
 */
export function settingsLater(lookup: string, provider: Provider): pulumi.Output<Record<string, string>> {
  const settings = Object.entries(settingsIn(lookup, provider));
  return pulumi.all(Object.fromEntries(settings.map(([name, value]) => [name, pulumi.unsecret(pulumi.output(value))])));
}

/**
 * Refuses outputs, for which a look-up that answers a promise cannot wait.
 * @param lookup The name of the look-up.
 * @param owner The owner of the values in the message, such as `provider's`.
 * @param values The values by name.
 * @throws LookupError that names the outputs and the function that takes them.
 */
export function refuseOutputs(lookup: string, owner: string, values: object): void {
  const outputs = Object.entries(values).flatMap(([key, value]) => {
    const parts: unknown[] = Array.isArray(value) ? value : [value];
    return parts.some((part) => pulumi.Output.isInstance(part)) ? [key.replace(/^rhombus:/, "")] : [];
  });
  if (outputs.length === 0) return;
  const which = `the ${owner} ${outputs.join(", ")} ${outputs.length === 1 ? "is an output" : "are outputs"}`;
  throw new LookupError(lookup, "mistake", `${which}, and a promise cannot wait for outputs. Use ${lookup}Output.`);
}

function settingsIn(lookup: string, provider: Provider): ProviderSettings {
  const settings = settingsOf(provider);
  if (settings !== undefined) return settings;
  throw new LookupError(lookup, "mistake", "provider is not a Provider of this copy of pulumi-rhombus.");
}
