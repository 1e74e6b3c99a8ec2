/** Properties as the engine holds them, and what crosses to and from a provider's process. */

/** A property that the engine knows to be secret. */
export class SecretProperty {
  /** Marks a property. */
  constructor(readonly value: Property) {}
}

/** The type of {@link unknown}. */
class UnknownProperty {
  /** How it reads in a failed assertion. */
  readonly unknown = true;
}

/** A property whose value the engine does not know yet. */
export const unknown = new UnknownProperty();

/** Any property. */
export type Property =
  | null
  | boolean
  | number
  | string
  | SecretProperty
  | UnknownProperty
  | readonly Property[]
  | { readonly [key: string]: Property };

/** The properties of a resource. */
export type Properties = Readonly<Record<string, Property>>;

// Written out, because a test that took them from the SDK could not notice that the wire has changed.
const UNKNOWN_SENTINEL = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/**
 * Marks a property as secret.
 * @param value The property.
 */
export function secret(value: Property): SecretProperty {
  return new SecretProperty(value);
}

/**
 * What the engine sends to a process that has not said that it accepts secrets: secrets opened, sentinels for unknowns.
 * @param properties The engine's properties.
 */
export function sent(properties: Properties): Record<string, SentProperty> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, sentProperty(value)]));
}

/** A property on its way to a process: plain JSON. */
export type SentProperty = null | boolean | number | string | SentProperty[] | { [key: string]: SentProperty };

function sentProperty(property: Property): SentProperty {
  if (property instanceof SecretProperty) return sentProperty(property.value);
  if (property instanceof UnknownProperty) return UNKNOWN_SENTINEL;
  if (isList(property)) return property.map(sentProperty);
  return isMap(property) ? sent(property) : property;
}

/**
 * What the engine makes of an answer: envelopes are secrets and sentinels are unknowns, at any depth.
 * @param answer The decoded message.
 * @throws TypeError when it holds what JSON has not.
 */
export function received(answer: object): Properties {
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, receivedProperty(value)]));
}

function receivedProperty(value: unknown): Property {
  if (value === UNKNOWN_SENTINEL) return unknown;
  if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "string")
    return value;
  if (Array.isArray(value)) return value.map(receivedProperty);
  if (typeof value !== "object") throw new TypeError(`a ${typeof value} has crossed the wire`);
  const isSecret = Reflect.get(value, SIGNATURE_KEY) === SECRET_SIGNATURE;
  return isSecret ? new SecretProperty(receivedProperty(Reflect.get(value, "value"))) : received(value);
}

/**
 * The engine's rule by which what a provider answers becomes secret: where the property of the same name was secret
 * before, recursing through objects only; a list with any secret in it is secret as a whole.
 * @param answered What the provider answered.
 * @param before What it was given.
 */
export function annotated(answered: Properties, before: Properties): Properties {
  return Object.fromEntries(
    Object.entries(answered).map(([name, value]) => {
      return [name, Object.hasOwn(before, name) ? annotatedProperty(value, before[name]) : value];
    }),
  );
}

function annotatedProperty(value: Property, before: Property | undefined): Property {
  if (value instanceof SecretProperty) return value;
  if (before instanceof SecretProperty) return new SecretProperty(value);
  if (isList(value)) return isList(before) && before.some(holdsSecret) ? new SecretProperty(value) : value;
  return isMap(value) && isMap(before) ? annotated(value, before) : value;
}

function holdsSecret(property: Property): boolean {
  if (property instanceof SecretProperty) return true;
  if (isList(property)) return property.some(holdsSecret);
  return isMap(property) && Object.values(property).some(holdsSecret);
}

/**
 * The properties as anybody can read them, in one text: secrets are masked.
 * @param properties The properties.
 */
export function readable(properties: Properties): string {
  return JSON.stringify(properties, (_key, value) => (value instanceof SecretProperty ? "[secret]" : value));
}

/**
 * The properties with secrets opened, to compare them.
 * @param properties The properties.
 */
export function opened(properties: Properties): Record<string, SentProperty> {
  return sent(properties);
}

/**
 * Whether a property is a list.
 * @param property The property.
 */
export function isList(property: Property | undefined): property is readonly Property[] {
  return Array.isArray(property);
}

/**
 * Whether a property is an object, and neither a list nor secret or unknown.
 * @param property The property.
 */
export function isMap(property: Property | undefined): property is { readonly [key: string]: Property } {
  if (typeof property !== "object" || property === null || isList(property)) return false;
  return !(property instanceof SecretProperty || property instanceof UnknownProperty);
}
