import { messageOf } from "../../core/schema/values";
import { importAll } from "./importAll";
import { importMatches } from "./importMatches";
import { type ImportOptions, type ImportSurroundings, openSession } from "./session";

/** The exit code if something that was asked for was left out. */
const LEFT_OUT = 2;

/**
 * Runs the command.
 * @param options The options of the command.
 * @param surroundings The surroundings of the command.
 * @returns The exit code: 0, or 2 if something was left out.
 * @throws Error when the import fails; its message holds no secret.
 */
export async function runImport(options: ImportOptions, surroundings: ImportSurroundings): Promise<number> {
  try {
    const session = await openSession(options, surroundings);
    const isComplete = await (options.match ? importMatches(session) : importAll(session));
    return isComplete ? 0 : LEFT_OUT;
  } catch (error) {
    throw new Error(surroundings.terminal.redactor.redact(messageOf(error)));
  }
}
