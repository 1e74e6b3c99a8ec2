import { longestLookBackMs } from "../data/timeline";
import type { Behaviours } from "./behaviours";

/**
 * The settings of each behaviour, the default first: all that it can have, and of a number those that are worth a trial.
 * Whoever tries every behaviour in every setting finds here what there is.
 */
export const behaviourSettings: { readonly [Name in keyof Behaviours]: readonly Behaviours[Name][] } = {
  onGuardCreate: ["new", "existing"],
  onGuardUnknownToken: ["error", "recreate", "mint"],
  onGuardList: ["exists", "missing"],
  mapWrites: ["replace", "merge"],
  doorWrites: ["replace", "merge"],
  onGuardDoorsOmitted: ["kept", "cleared"],
  settingsWrites: ["replace", "merge"],
  serverFieldsOmitted: ["kept", "wiped"],
  deploymentsOmitted: ["kept", "removed"],
  nulls: ["clears", "keeps"],
  vendorKeyReads: ["plain", "masked", "absent"],
  onGuardSecretReads: ["plain", "masked", "absent"],
  onGuardUrlReads: ["absent", "plain"],
  onGuardKeys: ["token", "opaque"],
  serverSecretReads: ["plain", "masked", "absent"],
  readLagMs: [0, 2500],
  kisiVersions: ["shared", "separate", "v1-removed"],
  kisiV1AfterV2: ["written", "refused"],
  failedDoors: [false, true],
  misconfiguredDoors: ["stored", "refused"],
  deleteUnconfigured: ["succeeds", "error"],
  groupNames: ["unique", "duplicates"],
  unknownUsers: ["skipped", "refused"],
  deleteMissingGroup: ["succeeds", "error"],
  missingGroupWrites: ["error", "ignored"],
  repeatedMembers: ["ignored", "refused"],
  emptyDescription: ["clears", "keeps"],
  texts: ["kept", "tidied"],
  notConfigured: ["null", "absent", "default-object", "error-text"],
  emptyLists: ["array", "null", "absent"],
  deletes: ["performed", "ignored"],
  organizationReads: ["allowed", "refused"],
  errorAfterWrites: [0, 2, 3],
};

/** The largest number that a behaviour can be; the smallest is 0. */
const largest: ReadonlyMap<string, number> = new Map([
  ["readLagMs", longestLookBackMs],
  ["errorAfterWrites", 1_000_000],
]);

/** Every behaviour with the settings it can have as text, for help texts. */
export function describeBehaviours(): string[] {
  return Object.entries(behaviourSettings).map(([name, settings]) => {
    const most = largest.get(name);
    return `${name}=${most === undefined ? settings.join("|") : `0..${most}`}`;
  });
}

/**
 * Reads `name=value` as one change of behaviour. Throws a TypeError that lists the possible names or settings.
 */
export function parseBehaviour(assignment: string): Partial<Behaviours> {
  const [name = "", ...rest] = assignment.split("=");
  const written = rest.join("=");
  return checkBehaviours({ [name]: largest.has(name) ? Number(written || Number.NaN) : settingWritten(name, written) });
}

/**
 * Checks changes of behaviour that come from untyped code. Throws a TypeError that lists the possible names or settings.
 */
export function checkBehaviours(changes: Readonly<Record<string, unknown>>): Partial<Behaviours> {
  const mistakes = Object.entries(changes).flatMap(([name, value]) => mistakeIn(name, value) ?? []);
  if (!isBehaviours(changes, mistakes)) throw new TypeError(mistakes.join(" "));
  return changes;
}

function isBehaviours(changes: object, mistakes: readonly string[]): changes is Partial<Behaviours> {
  return mistakes.length === 0 && Object.keys(changes).every(isBehaviourName);
}

function mistakeIn(name: string, value: unknown): string | undefined {
  if (!isBehaviourName(name)) {
    return `There is no behaviour "${name}". Use one of: ${Object.keys(behaviourSettings).join(", ")}.`;
  }
  const most = largest.get(name);
  if (most !== undefined) {
    const isInRange = typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most;
    return isInRange ? undefined : `Behaviour ${name} cannot be ${value}. Use a whole number from 0 to ${most}.`;
  }
  const allowed: readonly unknown[] = behaviourSettings[name];
  return allowed.includes(value)
    ? undefined
    : `Behaviour ${name} cannot be "${value}". Use one of: ${allowed.join(", ")}.`;
}

/** Whether there is a behaviour of this name. */
export function isBehaviourName(name: string): name is keyof Behaviours {
  return Object.hasOwn(behaviourSettings, name);
}

/** The setting that is written this way, else the text itself, which is then refused. */
function settingWritten(name: string, written: string): unknown {
  const settings: readonly unknown[] = isBehaviourName(name) ? behaviourSettings[name] : [];
  return settings.find((setting) => String(setting) === written) ?? written;
}
