import assert from "node:assert/strict";
import { resolveSettings, type Settings } from "../../../../provider/rhombus/settings/settings";
import { SettingsError } from "../../../../provider/rhombus/settings/settingsError";

/** Values of settings, without `rhombus:`, or environment variables. */
export type Values = Readonly<Record<string, string | undefined>>;

/** Resolves settings from the configuration, the environment and the profiles of a home folder. */
export function resolve(config: Values, env: Values = {}, home = "/nowhere"): Settings {
  return resolveSettings({ config: (name) => config[name.replace(/^rhombus:/, "")], env, home });
}

/** The problems of settings, as `setting: reason`. No message may match `secret`. */
export function problemsOf(secret: RegExp, ...inputs: Parameters<typeof resolve>): string[] {
  try {
    resolve(...inputs);
  } catch (error) {
    assert.ok(error instanceof SettingsError);
    assert.doesNotMatch(error.message, secret);
    const problems = error.problems.map(({ setting, reason }) => `${setting}: ${reason}`);
    assert.equal(error.message, problems.join("\n"));
    return problems;
  }
  return [];
}

/** The problem of settings that have exactly one. */
export function problemOf(secret: RegExp, ...inputs: Parameters<typeof resolve>): string {
  const problems = problemsOf(secret, ...inputs);
  assert.equal(problems.length, 1, problems.join("\n"));
  return problems[0] ?? "";
}
