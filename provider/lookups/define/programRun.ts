import * as pulumi from "@pulumi/pulumi";
import type { Provider } from "../../provider";

/** True if the program runs under Pulumi's mocks. */
export function isMocked(): boolean {
  const monitor = pulumi.runtime.getMonitor();
  return monitor !== undefined && "mocks" in monitor;
}

/**
 * Asks the mocks for the answer of a look-up, under the token `rhombus:index:<name>`. The engine has no such function: only
 * mocks are asked.
 * @param lookup The look-up's name, and whether it answers one object, for which `{}` from the mocks means none.
 * @param args The arguments.
 * @param provider The explicit provider, if there is one.
 */
export async function mockedAnswer<Result>(
  { name, single = false }: { readonly name: string; readonly single?: boolean },
  args: object,
  provider: Provider | undefined,
): Promise<Result> {
  const options = provider === undefined ? {} : { provider };
  const answer = await pulumi.runtime.invoke(`rhombus:index:${name}`, { ...args }, options);
  const found = single && Object.keys(answer).length === 0 ? undefined : answer;
  return found;
}

/**
 * Runs a look-up whose failure must fail the run. Pulumi's Automation API reports an inline program as successful although
 * one of its outputs has failed, and then deletes the resources that the program could not declare. It does wait for calls
 * in flight, and fails if one of them fails: the look-up is registered as such a call.
 * @param find The look-up.
 */
export async function failingTheRun<Result>(find: () => Promise<Result>): Promise<Result> {
  const done: (failure?: Promise<never>) => void = pulumi.runtime.rpcKeepAlive();
  const inline = isInlineProgram();
  try {
    const found = await find();
    done();
    return found;
  } catch (error) {
    done(inline ? Promise.reject(error) : undefined);
    throw error;
  }
}

/** True if Pulumi's Automation API runs the program as a function; false if the program is a process of its own. */
function isInlineProgram(): boolean {
  const storage: unknown = Reflect.get(globalThis, "asyncLocalStorage");
  if (typeof storage !== "object" || storage === null || !("getStore" in storage)) return false;
  return typeof storage.getStore === "function" && storage.getStore() !== undefined;
}
