/** A frame whose file stands directly under `node_modules`, as Pulumi's source maps name its SDK: `node_modules/@pulumi/output.ts`. */
const FRAME_UNDER_NODE_MODULES = /[\\/]node_modules[\\/](?:@[^\\/]*[\\/])?[^\\/]*$/;

/**
 * Removes stack frames on which some versions of Node, 20.20.2 among them, hang for minutes while they colour the stack
 * (nodejs/node#64011). Pulumi colours the stack of every error that ends a program, even if it does not show it.
 * @param error The error.
 */
export function makeInspectable(error: Error): void {
  if (error.stack === undefined) return;
  const [first = "", ...frames] = error.stack.split(/\n(?= *at )/);
  error.stack = [first, ...frames.filter((frame) => !FRAME_UNDER_NODE_MODULES.test(frame))].join("\n");
}
