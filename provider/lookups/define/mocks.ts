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
