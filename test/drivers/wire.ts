import assert from "node:assert/strict";
import { inspect } from "node:util";
import { runtime } from "@pulumi/pulumi";
import { HANDLER_KEY } from "../../provider/pulumi/handler";

/** Properties as they cross between engine and provider. */
export type Properties = Readonly<Record<string, unknown>>;

/** The properties with secrets in clear, without `__provider`. Fails the test for a value that the engine cannot carry. */
export function opened(properties: Properties): Properties {
  const entries = Object.entries(properties).filter(([name]) => name !== HANDLER_KEY);
  return Object.fromEntries(entries.map(([name, value]) => [name, openedValue(value, name)]));
}

function openedValue(value: unknown, at: string): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((each, index) => openedValue(each, `${at}[${index}]`));
  assert.ok(
    isProperties(value) && Object.getPrototypeOf(value) === Object.prototype,
    `${at} cannot cross: ${inspect(value)}`,
  );
  if (isEnvelope(value)) return openedValue(value.value, at);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, openedValue(each, `${at}.${key}`)]));
}

/** True for a secret in the engine's envelope. */
export function isEnvelope(value: unknown): value is { readonly value: unknown } {
  return isProperties(value) && value[runtime.specialSigKey] === runtime.specialSecretSig;
}

/** True for an object with keys; false for a list and null. */
export function isProperties(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
