import { messageOf } from "../../core/schema/values";
import { Redactor } from "../../rhombus/redaction/redactor";
import { importAll } from "./importAll";
import { importMatches } from "./importMatches";
import { type ImportOptions, type ImportSurroundings, openSession } from "./session";

/** The exit code when something was left out that was asked for. */
const LEFT_OUT = 2;

/**
 * Runs the command.
 * @param options What to do.
 * @param surroundings What to work with.
 * @returns The exit code: 0, or 2 where something was left out.
 * @throws Error when it fails; its message holds no secret.
 */
export async function runImport(options: ImportOptions, surroundings: ImportSurroundings): Promise<number> {
  const redactor = new Redactor();
  try {
    const session = await openSession(options, surroundings, redactor);
    const isWhole = await (options.match ? importMatches(session) : importAll(session));
    return isWhole ? 0 : LEFT_OUT;
  } catch (error) {
    throw new Error(redactor.redact(messageOf(error)));
  }
}
