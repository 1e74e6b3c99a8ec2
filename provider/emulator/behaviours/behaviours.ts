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
   * are put over the stored ones (`merge`). What becomes of the fields of an entry say `doorWrites` and, for Kisi places,
   * `settingsWrites`.
   */
  readonly mapWrites: "replace" | "merge";
  /** What happens to fields that a door in a write leaves out: they go (`replace`, the default) or stay (`merge`). */
  readonly doorWrites: "replace" | "merge";
  /**
   * What createOrUpdateHoneywellOnGuardIntegration does with the doors of a deployment when it has no door map: they are
   * `kept` (default) or `cleared`.
   */
  readonly onGuardDoorsOmitted: "kept" | "cleared";
  /**
   * What happens to settings that a write leaves out: they fall back to their default (`replace`, the default) or stay
   * (`merge`). Holds for the fields of Genea, Kisi and Kisi places, vendor keys and whole maps included; for the flags and
   * `enabled` of OnGuard; for the display name in createOrUpdateHoneywellOnGuardIntegration; and for the description of a
   * group.
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
  /** How reads show the `presharedSecret` of OnGuard: `plain` (default), `masked` or `absent`. */
  readonly onGuardSecretReads: "plain" | "masked" | "absent";
  /** Whether reads show the `webhookUrl` of OnGuard deployments: `absent` (default), as no schema has it, or `plain`. */
  readonly onGuardUrlReads: "absent" | "plain";
  /** The keys of the map of OnGuard deployments: their `token` (default) or some `opaque` text. */
  readonly onGuardKeys: "token" | "opaque";
  /**
   * How reads show the secrets that the server made for Genea and Kisi (`rhombusToken`, `refreshToken`,
   * `webhookSignatureSecret`): `plain` (default), `masked` or `absent`.
   */
  readonly serverSecretReads: "plain" | "masked" | "absent";
  /** Reads see the state of this many milliseconds ago, at most 60 000. Default 0: they see the latest. */
  readonly readLagMs: number;
  /**
   * Whether the two versions of the Kisi operations have one store (`shared`, the default) or two (`separate`), or the
   * deprecated ones are gone (`v1-removed`) and answer 404. getKisiPlaces and getKisiDoors, which have no successor, stay.
   */
  readonly kisiVersions: "shared" | "separate" | "v1-removed";
  /** What a V1 write to a Kisi integration that V2 has written does: it is `written` (default) or `refused` with `error: true`. */
  readonly kisiV1AfterV2: "written" | "refused";
  /**
   * Whether a Genea or Kisi write reports doors and places that the vendor account does not have: when true they are not
   * stored and their keys stand in `failedGuids` with `error: false`; likewise the tokens of unknown deployments in
   * updateHoneywellOnGuardIntegration. Default false: unknown doors and places are stored as sent.
   */
  readonly failedDoors: boolean;
  /**
   * What happens to doors that belong to more than one location: they are `stored` and named in the answer (default), or
   * the whole write is `refused` with `error: true`.
   */
  readonly misconfiguredDoors: "stored" | "refused";
  /** Whether deleting a Genea or Kisi integration that is not configured `succeeds` (default) or answers `error: true`. */
  readonly deleteUnconfigured: "succeeds" | "error";
  /** Whether names of access control groups are `unique` without regard to case (default) or `duplicates` may exist. */
  readonly groupNames: "unique" | "duplicates";
  /** Whether unknown or deleted users in a group write are `skipped` (default) or the call is `refused` with 400. */
  readonly unknownUsers: "skipped" | "refused";
  /** Whether deleting a group that does not exist `succeeds` (default) or is an `error` with status 404. */
  readonly deleteMissingGroup: "succeeds" | "error";
  /** Whether other writes to a group that does not exist are an `error` with status 404 (default) or `ignored`. */
  readonly missingGroupWrites: "error" | "ignored";
  /**
   * What adding a user who is a member already, or removing one who is not, does: it is `ignored` (default), or the whole
   * call is `refused` with 400.
   */
  readonly repeatedMembers: "ignored" | "refused";
  /** Whether an empty description of a group in a write `clears` the stored one (default) or `keeps` it. */
  readonly emptyDescription: "clears" | "keeps";
  /**
   * How free texts of a write are stored: `kept` as they are (default), or `tidied`, which is without space around them, with
   * LF for every line end, and in Unicode form NFC. Holds for names and descriptions of groups, display names, and names of
   * doors and places.
   */
  readonly texts: "kept" | "tidied";
  /**
   * What a read of an integration that was never configured holds: `null` (default), nothing (`absent`), an object with
   * all defaults (`default-object`), or `error: true` with an `error-text`.
   */
  readonly notConfigured: "null" | "absent" | "default-object" | "error-text";
  /**
   * How answers show a list that is empty: as an empty `array` (default), as `null`, or `absent`, the field left out. Under
   * `absent`, the map of all integrations is left out as well where it is empty.
   */
  readonly emptyLists: "array" | "null" | "absent";
  /** Whether deletes that are answered with success are `performed` (default) or `ignored`: the object stays. */
  readonly deletes: "performed" | "ignored";
  /** Whether the key may ask for its organization (getOrgV2): `allowed` (default) or `refused` with 403. */
  readonly organizationReads: "allowed" | "refused";
  /** Whenever so many writes have been carried out, the last one is answered 500 all the same. Default 0: none is. */
  readonly errorAfterWrites: number;
}

/** The emulator's behaviours when nothing is said. */
export const defaultBehaviours: Behaviours = {
  onGuardCreate: "new",
  onGuardUnknownToken: "error",
  onGuardList: "exists",
  mapWrites: "replace",
  doorWrites: "replace",
  onGuardDoorsOmitted: "kept",
  settingsWrites: "replace",
  serverFieldsOmitted: "kept",
  deploymentsOmitted: "kept",
  nulls: "clears",
  vendorKeyReads: "plain",
  onGuardSecretReads: "plain",
  onGuardUrlReads: "absent",
  onGuardKeys: "token",
  serverSecretReads: "plain",
  readLagMs: 0,
  kisiVersions: "shared",
  kisiV1AfterV2: "written",
  failedDoors: false,
  misconfiguredDoors: "stored",
  deleteUnconfigured: "succeeds",
  groupNames: "unique",
  unknownUsers: "skipped",
  deleteMissingGroup: "succeeds",
  missingGroupWrites: "error",
  repeatedMembers: "ignored",
  emptyDescription: "clears",
  texts: "kept",
  notConfigured: "null",
  emptyLists: "array",
  deletes: "performed",
  organizationReads: "allowed",
  errorAfterWrites: 0,
};
