import * as pulumi from "@pulumi/pulumi";
import { nearestName } from "../../core/schema/suggestions";

const known = new Set<string>();

/** What else has to be known to warn of settings. */
export interface SettingsKnowledge {
  /** Whether a value of a setting is a secret. */
  holdsSecret(name: string, value: string): boolean;
  /** Whether a message may show what stands where the name of a setting should. */
  looksLikeName(text: string): boolean;
  /** Shows a warning to the user. */
  warn(message: string): void;
}

let knowledge: SettingsKnowledge = { holdsSecret: () => false, looksLikeName: () => false, warn: () => {} };

const warned = new WeakSet<object>();

/**
 * Says which settings there are.
 * @param names Their names, as they stand behind `rhombus:` in the stack config.
 * @param more What else has to be known.
 */
export function knowSettings(names: readonly string[], more: SettingsKnowledge): void {
  for (const name of names) known.add(name);
  knowledge = more;
}

/**
 * Warns of settings in the stack config that there are not, and of secrets that stand there in clear, once in each run of a
 * program. The provider cannot: it may ask for a setting by its name, and sees neither which there are nor which are secret.
 */
export function warnOfSettings(): void {
  // The config of a project of that name is its own.
  if (pulumi.getProject() === "rhombus" || isRepeated(pulumi.runtime.getMonitor())) return;
  for (const [key, value] of Object.entries(pulumi.runtime.allConfig())) {
    const name = /^rhombus:(.*)$/.exec(key)?.[1];
    if (name === undefined) continue;
    if (!known.has(name)) {
      // Who mistakes the place of a key and of its name sets the name to the key.
      const said = knowledge.looksLikeName(name) ? key : `rhombus: followed by ${name.length} characters, not shown,`;
      knowledge.warn(`${said} is set in the stack config, and there is no such setting. ${meant(name)}`);
    } else if (knowledge.holdsSecret(name, value) && isClear(key)) {
      const remedy = `Set it anew with \`pulumi config set --secret ${key}\`, and renew the key where somebody may have seen it.`;
      knowledge.warn(`${key} stands in the stack config in clear, and in the state as well. ${remedy}`);
    }
  }
}

function meant(name: string): string {
  const near = nearestName(name, [...known]);
  return near === undefined ? `There are ${[...known].join(", ")}.` : `Did you mean rhombus:${near}?`;
}

/** Whether a value of the stack config is no secret. The SDK knows, and has not made it part of its types. */
function isClear(key: string): boolean {
  const isSecret: unknown = Reflect.get(pulumi.runtime, "isConfigSecret");
  return typeof isSecret === "function" && Reflect.apply(isSecret, undefined, [key]) === false;
}

/** Each run has a monitor of its own, also in a process that runs several programs. */
function isRepeated(run: object | undefined): boolean {
  if (run === undefined || warned.has(run)) return true;
  warned.add(run);
  return false;
}
