import type {
  DoorInfo,
  GeneaFlags,
  GeneaServerFields,
  GroupType,
  KisiDefaultOptions,
  KisiPlaceFlags,
  KisiServerFields,
  OnGuardFlags,
} from "./data/rows";

/** An OnGuard deployment as the console shows it, secrets included. */
export interface ConsoleOnGuard {
  /** Its id. */
  readonly rhombusToken: string;
  /** The key with which its events are signed. */
  readonly presharedSecret: string;
  /** The URL that receives its badge events. */
  readonly webhookUrl: string;
  /** Its label, null when it has none. */
  readonly displayName: string | null;
  /** Reactions to badge events. */
  readonly flags: OnGuardFlags;
  /** Its doors by `controller_id:device_id`; a field that is not set is absent. */
  readonly doorInfoMap: Readonly<Record<string, DoorInfo>>;
}

/** The Genea integration as the console shows it, secrets included. */
export interface ConsoleGenea extends GeneaServerFields {
  /** The Genea API key in use. */
  readonly apiToken: string;
  /** Reactions to badge events. */
  readonly flags: GeneaFlags;
  /** Its doors by Genea door id; a field that is not set is absent. */
  readonly doorInfoMap: Readonly<Record<string, DoorInfo>>;
}

/** The Kisi integration as the console shows it, secrets included. */
export interface ConsoleKisi {
  /** The Kisi API key in use. */
  readonly apiSecretKey: string;
  /** True if it is enabled. */
  readonly enabled: boolean;
  /** Flags that apply to places without flags of their own. */
  readonly defaultOptions: KisiDefaultOptions;
  /** Its places by Kisi place id. */
  readonly placeToSettingsMap: Readonly<Record<string, ConsoleKisiPlace>>;
  /** Fields of V1; absent where V1 has never written. */
  readonly v1?: ConsoleKisiV1;
}

/** A place of the Kisi integration as the console shows it. */
export interface ConsoleKisiPlace extends KisiServerFields {
  /** The place's id at Kisi; null when unknown. */
  readonly placeId: number | null;
  /** The place's name; null when unknown. */
  readonly placeName: string | null;
  /** Reactions to badge events. */
  readonly flags: KisiPlaceFlags;
  /** Its doors by Kisi door id; a field that is not set is absent. */
  readonly doorInfoMap: Readonly<Record<string, DoorInfo>>;
}

/** The V1 part of a Kisi integration as the console shows it. */
export interface ConsoleKisiV1 extends KisiServerFields {
  /** Reactions to badge events. */
  readonly flags: Omit<KisiPlaceFlags, "badgeAuthDisablesAlarmMonitoring">;
  /** The only place of a single-place integration, null when there is none. */
  readonly placeId: number | null;
  /** Its doors by Kisi door id; a field that is not set is absent. */
  readonly doorInfoMap: Readonly<Record<string, DoorInfo>>;
  /** Cameras by door, the oldest form. */
  readonly doorToCameraMap: Readonly<Record<string, readonly string[]>>;
}

/** A group as the console shows it. */
export interface ConsoleGroup {
  /** Its id. */
  readonly uuid: string;
  /** Its type. */
  readonly type: GroupType;
  /** Its name. */
  readonly name: string;
  /** Its description, null when it has none. */
  readonly description: string | null;
  /** Its location, null when it has none. */
  readonly locationUuid: string | null;
  /** Its members. */
  readonly userUuids: readonly string[];
}
