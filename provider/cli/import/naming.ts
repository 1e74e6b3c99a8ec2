import { definitionOf, type ResourceType, resourceTypes } from "../../resources/registry";
import type { StackResource } from "../pulumi/stackResources";
import type { ExistingObject } from "./existing";
import { kebabCase, Names } from "./names";

/** An object, with the name of its resource. */
export interface NamedObject {
  /** The object. */
  readonly existing: ExistingObject;
  /** The name of its resource. */
  readonly name: string;
  /** True if the stack already manages it. */
  readonly isInStack: boolean;
}

/**
 * Names resources after their objects. A managed object keeps the name that it has in the stack. Imports of other objects do not
 * change the name of an object.
 * @param all All objects of some types, in order.
 * @param managed The resources of the stack.
 */
export function nameObjects(all: readonly ExistingObject[], managed: readonly StackResource[]): NamedObject[] {
  const namesIn = (type: ResourceType) => managed.filter((each) => each.type === type).map(({ name }) => name);
  // Names need to be unique only within a type.
  const names = new Map(resourceTypes.map((type) => [type, new Names(namesIn(type))]));
  return all.map((existing) => {
    const resource = managed.find((each) => isSame(each, existing));
    if (resource !== undefined) return { existing, name: resource.name, isInStack: true };
    const plain = kebabCase(existing.label) || definitionOf(existing.type).display.noun.toLowerCase();
    return { existing, name: names.get(existing.type)?.take([plain], "-") ?? plain, isInStack: false };
  });
}

/** Singletons of different organizations have the same id. */
function isSame({ type, id, orgUuid }: StackResource, existing: ExistingObject): boolean {
  const other = existing.observed.orgUuid;
  const isInOtherOrganization = orgUuid !== undefined && other !== undefined && orgUuid !== other;
  return type === existing.type && id === existing.id && !isInOtherOrganization;
}
