/** The property in which Pulumi stores the code of a dynamic resource. */
export const HANDLER_KEY = "__provider";

/** The property by which `get` tells `read` that a missing object is an error. */
export const GET_MARKER = "__get";

/** The property that passes the resource's name to `check`, for messages. It is never part of a state. `__name` belongs to the SDK. */
export const NAME_KEY = "__logicalName";

/**
 * The code of a resource in its state. `pulumi.dynamic.Resource` would store a serialized closure; this line refers to the
 * installed package instead, so that every release can serve every state. It is part of every saved state and must never change.
 * @param type The type name of the resource.
 */
export function handlerText(type: string): string {
  return `exports.handler = () => require("pulumi-rhombus/provider").${type};`;
}

/** The prefix of the engine's names of this package's types. */
export const ENGINE_TYPE_PREFIX = "pulumi-nodejs:dynamic/rhombus:";

/**
 * The engine's name of a resource type.
 * @param type The type, such as `AccessControlGroup`.
 */
export function engineType(type: string): string {
  return `${ENGINE_TYPE_PREFIX}${type}`;
}
