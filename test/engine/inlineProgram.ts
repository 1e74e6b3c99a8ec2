import { runtime } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";

/** What the engine is told when an inline program has not run to its end, and no error of its own says why. */
export const NOT_RUN = "the SDK did not run the inline program to its end";

const stack: { runInPulumiStack(program: PulumiFn): Promise<unknown> } = require("@pulumi/pulumi/runtime/stack");

/**
 * The SDK's in-process language server swallows a connection to the engine that is lost: it answers that the program has
 * ended well, and the engine deletes what the program would have declared. From now on that is an error, which changes
 * nothing. A program on disk needs no such thing: its process ends with an error.
 */
export function guardInlinePrograms(): void {
  const { runInPulumiStack } = stack;
  stack.runInPulumiStack = async (program) => {
    let hasEnded = false;
    let outputs: unknown;
    try {
      outputs = await runInPulumiStack(async () => {
        const declared = runtime.hasMonitor() ? await program() : undefined;
        hasEnded = runtime.hasMonitor();
        return declared;
      });
    } catch (error) {
      throw isLostConnection(error) ? new Error(`${NOT_RUN}: ${error}`) : error;
    }
    if (!hasEnded) throw new Error(NOT_RUN);
    return outputs;
  };
}

function isLostConnection(error: unknown): boolean {
  return [1, 14].includes(Number(Reflect.get(Object(error), "code")));
}
