/** A problem with a setting. */
export interface SettingsProblem {
  /** The setting as the user wrote it, such as `rhombus:region` or `RHOMBUS_API_KEY`. */
  readonly setting: string;
  /** The problem and the fix, without a value that may be a secret. */
  readonly reason: string;
}

/** Settings that cannot be used. The message names all problems. */
export class SettingsError extends Error {
  /** The problems, in the order of the settings. */
  readonly problems: readonly SettingsProblem[];

  /** Takes the problems, at least one. */
  constructor(...problems: readonly SettingsProblem[]) {
    super(problems.map(({ setting, reason }) => `${setting}: ${reason}`).join("\n"));
    this.name = "SettingsError";
    this.problems = problems;
  }
}
