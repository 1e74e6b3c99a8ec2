import type { LoggedRequest } from "../../provider/emulator";
import { begin, type Declared } from "../drivers/stack";
import { full, samples } from "../resources/facts";

type Operation = NonNullable<LoggedRequest["operation"]>;

/** A declaration of each resource with all its inputs, by the name of its sample. */
export const everyResource: readonly (readonly [name: string, declared: Declared])[] = Object.entries(samples).map(
  ([name, sample]) => [name, { type: sample.type, inputs: full(sample) }],
);

/** The first operation that writes while the resource is created. */
export async function creationOf(declared: Declared): Promise<Operation> {
  const { emulator, stack } = await begin();
  await stack.up({ it: declared });
  return firstWrite(emulator.requests().map(({ operation }) => operation));
}

/** The first operation that writes while the resource is deleted. */
export async function deletionOf(declared: Declared): Promise<Operation> {
  const { emulator, stack } = await begin();
  await stack.up({ it: declared });
  emulator.clearRequests();
  await stack.destroy();
  return firstWrite(emulator.requests().map(({ operation }) => operation));
}

function firstWrite(operations: readonly LoggedRequest["operation"][]): Operation {
  const write = operations.find((operation) => operation !== undefined && !/^(?:get|find)/.test(operation));
  if (write === undefined) throw new Error(`no write in ${operations.join(", ")}`);
  return write;
}
