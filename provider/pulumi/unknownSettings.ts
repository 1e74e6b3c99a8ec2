import * as pulumi from "@pulumi/pulumi";
import { nearestName } from "../core/nearest";

const known = new Set<string>();

const warned = new WeakSet<object>();

/**
 * Says which settings there are.
 * @param names Their names, as they stand behind `rhombus:` in the stack config.
 */
export function knowSettings(names: readonly string[]): void {
  for (const name of names) known.add(name);
}

/**
 * Warns of settings in the stack config that there are not, once in each run of a program. The provider cannot: it may ask
 * for a setting by its name, and never sees which there are.
 */
export function warnOfUnknownSettings(): void {
  // The config of a project of that name is its own.
  if (pulumi.getProject() === "rhombus" || isRepeated(pulumi.runtime.getMonitor())) return;
  const names = Object.keys(pulumi.runtime.allConfig()).flatMap((key) => /^rhombus:(.*)$/.exec(key)?.[1] ?? []);
  for (const name of names.filter((each) => !known.has(each))) {
    const near = nearestName(name, [...known]);
    const remedy = near === undefined ? `There are ${[...known].join(", ")}.` : `Did you mean rhombus:${near}?`;
    pulumi.log.warn(`rhombus:${name} is set in the stack config, and there is no such setting. ${remedy}`);
  }
}

/** Each run has a monitor of its own, also in a process that runs several programs. */
function isRepeated(run: object | undefined): boolean {
  if (run === undefined || warned.has(run)) return true;
  warned.add(run);
  return false;
}
