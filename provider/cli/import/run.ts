import { messageOf } from "../../core/schema/values";
import { importAll } from "./importAll";
import { importMatches } from "./importMatches";
import type { ImportOptions } from "./importOptions";
import { type ImportContext, openSession } from "./importSession";

/** The exit code if something that was asked for was left out. */
const LEFT_OUT = 2;

/**
 * Runs the command.
 * @param options The options of the command.
 * @param context The context of the command.
 * @returns The exit code: 0, or 2 if something was left out.
 * @throws Error if the import fails; its message contains no secret.
 */
export async function runImport(options: ImportOptions, context: ImportContext): Promise<number> {
  try {
    const session = await openSession(options, context);
    const isComplete = await (options.match ? importMatches(session) : importAll(session));
    return isComplete ? 0 : LEFT_OUT;
  } catch (error) {
    throw new Error(context.terminal.redactor.redact(messageOf(error)));
  }
}
