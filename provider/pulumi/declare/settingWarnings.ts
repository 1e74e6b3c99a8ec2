import * as pulumi from "@pulumi/pulumi";
import { nearestName } from "../../core/schema/suggestions";

/** The rules by which settings are judged. */
export interface SettingRules {
  /** The names of the existing settings, without the prefix `rhombus:` of the stack config. */
  readonly names: readonly string[];
  /** True if the value of a setting is a secret. */
  holdsSecret(name: string, value: string): boolean;
  /** True if a text in the place of a setting's name may be shown. */
  looksLikeName(text: string): boolean;
  /** Shows a warning to the user. */
  warn(message: string): void;
}

let rules: SettingRules | undefined;

const warned = new WeakSet<object>();

/**
 * Registers the settings.
 * @param given The rules.
 */
export function registerSettings(given: SettingRules): void {
  rules = given;
}

/**
 * Warns about unknown settings and unencrypted secrets in the stack config, once in each run of a program. The provider
 * process cannot do this: it can only read settings by name, and does not see if a value is encrypted.
 */
export function warnAboutSettings(): void {
  // In a project named rhombus, these are the project's own keys.
  if (rules === undefined || pulumi.getProject() === "rhombus" || isRepeated(pulumi.runtime.getMonitor())) return;
  for (const [key, value] of Object.entries(pulumi.runtime.allConfig())) {
    const name = /^rhombus:(.*)$/.exec(key)?.[1];
    if (name === undefined) continue;
    if (!rules.names.includes(name)) {
      // A user who confuses name and value sets the name to the key.
      const label = rules.looksLikeName(name) ? key : `rhombus: followed by ${name.length} characters, not shown,`;
      rules.warn(`${label} is set in the stack config, and there is no such setting. ${suggestion(name, rules.names)}`);
    } else if (rules.holdsSecret(name, value) && isUnencrypted(key)) {
      const remedy = `Encrypt it with \`pulumi config set --secret ${key}\`, and rotate the key if somebody may have seen it.`;
      rules.warn(`${key} is stored unencrypted in the stack config, and in the state as well. ${remedy}`);
    }
  }
}

function suggestion(name: string, names: readonly string[]): string {
  const near = nearestName(name, names);
  return near === undefined ? `There are ${names.join(", ")}.` : `Did you mean rhombus:${near}?`;
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
