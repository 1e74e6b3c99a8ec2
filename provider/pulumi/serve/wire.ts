import { runtime } from "@pulumi/pulumi";
import { isValueMap, Secret, UNKNOWN, Unknown, type Value, type Values, valueFrom } from "../../core/schema/values";
import { metadataKeys } from "../../core/state/metadata";

/** A secret as the engine reads it from any answer of a provider, at any depth. */
interface SecretEnvelope {
  readonly [runtime.specialSigKey]: typeof runtime.specialSecretSig;
  /** The value in clear. */
  readonly value: WireValue;
}

/** What may cross to the engine: JSON and secrets in envelopes. */
export type WireValue = null | boolean | number | string | WireValue[] | { [key: string]: WireValue } | SecretEnvelope;

/** The properties of a resource on the wire. */
export type WireProperties = Record<string, WireValue>;

/**
 * The values in properties that the engine sent. Names that begin with `__` are Pulumi's own and are
 * left out, except for the state metadata.
 * @param properties What the SDK made of the engine's message: plain, with a sentinel for each unknown.
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
 * All texts in a value, at any depth.
 * @param value The value.
 */
export function textsIn(value: Value | undefined): string[] {
  if (typeof value === "string") return [value];
  if (value instanceof Secret) return textsIn(value.value);
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isValueMap(value) ? Object.values(value).flatMap(textsIn) : [];
}

/**
 * The properties to send to the engine. `undefined` is left out, because the SDK cannot send it and would lose the answer.
 * @param values Inputs or a state; secrets as {@link Secret}.
 */
export function toWire(values: Values): WireProperties {
  const entries = Object.entries(values).flatMap(([name, value]): [string, WireValue][] =>
    value === undefined ? [] : [[name, wireOf(value)]],
  );
  return Object.fromEntries(entries);
}

function wireOf(value: Value): WireValue {
  // The engine refuses a text with half a pair of surrogates, and would lose what was made.
  if (typeof value === "string") return value.replace(/\p{Surrogate}/gu, "\ufffd");
  if (isPlain(value)) return value;
  if (value instanceof Unknown) return SENTINEL;
  if (value instanceof Secret) return value.value === UNKNOWN ? SENTINEL : envelope(wireOf(value.value));
  if (Array.isArray(value)) return value.map(wireOf);
  return isValueMap(value) ? toWire(value) : null;
}

/** What crosses as it is. */
type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain };

function isPlain(value: Value | undefined): value is Plain {
  if (typeof value === "string") return !/\p{Surrogate}/u.test(value);
  if (typeof value !== "object") return typeof value === "number" ? Number.isFinite(value) : value !== undefined;
  if (value === null) return true;
  if (Array.isArray(value)) return value.every(isPlain);
  return isValueMap(value) && Object.values(value).every(isPlain);
}

function envelope(value: WireValue): SecretEnvelope {
  return { [runtime.specialSigKey]: runtime.specialSecretSig, value };
}
