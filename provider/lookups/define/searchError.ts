/**
 * The reason why a look-up failed.
 * `notFound`: no object matches. `ambiguous`: several objects match. `mistake`: the arguments are invalid. `settings`: the
 * settings are missing or invalid; `cause` is a `SettingsError`. `organization`: the key belongs to another organization
 * than the settings name, or may not read its organization. `rhombus`: a call failed; `cause` is a `RhombusError`.
 */
export type LookupFailure = "notFound" | "ambiguous" | "mistake" | "settings" | "organization" | "rhombus";

/**
 * An error from inside a look-up, before the name of the function is known. `toLookupError` adds it. It is not in its file, so
 * that commands that search do not load Pulumi's SDK, which takes half a second.
 */
export class SearchError extends Error {
  /** The name of the class. */
  override readonly name = "SearchError";

  /**
   * Creates the error.
   * @param reason The reason.
   * @param message The problem and the remedy.
   */
  constructor(
    readonly reason: LookupFailure,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Refuses an argument that is not a text or only contains spaces.
 * @param name The argument's name.
 * @param text The argument.
 * @throws SearchError that names the argument.
 */
export function refuseBlank(name: string, text: unknown): void {
  if (typeof text === "string" && text.trim() !== "") return;
  throw new SearchError("mistake", `${name} must not be blank.`);
}
