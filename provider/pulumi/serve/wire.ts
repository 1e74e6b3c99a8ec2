import { runtime } from "@pulumi/pulumi";
import { isValueMap, Secret, UNKNOWN, Unknown, type Value, type Values, valueFrom } from "../../core/schema/values";
import { metadataKeys } from "../../core/state/metadata";
import { HANDLER_KEY, handlerText } from "../handler";

/** The engine's form of a secret, at any depth of a provider's answer. */
interface SecretEnvelope {
  readonly [runtime.specialSigKey]: typeof runtime.specialSecretSig;
  /** The value in plain text. */
  readonly value: WireValue;
}

/** A value that can be sent to the engine: JSON, and secrets in envelopes. */
export type WireValue = null | boolean | number | string | WireValue[] | { [key: string]: WireValue } | SecretEnvelope;

/** The properties of a resource on the wire. */
export type WireProperties = Record<string, WireValue>;

/**
 * The values in properties that the engine sent. Properties of Pulumi itself, whose names begin with `__`, are left out;
 * the state metadata is not.
 * @param properties The properties as the SDK decodes them: plain, with a sentinel for each unknown value.
 */
export function fromWire(properties: object): Values {
  const values: Record<string, Value> = {};
  for (const [name, value] of Object.entries(properties)) {
    if (!name.startsWith("__") || metadataKeys.includes(name)) values[name] = withUnknowns(value);
  }
  return values;
}

const SENTINEL = runtime.unknownValue;

function withUnknowns(wire: unknown): Value {
  if (wire === SENTINEL) return UNKNOWN;
  if (!containsSentinel(wire)) return valueFrom(wire);
  if (Array.isArray(wire)) return wire.map(withUnknowns);
  return Object.fromEntries(Object.entries(wire).map(([key, value]) => [key, withUnknowns(value)]));
}

function containsSentinel(wire: unknown): wire is object {
  if (typeof wire !== "object" || wire === null) return false;
  const members: unknown[] = Array.isArray(wire) ? wire : Object.values(wire);
  return members.some((member) => member === SENTINEL || containsSentinel(member));
}

/**
 * All texts in a value, at any depth and inside secrets.
 * @param value The value.
 */
export function textsIn(value: Value | undefined): string[] {
  if (typeof value === "string") return [value];
  if (value instanceof Secret) return textsIn(value.value);
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isValueMap(value) ? Object.values(value).flatMap(textsIn) : [];
}

/**
 * The properties to send to the engine. `undefined` is left out: the SDK cannot encode it, and the whole answer would be lost.
 * @param values Inputs or a state; secrets as {@link Secret}.
 */
export function toWire(values: Values): WireProperties {
  const entries = Object.entries(values).flatMap(([name, value]): [string, WireValue][] =>
    value === undefined ? [] : [[name, wireOf(value)]],
  );
  return Object.fromEntries(entries);
}

function wireOf(value: Value): WireValue {
  // The engine rejects a lone surrogate, and the created object would be missing in the state.
  if (typeof value === "string") return value.replace(/\p{Surrogate}/gu, "\ufffd");
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "boolean" || value === null) return value;
  if (value instanceof Unknown) return SENTINEL;
  if (value instanceof Secret) return value.value === UNKNOWN ? SENTINEL : envelope(wireOf(value.value));
  return isValueMap(value) ? toWire(value) : value.map(wireOf);
}

function envelope(value: WireValue): SecretEnvelope {
  return { [runtime.specialSigKey]: runtime.specialSecretSig, value };
}

/**
 * The inputs or outputs of a resource for an import file: with the handler, and with secrets in plain text. The engine encrypts
 * the values that are marked as secrets.
 * @param type The type.
 * @param values Inputs or a state; secrets as {@link Secret}.
 */
export function importProperties(type: string, values: Values): Record<string, unknown> {
  const entries = Object.entries(values).flatMap(([name, value]): [string, unknown][] => {
    if (value === undefined) return [];
    return [[name, value instanceof Secret ? marked(value.value) : wireOf(value)]];
  });
  return { ...Object.fromEntries(entries), [HANDLER_KEY]: handlerText(type) };
}

function marked(value: Value): object {
  return { [runtime.specialSigKey]: runtime.specialSecretSig, plaintext: JSON.stringify(wireOf(value)) };
}
