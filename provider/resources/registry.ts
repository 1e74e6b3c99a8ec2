import type { Definition } from "../core/resource/definition";
import type { RhombusApi } from "../rhombus/api/api";
import { accessControlGroup } from "./accessControlGroup/definition";
import { accessGrant } from "./accessGrant/definition";
import { geneaIntegration } from "./geneaIntegration/definition";
import { kisiIntegration } from "./kisiIntegration/definition";
import { onGuardIntegration } from "./onGuardIntegration/definition";
import { schedule } from "./schedule/definition";

/**
 * The definitions of all resources, by type and in the order of listings. Providers, commands, contract tests and rules
 * derive from this list; the compiler holds the frozen exports of `runtime.ts` to it.
 */
export const definitions = {
  OnGuardIntegration: onGuardIntegration,
  GeneaIntegration: geneaIntegration,
  KisiIntegration: kisiIntegration,
  AccessControlGroup: accessControlGroup,
  Schedule: schedule,
  AccessGrant: accessGrant,
} as const;

/** The type name of a resource. */
export type ResourceType = keyof typeof definitions;

/** The type names of all resources, in the order of listings. */
export const resourceTypes: readonly ResourceType[] = Object.keys(definitions).filter(isResourceType);

/**
 * True for the type name of a resource.
 * @param name Any text.
 */
export function isResourceType(name: string): name is ResourceType {
  return Object.hasOwn(definitions, name);
}

/**
 * The definition of a type, without the types of its fields.
 * @param type The type name.
 */
export function definitionOf(type: ResourceType): Definition<RhombusApi> {
  return definitions[type];
}

/**
 * One value for each resource type.
 * @param toValue Computes the value from the definition.
 */
export function perType<T>(toValue: (definition: Definition<RhombusApi>) => T): Readonly<Record<ResourceType, T>> {
  const byType: { [Type in ResourceType]?: T } = {};
  for (const type of resourceTypes) byType[type] = toValue(definitionOf(type));
  return byType as Record<ResourceType, T>;
}
