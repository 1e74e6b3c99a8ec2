import assert from "node:assert/strict";
import { createProviders, type Providers, type ProvidersOptions } from "../../provider/session";
import { isProperties, received, sent } from "./properties";
import { ProviderError, type Transport, withHandler } from "./transport";

/**
 * Calls new providers in this process, as if in a process of their own.
 * @param config The stack config, by full key.
 */
export async function direct(
  config: Readonly<Record<string, string>>,
  options: ProvidersOptions = {},
): Promise<Transport> {
  const providers = createProviders({ env: {}, ...options });
  const get = (key: string) => config[key];
  const request = { config: { get, require: (key: string) => get(key) ?? assert.fail(`no ${key}`) } };
  await Promise.all(Object.values(providers).map((provider) => provider.configure(request)));
  return transportTo(providers);
}

function transportTo(providers: Providers): Transport {
  return {
    async check(type, { olds = {}, news }) {
      const answer = await answered(providers[type].check(sent(olds), sent(withHandler(type, news))));
      const failures = (answer.failures ?? []).map(({ property, reason }) => ({ property, reason }));
      return { inputs: received(withHandler(type, answer.inputs ?? {})), failures };
    },
    async diff(type, { id, olds, news }) {
      const answer = await answered(
        providers[type].diff(id, sent(withHandler(type, olds)), sent(withHandler(type, news))),
      );
      return { changes: answer.changes, replaces: answer.replaces ?? [] };
    },
    async create(type, inputs) {
      const { id, outs } = await answered(providers[type].create(sent(withHandler(type, inputs))));
      return { id, outputs: received(withHandler(type, outs ?? {})) };
    },
    async read(type, { id, outputs }) {
      const answer = await answered(providers[type].read(id, sent(withHandler(type, outputs))));
      const { inputs, props = {} } = answer;
      const known = inputs === undefined ? {} : { inputs: received(withHandler(type, inputs)) };
      return { id: answer.id ?? "", outputs: received(withHandler(type, props)), ...known };
    },
    async update(type, { id, olds, news }) {
      const { outs } = await answered(
        providers[type].update(id, sent(withHandler(type, olds)), sent(withHandler(type, news))),
      );
      return { outputs: received(withHandler(type, outs ?? {})) };
    },
    async delete(type, { id, outputs }) {
      await answered(providers[type].delete(id, sent(withHandler(type, outputs))));
    },
  };
}

/** The answer. An error of the provider becomes a {@link ProviderError}, with the state of a partial failure. */
async function answered<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    assert.ok(error instanceof Error, "only errors are thrown");
    if (error.name === "AssertionError") throw error;
    if (!("id" in error && "properties" in error && "reasons" in error)) throw new ProviderError(error.message);
    const { id, properties, reasons } = error;
    assert.ok(typeof id === "string" && isProperties(properties) && Array.isArray(reasons));
    const failure = { id, properties: received(properties), reasons: reasons.map(String) };
    throw new ProviderError(error.message, undefined, failure);
  }
}
