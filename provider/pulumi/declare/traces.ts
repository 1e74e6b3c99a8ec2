/**
 * From now on until the answer is called, the SDK gets other texts for two kinds of stacks. All others, so those of errors that
 * a person may see, stay as they are.
 *
 * - Where a resource is declared, which it writes into the state of each: the frames of the program only. It leaves out as many as
 *   there are when a class extends `CustomResource` itself, so the place would be in this package instead of in the program. What
 *   runs the program, Node and the SDK, is the same for all resources, and would be a fifth of a group's state.
 * - The stacks that it notes with each promise, in case one leaks: short ones. There are four for each property of a resource, and
 *   where a program's source maps are looked up for them, they are most of what declaring many resources takes. Not so where
 *   `PULUMI_DEBUG_PROMISE_LEAKS` asks for them.
 * @param className The name of the class that extends one of the SDK's.
 * @returns Undoes it.
 */
export function tidyTraces(className: string): () => void {
  const { prepareStackTrace } = Error;
  if (prepareStackTrace === undefined) return () => {};
  const leaksAreShown = Boolean(process.env.PULUMI_DEBUG_PROMISE_LEAKS);
  const tidied = (error: Error, frames: NodeJS.CallSite[]): unknown => {
    const asker = askerIn(frames);
    if (asker === "debuggablePromise" && !leaksAreShown) return String(error);
    const shown = asker === "callsites" ? withoutRunner(withoutOurs(frames, className)) : frames;
    return Reflect.apply(prepareStackTrace, Error, [error, shown]);
  };
  // A program may not let it be replaced, or may itself replace it meanwhile.
  Reflect.set(Error, "prepareStackTrace", tidied);
  return () => {
    if (Error.prepareStackTrace === tidied) Error.prepareStackTrace = prepareStackTrace;
  };
}

/** The SDK's function that asks for a stack; a program may have one of the same name. */
function askerIn([innermost]: readonly NodeJS.CallSite[]): string | undefined {
  const isSdk = /[\\/]@pulumi[\\/]pulumi[\\/]/.test(innermost?.getFileName() ?? "");
  return isSdk ? (innermost?.getFunctionName() ?? undefined) : undefined;
}

/** A class of the program may have the same name: the innermost one is ours. So is the static `get` beside the class that extends it. */
function withoutOurs(frames: NodeJS.CallSite[], className: string): NodeJS.CallSite[] {
  const base = frames.findIndex((frame) => frame.getFunctionName() === className);
  const [resource, get] = base === -1 ? [] : frames.slice(base + 1, base + 3);
  // In a bundle the program's functions are in the same file.
  const isStaticGet = get?.getFunctionName() === "get" && !get.isToplevel();
  const isOurs = isStaticGet && resource?.isConstructor() && get.getFileName() === resource.getFileName();
  return frames.filter((frame, place) => place !== base && !(isOurs && frame === get));
}

/** The innermost frames are the SDK's constructors, which it leaves out itself, and which tell where it is. */
function withoutRunner(frames: NodeJS.CallSite[]): NodeJS.CallSite[] {
  const sdk = frames[0]?.getFileName()?.replace(/[^\\/]+$/, "") ?? "";
  const isProgram = (frame: NodeJS.CallSite) => {
    const file = frame.getFileName() ?? "node:";
    return !file.startsWith("node:") && !file.startsWith(sdk);
  };
  const constructors = frames.findIndex(isProgram);
  return frames.filter((frame, place) => place < constructors || isProgram(frame));
}
