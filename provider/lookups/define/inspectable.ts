/** A frame whose path ends right below `node_modules`, as Pulumi's source maps say of its SDK: `node_modules/@pulumi/output.ts`. */
const STRAY_FRAME = /[\\/]node_modules[\\/](?:@[^\\/]*[\\/])?[^\\/]*$/;

/**
 * Takes the frames out of an error's stack over which some versions of Node, 20.20.2 among them, go in circles for minutes when
 * they colour it (nodejs/node#64011). Pulumi has the stack of every error coloured that ends a program, whether it shows it or not.
 * @param error The error.
 */
export function makeInspectable(error: Error): void {
  if (error.stack === undefined) return;
  const [first = "", ...frames] = error.stack.split(/\n(?= *at )/);
  error.stack = [first, ...frames.filter((frame) => !STRAY_FRAME.test(frame))].join("\n");
}
