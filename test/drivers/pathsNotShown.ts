/**
 * The paths that the message of a partial failure names: those that reads do not show, and those that should be removed.
 * @param message The message.
 */
export function pathsNotShown(message: string): string[] {
  const [, missing] =
    / does not show (.*?)(?:, and still shows .*, which should be removed)?\.(?: At | Users | Unless | Look |$)/.exec(
      message,
    ) ?? [];
  const [, remaining] = / still shows (.*?), which should be removed\./.exec(message) ?? [];
  return [missing, remaining].flatMap((paths) => paths?.split(", ") ?? []);
}
