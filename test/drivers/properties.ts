import assert from "node:assert/strict";
import { inspect } from "node:util";
import { HANDLER_KEY } from "../../provider/pulumi/handler";

/** Properties as the engine stores them: JSON in which secrets are marked and unknown values are {@link unknown}. */
export type Properties = Readonly<Record<string, unknown>>;

/** A value that can cross between engine and provider. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A property that the engine knows to be secret. */
export class SecretProperty {
  /** Marks a value as secret. */
  constructor(readonly value: unknown) {}
}

// Literals, because a test that took them from the SDK could not notice a change of the wire format.
/** The value of a property that is unknown at preview. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** Marks a value as secret. */
export function secret(value: unknown): SecretProperty {
  return new SecretProperty(value);
}

/**
 * The properties as the engine sends them to a provider that does not accept secrets: in plain text. Fails the test for a value
 * that cannot cross.
 */
export function sent(properties: Properties): Record<string, Json> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, sentValue(value, name)]));
}

function sentValue(value: unknown, path: string): Json {
  if (value instanceof SecretProperty) return sentValue(value.value, path);
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (isList(value)) return value.map((each, index) => sentValue(each, `${path}[${index}]`));
  assert.ok(isProperties(value) && Object.getPrototypeOf(value) === Object.prototype, cannotCross(path, value));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, sentValue(each, `${path}.${key}`)]));
}

function cannotCross(path: string, value: unknown): string {
  return `${path} cannot cross between engine and provider: ${inspect(value)}`;
}

/** The properties in an answer of a provider: envelopes become secrets. Fails the test for a value that cannot cross. */
export function received(answer: object): Properties {
  const properties = Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, receivedValue(value)]));
  sent(properties);
  return properties;
}

function receivedValue(value: unknown): unknown {
  if (isList(value)) return value.map(receivedValue);
  if (!isProperties(value)) return value;
  if (value[SIGNATURE_KEY] === SECRET_SIGNATURE) return new SecretProperty(receivedValue(value.value));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, receivedValue(each)]));
}

/** The properties in plain text, without `__provider`. Takes envelopes as well. */
export function opened(properties: Properties): Record<string, Json> {
  const { [HANDLER_KEY]: _handler, ...others } = sent(received(properties));
  return others;
}

/**
 * The properties in an answer with the marks that the engine adds: a value is secret if the property of the same name was
 * secret before, recursively through objects; a list is secret as a whole if any of its items was.
 */
export function annotated(answer: Properties, before: Properties): Properties {
  const entries = Object.entries(answer).map(([name, value]) => {
    return [name, Object.hasOwn(before, name) ? annotatedValue(value, before[name]) : value];
  });
  return Object.fromEntries(entries);
}

function annotatedValue(value: unknown, before: unknown): unknown {
  if (value instanceof SecretProperty) return value;
  if (before instanceof SecretProperty) return new SecretProperty(value);
  if (isList(value)) return isList(before) && before.some(containsSecret) ? new SecretProperty(value) : value;
  return isProperties(value) && isProperties(before) ? annotated(value, before) : value;
}

function containsSecret(value: unknown): boolean {
  if (value instanceof SecretProperty) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(containsSecret);
}

/** The text of the properties in which secrets are masked. */
export function readable(properties: Properties): string {
  return JSON.stringify(properties, (_key, value) => (value instanceof SecretProperty ? "[secret]" : value));
}

/** True for an object with keys; false for a list, a secret, and null. */
export function isProperties(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !isList(value) && !(value instanceof SecretProperty);
}

/** True for a list. Unlike `Array.isArray`, it does not make the items `any`. */
function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
