import * as pulumi from "@pulumi/pulumi";
import { nearestName } from "../core/nearest";

const known = new Set<string>();

let holdsSecret: (name: string, value: string) => boolean = () => false;

const warned = new WeakSet<object>();

/**
 * Says which settings there are.
 * @param names Their names, as they stand behind `rhombus:` in the stack config.
 * @param secret Whether a value of one is a secret.
 */
export function knowSettings(names: readonly string[], secret: (name: string, value: string) => boolean): void {
  for (const name of names) known.add(name);
  holdsSecret = secret;
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
    if (!known.has(name))
      pulumi.log.warn(`${key} is set in the stack config, and there is no such setting. ${meant(name)}`);
    else if (holdsSecret(name, value) && isClear(key)) {
      const remedy = `Set it anew with \`pulumi config set --secret ${key}\`, and renew the key where somebody may have seen it.`;
      pulumi.log.warn(`${key} stands in the stack config in clear, and in the state as well. ${remedy}`);
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
