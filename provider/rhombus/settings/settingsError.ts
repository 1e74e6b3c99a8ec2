/** One thing wrong with the settings. */
export interface SettingsProblem {
  /** The setting, as the user wrote it: `rhombus:region`, `RHOMBUS_API_KEY`. */
  readonly setting: string;
  /** What is wrong and what to do about it, without the value where that may be a secret. */
  readonly reason: string;
}

/** Settings that cannot be used; names all problems at once. */
export class SettingsError extends Error {
  /** What is wrong, in the order of the settings' table. */
  readonly problems: readonly SettingsProblem[];

  /** Takes the problems, at least one. */
  constructor(problems: readonly SettingsProblem[]) {
    super(problems.map(({ setting, reason }) => `${setting}: ${reason}`).join("\n"));
    this.name = "SettingsError";
    this.problems = problems;
  }
}
