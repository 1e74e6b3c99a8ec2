import { maxReadLagMs } from "../data/timeline";

/**
 * One question that the documentation of Rhombus leaves open, with the settings by which the emulator plays its answers.
 */
export interface OpenQuestion<Setting> {
  /** The question, as a noun phrase. */
  readonly question: string;
  /** The settings, the default first. Of a number, those that tests try. */
  readonly settings: readonly Setting[];
  /** The way to learn how Rhombus behaves: `probe` for `doctor --probe`, otherwise what to try or to ask. */
  readonly settledBy: string;
  /** The largest number allowed; the smallest is 0. Absent where `settings` lists all. */
  readonly max?: number;
}

interface Probed<Setting> extends OpenQuestion<Setting> {
  readonly settledBy: "probe";
}

/**
 * The behaviours of the emulator: one line for each open question of docs/rhombus-api-open-questions.md, and the only
 * list of them. Types, defaults, help texts, the probe and the table of that page derive from it.
 */
export const openQuestions = {
  /** An OnGuard call without a token creates a `new` deployment, or updates the `existing`, oldest one. */
  onGuardCreate: probed("an OnGuard call without token, where a deployment exists", ["new", "existing"]),
  /**
   * An OnGuard call with the token of no deployment is an `error`, or `recreate`s a deployment under that token with a
   * new secret, or `mint`s a deployment with another token.
   */
  onGuardUnknownToken: probed("an OnGuard call with the token of no deployment", ["error", "recreate", "mint"]),
  /** listHoneywellOnGuardIntegrations `exists`, or is `missing` and answers 404. */
  onGuardList: probed("the operation that lists OnGuard deployments", ["exists", "missing"]),
  /**
   * A map of doors or places in a write `replace`s the stored one, or its entries are put over the stored ones
   * (`merge`). For the fields of an entry see `doorWrites` and, for Kisi places, `settingsWrites`.
   */
  mapWrites: probed("doors and places that a written map omits", ["replace", "merge"]),
  /** Fields that a written door omits are removed (`replace`) or stay (`merge`). */
  doorWrites: probed("fields that a written door omits", ["replace", "merge"]),
  /**
   * createOrUpdateHoneywellOnGuardIntegration without a door map leaves the doors (`kept`), or removes them
   * (`cleared`).
   */
  onGuardDoorsOmitted: probed("the doors of an OnGuard deployment that is written without a map", ["kept", "cleared"]),
  /**
   * Settings that a write omits are reset to their defaults (`replace`) or stay (`merge`): fields of Genea, Kisi and
   * Kisi places with vendor keys and whole maps; the flags and `enabled` of OnGuard; the display name in
   * createOrUpdateHoneywellOnGuardIntegration; the description of a group; grants, revocations and schedules except names
   * and locations.
   */
  settingsWrites: probed("settings that a write omits", ["replace", "merge"]),
  /**
   * Server-owned fields of Genea and Kisi (`rhombusToken`, `webhookUuid`, `webhookSignatureSecret`, `refreshToken`,
   * `webhookId`) that a write omits stay (`kept`), or are `wiped`. Those that are sent are stored.
   */
  serverFieldsOmitted: unprobed(
    "tokens of the server that a Genea or Kisi write omits",
    ["kept", "wiped"],
    "write Genea settings without `rhombusToken` and `webhookUuid`, and read them",
  ),
  /**
   * updateHoneywellOnGuardIntegration leaves the deployments that its map omits (`kept`), or removes them (`removed`).
   */
  deploymentsOmitted: probed("deployments that a write of OnGuard flags omits", ["kept", "removed"]),
  /** A null in a write resets the field to its default (`clears`), or leaves the stored value (`keeps`). */
  nulls: probed("a null in a write", ["clears", "keeps"]),
  /** Reads show `apiToken` and `apiSecretKey` as `plain` text, `masked`, or not at all (`absent`). */
  vendorKeyReads: unprobed(
    "`apiToken` and `apiSecretKey` in reads",
    ["plain", "masked", "absent"],
    "read a configured Genea or Kisi integration",
  ),
  /** Reads show the `presharedSecret` of OnGuard as `plain` text, `masked`, or not at all (`absent`). */
  onGuardSecretReads: probed("`presharedSecret` in reads", ["plain", "masked", "absent"]),
  /** Reads omit the `webhookUrl` of OnGuard deployments (`absent`), as the schema does, or show it as `plain` text. */
  onGuardUrlReads: probed("`webhookUrl` in reads", ["absent", "plain"]),
  /** The keys of the map of OnGuard deployments are their tokens (`token`), or `opaque` texts. */
  onGuardKeys: probed("the keys of the map of OnGuard deployments", ["token", "opaque"]),
  /**
   * Reads of Genea and Kisi show the secrets of the server (`rhombusToken`, `refreshToken`, `webhookSignatureSecret`)
   * as `plain` text, `masked`, or not at all (`absent`).
   */
  serverSecretReads: unprobed(
    "tokens of the server in Genea and Kisi reads",
    ["plain", "masked", "absent"],
    "read a configured Genea or Kisi integration",
  ),
  /** Reads show the state of this many milliseconds ago. Default 0: the latest. */
  readLagMs: { ...probed<number>("milliseconds by which reads lag behind writes", [0, 2500]), max: maxReadLagMs },
  /**
   * The two versions of the Kisi operations have one store (`shared`) or two (`separate`), or the deprecated ones are
   * gone (`v1-removed`) and answer 404. getKisiPlaces and getKisiDoors, which have no successor, stay.
   */
  kisiVersions: probed("the stores of both versions of the Kisi operations", ["shared", "separate", "v1-removed"]),
  /** A V1 write to a Kisi integration that V2 has written is stored (`written`), or `refused` with `error: true`. */
  kisiV1AfterV2: unprobed(
    "a Kisi write by V1 to what V2 has written",
    ["written", "refused"],
    "write a Kisi integration by V2, then by V1",
  ),
  /**
   * When true, doors and places that the account at the badge vendor does not have are not stored by a Genea or Kisi write, and
   * their keys stand in `failedGuids` with `error: false`; likewise the tokens of unknown deployments in
   * updateHoneywellOnGuardIntegration. When false, unknown doors and places are stored as sent.
   */
  failedDoors: unprobed(
    "`failedGuids` in answers with `error: false`",
    [false, true],
    "write a Genea integration with a door that Genea does not have",
  ),
  /** Doors that belong to several locations are `stored` and named in the answer, or the whole write is `refused`. */
  misconfiguredDoors: unprobed(
    "a write with doors in several locations",
    ["stored", "refused"],
    "write a door with cameras in two locations",
  ),
  /** Deleting a Genea or Kisi integration that is not configured `succeeds`, or answers `error: true`. */
  deleteUnconfigured: unprobed(
    "deleting an integration that is not configured",
    ["succeeds", "error"],
    "delete the Genea integration twice",
  ),
  /** Names of access control groups are `unique` without regard to case, or `duplicates` may exist. */
  groupNames: probed("groups with the same name", ["unique", "duplicates"]),
  /** Unknown and deleted users in a write of a group are `skipped`, or the call is `refused` with 400. */
  unknownUsers: probed("unknown users in a write of a group", ["skipped", "refused"]),
  /**
   * Deleting a group, a schedule, an access grant or a revocation that does not exist `succeeds`, or is an `error`: status
   * 404, or `error: true` where the answer has this field.
   */
  deleteMissing: probed("deleting a group, a schedule or a grant that does not exist", ["succeeds", "error"]),
  /** Other writes to an object of these kinds, or to a door, that does not exist are such an `error`, or are `ignored`. */
  missingWrites: probed("other writes to a group, a schedule or a grant that does not exist", ["error", "ignored"]),
  /** Adding a member again and removing a user who is not a member is `ignored`, or the call is `refused` with 400. */
  repeatedMembers: unprobed(
    "adding a member again, removing a user who is not a member",
    ["ignored", "refused"],
    "add a user to a group twice, and remove the user twice",
  ),
  /** The access grants of a location, and its revocations, may have `duplicates` of names, or are `unique` without regard to case. */
  grantNames: unprobed(
    "access grants with the same name at a location",
    ["duplicates", "unique"],
    "create two grants without doors and people with the same name",
  ),
  /**
   * Doors, elevator landings, groups, users and a schedule that do not exist, in a write of a grant or revocation, are
   * `stored` as sent, or `skipped`, or the whole write is `refused`. A grant whose schedule was skipped has none.
   */
  unknownInGrants: unprobed(
    "doors, people and schedules in a write of a grant that do not exist",
    ["stored", "skipped", "refused"],
    "create a grant without people that names a group that does not exist",
  ),
  /** Names of schedules are `unique` without regard to case, Rhombus's own included, or `duplicates` may exist. */
  scheduleNames: unprobed(
    "schedules with the same name",
    ["duplicates", "unique"],
    "create two schedules with the same name",
  ),
  /**
   * An interval that ends with Sunday stops at minute 10080 (`stop10080`), or at 0 or later, before it starts (`wraps`);
   * the other form is refused with 400. By default `either` is stored as sent.
   */
  weekEnd: unprobed(
    "an interval of a schedule that reaches the end of Sunday",
    ["either", "wraps", "stop10080"],
    "write a schedule with an interval from 10020 to 10080, and one from 10020 to 60",
  ),
  /**
   * What uses a deleted schedule keeps its id (`dangles`), or has no schedule any more (`detaches`): a grant then holds
   * always. Or deleting a schedule in use is `refused` with `error: true`.
   */
  usedSchedules: unprobed(
    "deleting a schedule that a grant or a policy uses",
    ["dangles", "detaches", "refused"],
    "delete the schedule of a grant without doors and people, and read the grant",
  ),
  /** The keys of the map of door labels are `doors`, each with its labels, or `labels`, each with its doors. */
  doorLabelKeys: unprobed(
    "the keys of the map of door labels",
    ["doors", "labels"],
    "list the door labels of an organization that has some",
  ),
  /** An empty description in a write of a group `clears` the stored one, or `keeps` it. */
  emptyDescription: probed("an empty description in a write of a group", ["clears", "keeps"]),
  /**
   * Free texts are stored as sent (`kept`), or `tidied`: without space around them, with LF for every line end, in
   * Unicode form NFC. Concerns names and descriptions of groups, names of grants and schedules, door labels, display names, and
   * names of doors and places.
   */
  texts: probed("space around names and descriptions, line ends, Unicode form", ["kept", "tidied"]),
  /**
   * A read of an integration that was never configured contains `null`, nothing (`absent`), an object with all defaults
   * (`default-object`), or `error: true` with an `error-text`.
   */
  notConfigured: probed("a read of an integration that was never configured", [
    "null",
    "absent",
    "default-object",
    "error-text",
  ]),
  /**
   * Answers, and the grants, revocations and schedules in them, show an empty list as an empty `array`, as `null`, or not
   * at all (`absent`). Under `absent`, an empty map of all integrations or door labels is omitted as well.
   */
  emptyLists: probed("an empty list in an answer", ["array", "null", "absent"]),
  /** Deletes that are answered with success are `performed`, or `ignored`: the object stays. */
  deletes: unprobed("a delete that is answered with success", ["performed", "ignored"], "ask Rhombus"),
  /** Asking for the key's organization (getOrgV2) is `allowed`, or `refused` with 403. */
  organizationReads: probed("a key that asks for its organization", ["allowed", "refused"]),
  /** Each time this many writes have been carried out, the last one is answered with 500. Default 0: none is. */
  errorAfterWrites: {
    ...unprobed<number>("a 500 after a write that was carried out, once in so many writes", [0, 2, 3], "ask Rhombus"),
    max: 1_000_000,
  },
};

type SettingsOf<Questions> = {
  readonly [Name in keyof Questions]: Questions[Name] extends OpenQuestion<infer Setting> ? Setting : never;
};

/** The way in which the emulator answers each open question. Can be changed while the emulator runs. */
export interface Behaviours extends SettingsOf<typeof openQuestions> {}

/** The behaviours that `doctor --probe` finds out. */
export type ProbedBehaviour = {
  [Name in keyof Behaviours]: (typeof openQuestions)[Name]["settledBy"] extends "probe" ? Name : never;
}[keyof Behaviours];

/** The settings of each behaviour, the default first: all that it can have, and of a number those that tests try. */
export const behaviourSettings = Object.fromEntries(
  Object.entries(openQuestions).map(([name, { settings }]) => [name, settings]),
  // Names and settings come from the one table, which `Object.fromEntries` forgets.
) as { readonly [Name in keyof Behaviours]: readonly Behaviours[Name][] };

/** The behaviours of an emulator that is started without any. */
export const defaultBehaviours = Object.fromEntries(
  Object.entries(openQuestions).map(([name, { settings }]) => [name, settings[0]]),
) as Behaviours;

type Setting = string | number | boolean;

function probed<S extends Setting>(question: string, settings: readonly S[]): Probed<S> {
  return { question, settings, settledBy: "probe" };
}

function unprobed<S extends Setting>(question: string, settings: readonly S[], settledBy: string): OpenQuestion<S> {
  return { question, settings, settledBy };
}
