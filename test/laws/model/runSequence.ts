import { defaultBehaviours, startEmulator } from "../../../provider/emulator";
import type { Engines } from "./engines";
import { Scenario } from "./scenario";
import type { Sequence } from "./sequence";

/**
 * Runs a sequence.
 * @param end Runs after the last step.
 * @returns The number of steps that were possible.
 */
export async function runSequence(
  { behaviours, steps }: Sequence,
  engines: Engines,
  end: (scenario: Scenario) => Promise<void>,
): Promise<number> {
  const emulator = await startEmulator({ behaviours: { ...defaultBehaviours, ...behaviours } });
  try {
    const scenario = new Scenario(emulator, engines);
    for (const step of steps) await scenario.take(step);
    await end(scenario);
    return scenario.steps;
  } finally {
    await emulator.close();
  }
}
