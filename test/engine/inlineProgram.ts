import { runtime } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";

/** The error of an inline program that did not run to its end without an error of its own. */
export const NOT_RUN = "the SDK did not run the inline program to its end";

const stack: { runInPulumiStack(program: PulumiFn): Promise<unknown> } = require("@pulumi/pulumi/runtime/stack");

/**
 * Turns a lost connection between the SDK and the engine into an error. The SDK's in-process language server ignores it: it
 * answers that the program has succeeded, and the engine deletes what the program would have declared.
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
