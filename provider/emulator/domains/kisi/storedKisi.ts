import type { Behaviours } from "../../behaviours/behaviours";
import { newRuuid } from "../../data/ruuid";
import type { KisiAccount, KisiAccountPlace } from "../../data/seed";
import { type Organization, perOrganization, Register, type Store } from "../../data/store";
import { type DoorRecord, type Doors, doorsFrom } from "../badge/doors";
import { type KisiPlaceFlags, kisiPlaceDefaults } from "../badge/flags";
import type { AuditEvent, AuditTrail } from "../badge/integration";

/** Flags of a Kisi integration that apply to places without flags of their own. */
export interface KisiDefaultOptions extends KisiPlaceFlags {
  /** True if these options apply. */
  readonly defaultOptionsEnabled: boolean;
}

/** Server-owned fields of a Kisi place, and of a V1 integration as a whole. A wiped field is null. */
export interface KisiServerFields {
  /** Credential of the webhook that Kisi calls. */
  readonly rhombusToken: string | null;
  /** The webhook's id at Kisi. */
  readonly webhookId: number | null;
}

/** Flags of a V1 integration of Kisi: its reactions to badge events. */
export type KisiV1Flags = Omit<KisiPlaceFlags, "badgeAuthDisablesAlarmMonitoring">;

/** A Kisi integration that already exists. */
export interface SeedKisi {
  /** The Kisi API key. */
  readonly apiSecretKey: string;
  /** True if it is enabled. Default true. */
  readonly enabled?: boolean;
  /** Options other than the defaults. */
  readonly defaultOptions?: Partial<KisiDefaultOptions>;
  /** Its places by Kisi place id. */
  readonly placeToSettingsMap: Readonly<Record<string, SeedKisiPlace>>;
  /** Fields of V1; absent where V1 has never written. */
  readonly v1?: SeedKisiV1;
  /** True if V2 has written it. Default true. */
  readonly migrated?: boolean;
}

/** The V1 part of a Kisi integration that already exists. */
export interface SeedKisiV1 {
  /** Flags other than the defaults. */
  readonly flags?: Partial<KisiV1Flags>;
  /** The only place of a single-place integration; none when absent. */
  readonly placeId?: number;
  /** Its doors by Kisi door id; none when absent. */
  readonly doorInfoMap?: DoorRecord;
  /** Cameras by door, the oldest form; none when absent. */
  readonly doorToCameraMap?: Readonly<Record<string, readonly string[]>>;
  /** Server-owned fields; generated when absent. */
  readonly server?: KisiServerFields;
}

/** A place of a Kisi integration that already exists. */
export interface SeedKisiPlace {
  /** The place's id at Kisi. Default: its key. */
  readonly placeId?: number;
  /** The place's name; none when absent. */
  readonly placeName?: string;
  /** Flags other than the defaults. */
  readonly flags?: Partial<KisiPlaceFlags>;
  /** Its doors by Kisi door id. */
  readonly doorInfoMap: DoorRecord;
  /** Server-owned fields; generated when absent. */
  readonly server?: KisiServerFields;
}

/** The Kisi integrations of an organization in its seed. */
export interface KisiSeed {
  /** Its Kisi integration in the V2 store; none when absent. */
  readonly kisi?: SeedKisi;
  /** Its Kisi integration in the V1 store, for `kisiVersions: "separate"`; none when absent. */
  readonly kisiV1?: SeedKisi;
}

/** One place of a Kisi integration. */
export interface KisiPlace {
  /** The place's id at Kisi; null where neither the map's key nor the entry has one. */
  readonly placeId: number | null;
  /** The place's name. */
  readonly placeName: string | null;
  /** Reactions to badge events. */
  readonly flags: KisiPlaceFlags;
  /** Its doors by Kisi door id. */
  readonly doors: Doors;
  /** Server-owned fields. */
  readonly server: KisiServerFields;
}

/** The fields that only the V1 operations of Kisi have. */
export interface KisiV1Fields {
  /** Reactions to badge events. */
  readonly flags: KisiV1Flags;
  /** Doors by Kisi door id. */
  readonly doors: Doors;
  /** Cameras by door, the oldest form. */
  readonly doorToCameras: ReadonlyMap<string, readonly string[]>;
  /** The only place of a single-place integration. */
  readonly placeId: number | null;
  /** Server-owned fields. */
  readonly server: KisiServerFields;
  /** The event that first configured the integration. */
  readonly enabledBy: AuditEvent;
}

/** The Kisi integration of an organization. */
export interface StoredKisi {
  /** The Kisi API key in use. */
  readonly apiSecretKey: string;
  /** True if the integration is enabled. */
  readonly enabled: boolean;
  /** Flags that apply to places without flags of their own. */
  readonly defaultOptions: KisiDefaultOptions;
  /** Places by the Kisi place id as text. */
  readonly places: ReadonlyMap<string, KisiPlace>;
  /** The fields of V1, absent where only V2 has written. */
  readonly v1?: KisiV1Fields;
  /** True if a V2 operation has written the integration. */
  readonly migrated: boolean;
  /** Audit events. */
  readonly audit: AuditTrail;
}

/** The Kisi integration of an organization by V2, and by V1 where both versions share one store. */
export const kisiOf = perOrganization(() => new Register<StoredKisi>());

/** The Kisi integration of an organization by V1, where the versions have separate stores. */
export const separateKisiV1Of = perOrganization(() => new Register<StoredKisi>());

/** The store on which the V1 operations work. */
export function kisiV1Of(organization: Organization, { kisiVersions }: Behaviours): Register<StoredKisi> {
  return kisiVersions === "separate" ? separateKisiV1Of(organization) : kisiOf(organization);
}

/** The initial default options of a Kisi integration. */
export const kisiOptionDefaults: KisiDefaultOptions = { ...kisiPlaceDefaults, defaultOptionsEnabled: false };

const { badgeAuthDisablesAlarmMonitoring: _onlyV2, ...v1Defaults } = kisiPlaceDefaults;

/** The default flags of a V1 integration of Kisi as a whole. */
export const kisiV1Defaults: KisiV1Flags = v1Defaults;

/** Generates the server-owned fields of a new place or V1 integration. */
export function newKisiServerFields(store: Store): KisiServerFields {
  return { rhombusToken: newRuuid(), webhookId: store.nextVendorId() };
}

/** The Kisi account that an API key opens. */
export function findAccount({ seed }: Store, apiSecretKey: string | undefined): KisiAccount | undefined {
  return seed.kisiAccounts.find(({ apiSecretKeys }) => apiSecretKeys.some((each) => each === apiSecretKey));
}

/** The place of a Kisi account with this key in the place map. */
export function findPlace(account: KisiAccount | undefined, key: string): KisiAccountPlace | undefined {
  return account?.places.find((place) => `${place.id}` === key);
}

/** True if a place at Kisi has the door with this key in the door map. */
export function hasDoor(place: KisiAccountPlace | undefined, key: string): boolean {
  return place?.doors.some((door) => `${door.id}` === key) ?? false;
}

/**
 * A Kisi integration with the given values over `current`; given places replace those with the same key. Throws a
 * TypeError when neither has an API key.
 */
export function storedKisiFrom(store: Store, given: Partial<SeedKisi>, current?: StoredKisi): StoredKisi {
  const apiSecretKey = given.apiSecretKey ?? current?.apiSecretKey;
  if (apiSecretKey === undefined) throw new TypeError("Kisi is not configured yet: give an apiSecretKey as well.");
  const places = Object.entries(given.placeToSettingsMap ?? {}).map(
    ([key, place]) => [key, placeFrom(store, apiSecretKey, key, place, current?.places.get(key))] as const,
  );
  return {
    apiSecretKey,
    enabled: given.enabled ?? current?.enabled ?? true,
    defaultOptions: { ...kisiOptionDefaults, ...current?.defaultOptions, ...given.defaultOptions },
    places: new Map([...(current?.places ?? []), ...places]),
    v1: given.v1 ? v1From(store, given.v1) : current?.v1,
    migrated: given.migrated ?? current?.migrated ?? true,
    audit: current?.audit ?? new Map(),
  };
}

function placeFrom(
  store: Store,
  apiSecretKey: string,
  key: string,
  given: SeedKisiPlace,
  current: KisiPlace | undefined,
): KisiPlace {
  const atKisi = findPlace(findAccount(store, apiSecretKey), key);
  return {
    placeId: given.placeId ?? current?.placeId ?? atKisi?.id ?? (Number(key) || null),
    placeName: given.placeName ?? null,
    flags: { ...kisiPlaceDefaults, ...given.flags },
    doors: doorsFrom(given.doorInfoMap),
    server: given.server ?? current?.server ?? newKisiServerFields(store),
  };
}

function v1From(store: Store, { flags, placeId, doorInfoMap, doorToCameraMap, server }: SeedKisiV1): KisiV1Fields {
  return {
    flags: { ...kisiV1Defaults, ...flags },
    doors: doorsFrom(doorInfoMap),
    doorToCameras: new Map(Object.entries(doorToCameraMap ?? {})),
    placeId: placeId ?? null,
    server: server ?? newKisiServerFields(store),
    enabledBy: { enabledTimestampMs: Date.now(), integrationAuditEvent: "UPDATE", user: "seed", userUuid: null },
  };
}
