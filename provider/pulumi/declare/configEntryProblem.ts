import { nearestName } from "../../core/schema/suggestions";

/** The rules by which the settings in a stack config are judged. */
export interface SettingRules {
  /** The names of the existing settings, without the prefix `rhombus:` of the stack config. */
  readonly names: readonly string[];
  /** True if the value of a setting is a secret. */
  holdsSecret(name: string, value: string): boolean;
  /** True if a text in the position of a setting's name may be shown. */
  looksLikeName(text: string): boolean;
}

/** A problem of the stack config, without secrets. */
export interface ConfigEntryProblem {
  /** The problem, as a clause. */
  readonly text: string;
  /** The remedy, as a sentence. */
  readonly remedy: string;
}

/**
 * The problem of an entry of the stack config: an unknown setting, or an unencrypted secret.
 * @param entry The key, such as `rhombus:apiKey`, the value, and true if the value is stored unencrypted.
 * @param rules The rules.
 * @returns The problem; `undefined` if there is none, or if the key is not one of `rhombus:`.
 */
export function configEntryProblem(
  { key, value, isUnencrypted }: { readonly key: string; readonly value: string; readonly isUnencrypted: boolean },
  { names, holdsSecret, looksLikeName }: SettingRules,
): ConfigEntryProblem | undefined {
  const name = /^rhombus:(.*)$/.exec(key)?.[1];
  if (name === undefined) return undefined;
  if (!names.includes(name)) {
    // A user who confuses name and value sets the name to the key.
    const label = looksLikeName(name) ? key : `rhombus: followed by ${name.length} characters, not shown,`;
    const near = nearestName(name, names);
    const remedy = near === undefined ? `There are ${names.join(", ")}.` : `Did you mean rhombus:${near}?`;
    return { text: `${label} is set in the stack config, and there is no such setting`, remedy };
  }
  if (!isUnencrypted || !holdsSecret(name, value)) return undefined;
  const remedy = `Encrypt it with \`pulumi config set --secret ${key}\`, and rotate the key if somebody may have seen it.`;
  return { text: `${key} is stored unencrypted in the stack config, and in the state as well`, remedy };
}
