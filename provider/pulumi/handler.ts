/** The property under which Pulumi keeps the code that serves a dynamic resource. */
export const HANDLER_KEY = "__provider";

/** Tells `read` that a program asked for an existing object with `get`: missing is an error then. */
export const GET_MARKER = "__get";

/** Tells `check` the resource's name in the program, for messages; the SDK has a `__name` of its own. No state has it. */
export const NAME_KEY = "__logicalName";

/**
 * The code that serves a resource. `pulumi.dynamic.Resource` would put the text of a whole closure here; this one line
 * names the installed package instead, so it is the same for every release. It is part of every saved state: it must
 * never change.
 * @param type The resource's type name.
 */
export function handlerText(type: string): string {
  return `exports.handler = () => require("pulumi-rhombus/provider").${type};`;
}
