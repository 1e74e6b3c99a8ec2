/**
 * From now on until the answer is called, the SDK gets short texts for the stacks that it notes with each promise, in case one
 * leaks: four for each property of a resource. Where a program's source maps are looked up for them, that is most of what
 * declaring many resources takes. Errors that a person may see keep their stack, and so does the place of the resource.
 * @returns Undoes it.
 */
export function shortenLeakTraces(): () => void {
  const { prepareStackTrace } = Error;
  if (prepareStackTrace === undefined) return () => {};
  Error.prepareStackTrace = (error, frames) => {
    if (frames[0]?.getFunctionName() === "debuggablePromise") return String(error);
    return Reflect.apply(prepareStackTrace, Error, [error, frames]);
  };
  return () => {
    Error.prepareStackTrace = prepareStackTrace;
  };
}
