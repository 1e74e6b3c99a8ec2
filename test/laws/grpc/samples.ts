import type { OrganizationConsole } from "../../../provider/emulator";
import { definitionOf, type ResourceType, resourceTypes } from "../../../provider/resources/registry";
import { type Properties, secret } from "../../drivers/properties";
import { full, resourceFacts } from "../../resources/facts";
import { secretNamesOf, textsIn } from "../contract/secretValues";

/** The inputs of a resource, as its class sends them, and the secrets in its state. */
export interface GrpcSample {
  readonly type: ResourceType;
  readonly inputs: Properties;
  /** Inputs that update the object. */
  readonly changed: Properties;
  /** The names of the inputs and outputs that are secrets. */
  readonly secrets: readonly string[];
  /** All secrets of the objects and inputs. */
  secretTexts(console: OrganizationConsole): string[];
}

/** A sample of each resource. */
export const samples: readonly GrpcSample[] = resourceTypes.map(sampleOf);

/** The value with the members of a set in the order of a state. */
function canonical(value: unknown): unknown {
  return Array.isArray(value) ? [...value].sort() : value;
}

/** The sample of a resource. */
export function sampleOf(type: ResourceType): GrpcSample {
  const { fields } = definitionOf(type);
  const [sample] = Object.values(resourceFacts[type].samples);
  if (sample === undefined) throw new Error(`${type} has no sample`);
  const secrets = secretNamesOf(definitionOf(type));
  const sealed = (properties: Properties) => {
    const entries = Object.entries(properties);
    return Object.fromEntries(
      entries.map(([name, value]) => [name, secrets.includes(name) ? secret(value) : canonical(value)]),
    );
  };
  const inputs = full(sample);
  const updated = Object.entries(full(sample, 1)).filter(([name]) => !fields[name]?.modifiers.replaces);
  const keys = Object.entries(sample.existing).filter(([name]) => secrets.includes(name));
  return {
    type,
    inputs: sealed(inputs),
    changed: sealed({ ...inputs, ...Object.fromEntries(updated), ...Object.fromEntries(keys) }),
    secrets,
    secretTexts(console) {
      const objects = resourceFacts[type].objects(console).flatMap((object) => textsIn(object.secrets));
      return [...objects, ...secrets.flatMap((name) => textsIn(inputs[name]))];
    },
  };
}
