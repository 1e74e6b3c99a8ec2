import * as pulumi from "@pulumi/pulumi";
import { type ConfigEntryProblem, configEntryProblem, type SettingRules } from "./configEntryProblem";

interface WarningRules extends SettingRules {
  /** The problem of environment variables that have no effect beside a stack config; `undefined` if there are none. */
  ignoredVariables(config: (key: string) => string | undefined): ConfigEntryProblem | undefined;
  /** Shows a warning to the user. */
  warn(message: string): void;
}

let rules: WarningRules | undefined;

const warned = new WeakSet<object>();

/**
 * Registers the settings.
 * @param given The rules, and the function that shows a warning to the user.
 */
export function registerSettings(given: WarningRules): void {
  rules = given;
}

/**
 * Warns about unknown settings and unencrypted secrets in the stack config, and about ignored environment variables, once in each run of a program. The provider
 * process cannot do this: it can only read settings by name, and does not see if a value is encrypted.
 */
export function warnAboutSettings(): void {
  // In a project named rhombus, these are the project's own keys.
  if (rules === undefined || pulumi.getProject() === "rhombus" || isRepeated(pulumi.runtime.getMonitor())) return;
  const config = pulumi.runtime.allConfig();
  const problems = [rules.ignoredVariables((key) => config[key])];
  for (const [key, value] of Object.entries(config)) {
    problems.push(configEntryProblem({ key, value, isUnencrypted: isUnencrypted(key) }, rules));
  }
  for (const problem of problems) if (problem !== undefined) rules.warn(`${problem.text}. ${problem.remedy}`);
}

/** True if a value of the stack config is unencrypted. The SDK has the function, but not in its types. */
function isUnencrypted(key: string): boolean {
  const isSecret: unknown = Reflect.get(pulumi.runtime, "isConfigSecret");
  return typeof isSecret === "function" && Reflect.apply(isSecret, undefined, [key]) === false;
}

/** Each run of a program has its own monitor, also if one process runs several programs. */
function isRepeated(run: object | undefined): boolean {
  if (run === undefined || warned.has(run)) return true;
  warned.add(run);
  return false;
}
