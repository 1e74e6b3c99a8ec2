import { isDeepStrictEqual } from "node:util";
import type { OrganizationConsole } from "../../../provider/emulator";
import { definitionOf, type ResourceType, resourceTypes } from "../../../provider/resources/registry";
import { isProperties } from "../../drivers/properties";
import type { Properties, Stored } from "../../drivers/stack";
import { type RemoteObject, resourceFacts, samples } from "../../resources/facts";
import { secretNamesOf } from "../contract/secretValues";
import type { Finding } from "./findings";

interface TypedObject extends RemoteObject {
  readonly type: ResourceType;
  readonly name: string;
}

/** Creates the unrelated objects: those that were added outside Pulumi and must not be changed. */
export function addUnrelated(console: OrganizationConsole): void {
  for (const { type, unrelated } of Object.values(samples)) {
    if (unrelated !== undefined) resourceFacts[type].add(console, unrelated);
  }
}

/** The unrelated objects with all their properties. */
export function unrelatedIn(console: OrganizationConsole): unknown {
  return objectsIn(console).filter(isUnrelated);
}

/** All that the organization has, without what differs from run to run. */
export function contentOf(console: OrganizationConsole): unknown {
  const objects = objectsIn(console).sort((one, other) => one.name.localeCompare(other.name));
  const properties = objects.map((object) => ({ type: object.type, ...withoutEmptyTexts(object.properties) }));
  return { properties, isOnGuardEnabled: console.isOnGuardEnabled() };
}

/** Rhombus may store a text that is cleared as null or as an empty text. */
function withoutEmptyTexts(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, value === "" ? null : value]));
}

function objectsIn(console: OrganizationConsole): TypedObject[] {
  return resourceTypes.flatMap((type) => {
    return resourceFacts[type].objects(console).map((each) => ({ ...each, type, name: nameOf(type, each.properties) }));
  });
}

/** The name of an object; the type of a singleton. */
function nameOf(type: ResourceType, properties: Properties): string {
  const field = definitionOf(type).display.name;
  return field === undefined ? type : `${properties[field]}`;
}

function isUnrelated({ type, name }: TypedObject): boolean {
  return Object.values(samples).some((sample) => {
    return sample.type === type && sample.unrelated !== undefined && nameOf(type, sample.unrelated) === name;
  });
}

/** Objects that no state has: duplicates of one that a state has, or orphans; and resources that have no object. */
export function unownedIn(console: OrganizationConsole, resources: readonly Stored[]): Finding[] {
  const objects = objectsIn(console).filter((object) => !isUnrelated(object));
  const isOwned = (object: TypedObject) => resources.some((stored) => isOf(stored, object));
  const owned = objects.filter(isOwned);
  const unowned = objects.filter((object) => !isOwned(object));
  const lost = resources.filter((stored) => !objects.some((object) => isOf(stored, object)));
  return [
    ...unowned.map(({ type, name }): Finding => {
      const isTwice = owned.some((each) => each.type === type && each.name.toLowerCase() === name.toLowerCase());
      return { kind: isTwice ? "duplicate" : "orphan", message: `${type} "${name}"` };
    }),
    ...lost.map(
      ({ type, id }): Finding => ({ kind: "wrong", message: `${type} ${id} is in the state, and nowhere else` }),
    ),
  ];
}

function isOf(stored: Stored, { type, id }: TypedObject): boolean {
  return stored.type === type && stored.id === id;
}

/** The secrets of `expected` that the state lacks, has in plain text, or has with another value than Rhombus. */
export function lostSecrets(
  console: OrganizationConsole,
  stored: Stored,
  expected: Stored,
  hidden: readonly string[] = [],
): Finding[] {
  const remote = remoteValues(console, stored);
  const names = secretsIn(expected).filter((name) => !hidden.includes(name));
  return names.flatMap((name): Finding[] => {
    const value = stored.outputs[name];
    const lost = (how: string): Finding[] => [{ kind: "lost secret", message: `${stored.type}.${name} ${how}` }];
    if (value === undefined) return lost("is not in the state");
    if (!stored.secrets.has(name)) return lost("is in plain text");
    return isDeepStrictEqual(value, remote[name]) ? [] : lost("is not what Rhombus has");
  });
}

/** The secrets whose value the state does not have. */
export function hiddenSecrets(console: OrganizationConsole, stored: Stored): string[] {
  const remote = remoteValues(console, stored);
  return secretsIn(stored).filter((name) => !isDeepStrictEqual(stored.outputs[name], remote[name]));
}

function secretsIn({ type, outputs }: Stored): string[] {
  return secretNamesOf(definitionOf(type)).filter((name) => outputs[name] !== undefined);
}

/** True if the object of a resource has all that a program declares of it. */
export function isLive(console: OrganizationConsole, stored: Stored, declared: Properties): boolean {
  const { adopt: _adopt, ...properties } = declared;
  return contains(remoteValues(console, stored), properties);
}

function remoteValues(console: OrganizationConsole, stored: Stored): Properties {
  const object = objectsIn(console).find((each) => isOf(stored, each));
  return { ...object?.properties, ...object?.secrets };
}

function contains(live: unknown, declared: unknown): boolean {
  if (Array.isArray(declared)) return Array.isArray(live) && isDeepStrictEqual([...live].sort(), [...declared].sort());
  if (!isProperties(declared)) return live === declared;
  return isProperties(live) && Object.entries(declared).every(([name, each]) => contains(live[name], each));
}
