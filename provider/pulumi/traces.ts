/**
 * From now on until the answer is called, the SDK gets other texts for two kinds of stacks. All others, so those of errors that
 * a person may see, stay as they are.
 *
 * - Where a resource is declared: without the frame of a class that the SDK does not know of. It leaves out as many as there are
 *   when a class extends `CustomResource` itself, so the place would be in this package instead of in the program.
 * - The stacks that it notes with each promise, in case one leaks: short ones. There are four for each property of a resource, and
 *   where a program's source maps are looked up for them, they are most of what declaring many resources takes.
 * @param className The name of that class.
 * @returns Undoes it.
 */
export function tidyTraces(className: string): () => void {
  const { prepareStackTrace } = Error;
  if (prepareStackTrace === undefined) return () => {};
  Error.prepareStackTrace = (error, frames) => {
    const asker = frames[0]?.getFunctionName();
    if (asker === "debuggablePromise") return String(error);
    // A class of the program may have the same name: the innermost one is ours.
    const ours = asker === "callsites" ? frames.findIndex((frame) => frame.getFunctionName() === className) : -1;
    const shown = frames.filter((_, place) => place !== ours);
    return Reflect.apply(prepareStackTrace, Error, [error, shown]);
  };
  return () => {
    Error.prepareStackTrace = prepareStackTrace;
  };
}
