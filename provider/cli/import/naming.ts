import { definitionOf, type ResourceType, resourceTypes } from "../../resources/registry";
import type { StackResource } from "../pulumi/stackResources";
import type { Existing } from "./existing";
import { kebabCase, Names } from "./names";

/** Something that exists, and how the stack is to call it. */
export interface Named {
  /** What exists. */
  readonly existing: Existing;
  /** The name of its resource. */
  readonly name: string;
  /** Whether the stack manages it. */
  readonly isManaged: boolean;
}

/**
 * Names resources after what exists; what the stack manages has its name there. While one thing after the other gets into
 * the stack, the names of the others stay the same.
 * @param all All that exists of some types, in order.
 * @param managed What the stack has.
 */
export function namedIn(all: readonly Existing[], managed: readonly StackResource[]): Named[] {
  const namesIn = (type: ResourceType) => managed.filter((each) => each.type === type).map(({ name }) => name);
  // The engine tells resources apart by their type as well.
  const names = new Map(resourceTypes.map((type) => [type, new Names(namesIn(type))]));
  return all.map((existing) => {
    const known = managed.find((each) => isSame(each, existing));
    if (known !== undefined) return { existing, name: known.name, isManaged: true };
    const plain = kebabCase(existing.label) || definitionOf(existing.type).display.noun.toLowerCase();
    return { existing, name: names.get(existing.type)?.take([plain], "-") ?? plain, isManaged: false };
  });
}

/** The only integration of one organization has the same id as that of another one. */
function isSame({ type, id, orgUuid }: StackResource, existing: Existing): boolean {
  const other = existing.observed.orgUuid;
  const isElsewhere = orgUuid !== undefined && other !== undefined && orgUuid !== other;
  return type === existing.type && id === existing.id && !isElsewhere;
}
