import { longestLookBackMs } from "./timeline";

/**
 * How the emulated vendor behaves where the real one does not say. Each field is one open question;
 * its default stands in {@link defaultBehaviours}. They can be changed while the emulator runs.
 */
export interface Behaviours {
  /**
   * What an OnGuard call without a token does when the organization already has a deployment: makes a `new` one (default),
   * or applies the call to the `existing`, oldest one and answers with its token.
   */
  readonly onGuardCreate: "new" | "existing";
  /**
   * What an OnGuard call with a token that no deployment has does: answers an `error` (default), `recreate`s a deployment
   * under that token with a new secret, or `mint`s another deployment with another token.
   */
  readonly onGuardUnknownToken: "error" | "recreate" | "mint";
  /** Whether listHoneywellOnGuardIntegrations `exists` (default) or is `missing` and answers 404. */
  readonly onGuardList: "exists" | "missing";
  /**
   * Whether a door map or place map that is sent takes the place of the stored one (`replace`, the default) or its entries
   * are put over the stored ones (`merge`). An entry that is sent always replaces that entry.
   */
  readonly mapWrites: "replace" | "merge";
  /**
   * What happens to settings that a write leaves out: they fall back to their default (`replace`, the default) or stay
   * (`merge`). Holds for the fields of Genea, Kisi and Kisi places, vendor keys and whole maps included; for the flags and
   * `enabled` of OnGuard; for the display name in createOrUpdateHoneywellOnGuardIntegration (its door map always stays
   * when left out); and for the description of a group.
   */
  readonly settingsWrites: "replace" | "merge";
  /**
   * What happens to server-owned fields of Genea and Kisi (`rhombusToken`, `webhookUuid`, `webhookSignatureSecret`,
   * `refreshToken`, `webhookId`) that a write leaves out: `kept` (default) or `wiped`. Those that are sent are stored.
   */
  readonly serverFieldsOmitted: "kept" | "wiped";
  /**
   * What updateHoneywellOnGuardIntegration does with deployments that its map leaves out: they are `kept` (default) or
   * `removed`.
   */
  readonly deploymentsOmitted: "kept" | "removed";
  /** Whether an explicit null in a write `clears` the field to its default (default) or `keeps` what is stored. */
  readonly nulls: "clears" | "keeps";
  /** How reads show `apiToken` and `apiSecretKey`: `plain` (default), `masked`, or `absent`, the field left out. */
  readonly vendorKeyReads: "plain" | "masked" | "absent";
  /** How reads show the `presharedSecret` of OnGuard: `plain` (default), `masked` or `absent`. No read has `webhookUrl`. */
  readonly onGuardSecretReads: "plain" | "masked" | "absent";
  /** Reads see the state of this many milliseconds ago, at most 60 000. Default 0: they see the latest. */
  readonly readLagMs: number;
  /**
   * Whether the two versions of the Kisi operations have one store (`shared`, the default) or two (`separate`), or the
   * deprecated ones are gone (`v1-removed`) and answer 404. getKisiPlaces and getKisiDoors, which have no successor, stay.
   */
  readonly kisiVersions: "shared" | "separate" | "v1-removed";
  /**
   * Whether a Genea or Kisi write reports doors and places that the vendor account does not have: when true they are not
   * stored and their keys stand in `failedGuids` with `error: false`; likewise the tokens of unknown deployments in
   * updateHoneywellOnGuardIntegration. Default false: unknown doors and places are stored as sent.
   */
  readonly failedDoors: boolean;
  /** Whether names of access control groups are `unique` without regard to case (default) or `duplicates` may exist. */
  readonly groupNames: "unique" | "duplicates";
  /** Whether unknown or deleted users in a group write are `skipped` (default) or the call is `refused` with 400. */
  readonly unknownUsers: "skipped" | "refused";
  /** Whether deleting a group that does not exist `succeeds` (default) or is an `error` with status 404. */
  readonly deleteMissingGroup: "succeeds" | "error";
  /**
   * What a read of an integration that was never configured holds: `null` (default), nothing (`absent`), an object with
   * all defaults (`default-object`), or `error: true` with an `error-text`.
   */
  readonly notConfigured: "null" | "absent" | "default-object" | "error-text";
}

/** The emulator's behaviours when nothing is said. */
export const defaultBehaviours: Behaviours = {
  onGuardCreate: "new",
  onGuardUnknownToken: "error",
  onGuardList: "exists",
  mapWrites: "replace",
  settingsWrites: "replace",
  serverFieldsOmitted: "kept",
  deploymentsOmitted: "kept",
  nulls: "clears",
  vendorKeyReads: "plain",
  onGuardSecretReads: "plain",
  readLagMs: 0,
  kisiVersions: "shared",
  failedDoors: false,
  groupNames: "unique",
  unknownUsers: "skipped",
  deleteMissingGroup: "succeeds",
  notConfigured: "null",
};

/** The settings that each behaviour can have; a number or a boolean says so by an example. */
const settings: { readonly [Name in keyof Behaviours]: readonly Behaviours[Name][] } = {
  onGuardCreate: ["new", "existing"],
  onGuardUnknownToken: ["error", "recreate", "mint"],
  onGuardList: ["exists", "missing"],
  mapWrites: ["replace", "merge"],
  settingsWrites: ["replace", "merge"],
  serverFieldsOmitted: ["kept", "wiped"],
  deploymentsOmitted: ["kept", "removed"],
  nulls: ["clears", "keeps"],
  vendorKeyReads: ["plain", "masked", "absent"],
  onGuardSecretReads: ["plain", "masked", "absent"],
  readLagMs: [],
  kisiVersions: ["shared", "separate", "v1-removed"],
  failedDoors: [false, true],
  groupNames: ["unique", "duplicates"],
  unknownUsers: ["skipped", "refused"],
  deleteMissingGroup: ["succeeds", "error"],
  notConfigured: ["null", "absent", "default-object", "error-text"],
};

/** Every behaviour with the settings it can have as text, for help texts. */
export function describeBehaviours(): string[] {
  return Object.entries(settings).map(([name, values]) => `${name}=${values.length ? values.join("|") : "0..60000"}`);
}

/**
 * Reads `name=value` as one change of behaviour. Throws a TypeError that lists the possible names or settings.
 */
export function parseBehaviour(assignment: string): Partial<Behaviours> {
  const [name = "", ...rest] = assignment.split("=");
  const written = rest.join("=");
  const value =
    name === "readLagMs" ? Number(written || Number.NaN) : name === "failedDoors" ? parseFlag(written) : written;
  return checkBehaviours({ [name]: value });
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
    return `There is no behaviour "${name}". Use one of: ${Object.keys(settings).join(", ")}.`;
  }
  if (name === "readLagMs") {
    const isLag = typeof value === "number" && value >= 0 && value <= longestLookBackMs;
    return isLag ? undefined : `Behaviour readLagMs cannot be ${value}. Use 0 to ${longestLookBackMs}.`;
  }
  const allowed: readonly unknown[] = settings[name];
  return allowed.includes(value)
    ? undefined
    : `Behaviour ${name} cannot be "${value}". Use one of: ${allowed.join(", ")}.`;
}

function isBehaviourName(name: string): name is keyof Behaviours {
  return Object.hasOwn(settings, name);
}

function parseFlag(written: string): unknown {
  return written === "true" ? true : written === "false" ? false : written;
}
