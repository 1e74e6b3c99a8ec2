/**
 * Shortens the stack traces that Pulumi's SDK takes while a resource is declared. All other stack traces, such as those of
 * errors, stay as they are.
 *
 * - The stack trace of a resource is stored in its state. It is reduced to the program's frames: without this package, because
 *   the SDK assumes that a class extends `CustomResource` directly, and without Node and the SDK, which are the same for all
 *   resources and would make a fifth of a group's state.
 * - The stack trace of a promise is only used to find leaks. It is reduced to the error's text, because there are four promises
 *   for each property, and their source maps would dominate the time of a program with many resources. It stays complete if
 *   `PULUMI_DEBUG_PROMISE_LEAKS` is set.
 * @param className The name of the class that extends a class of the SDK.
 * @returns Restores the previous behaviour.
 */
export function shortenStackTraces(className: string): () => void {
  const { prepareStackTrace } = Error;
  if (prepareStackTrace === undefined) return () => {};
  const isLeakSearch = Boolean(process.env.PULUMI_DEBUG_PROMISE_LEAKS);
  const shortened = (error: Error, frames: NodeJS.CallSite[]): unknown => {
    const caller = sdkFunctionIn(frames);
    if (caller === "debuggablePromise" && !isLeakSearch) return String(error);
    const shown = caller === "callsites" ? withoutRunner(withoutPackage(frames, className)) : frames;
    return Reflect.apply(prepareStackTrace, Error, [error, shown]);
  };
  // A program may forbid to replace the function, or may replace it itself.
  Reflect.set(Error, "prepareStackTrace", shortened);
  return () => {
    if (Error.prepareStackTrace === shortened) Error.prepareStackTrace = prepareStackTrace;
  };
}

/** The function of the SDK that takes the stack trace; `undefined` for one of the program. */
function sdkFunctionIn([innermost]: readonly NodeJS.CallSite[]): string | undefined {
  const isSdk = /[\\/]@pulumi[\\/]pulumi[\\/]/.test(innermost?.getFileName() ?? "");
  return isSdk ? (innermost?.getFunctionName() ?? undefined) : undefined;
}

/** Removes the base class, which is the innermost class of this name, and a static `get` of the resource class. */
function withoutPackage(frames: NodeJS.CallSite[], className: string): NodeJS.CallSite[] {
  const base = frames.findIndex((frame) => frame.getFunctionName() === className);
  const [resource, get] = base === -1 ? [] : frames.slice(base + 1, base + 3);
  // In a bundle, functions of the program are in the same file.
  const isStaticGet = get?.getFunctionName() === "get" && !get.isToplevel();
  const isOurs = isStaticGet && resource?.isConstructor() && get.getFileName() === resource.getFileName();
  return frames.filter((frame, index) => index !== base && !(isOurs && frame === get));
}

/** Keeps the innermost frames: they are constructors of the SDK, which the SDK removes itself. They also show the folder of the SDK. */
function withoutRunner(frames: NodeJS.CallSite[]): NodeJS.CallSite[] {
  const sdk = frames[0]?.getFileName()?.replace(/[^\\/]+$/, "") ?? "";
  const isProgram = (frame: NodeJS.CallSite) => {
    const file = frame.getFileName() ?? "node:";
    return !file.startsWith("node:") && !file.startsWith(sdk);
  };
  const constructors = frames.findIndex(isProgram);
  return frames.filter((frame, index) => index < constructors || isProgram(frame));
}
