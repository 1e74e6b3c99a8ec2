/** The prefix of the engine's names of this package's types. */
export const ENGINE_TYPE_PREFIX = "pulumi-nodejs:dynamic/rhombus:";

/**
 * The engine's name of a resource type.
 * @param type The type, such as `AccessControlGroup`.
 */
export function engineType(type: string): string {
  return `${ENGINE_TYPE_PREFIX}${type}`;
}
