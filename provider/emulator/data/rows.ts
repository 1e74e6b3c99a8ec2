import type { FaceMode } from "../domains/schemas";

/** A door of a badge integration. A field that is absent is not set. */
export interface DoorInfo {
  /** The cameras that watch the door, by uuid. */
  readonly assignedCameraList?: readonly string[];
  /** Length of the saved clip; the vendor does not state the unit. */
  readonly clipDuration?: number;
  /** The door's name in the console. */
  readonly doorName?: string;
  /** How many seconds before the badge event a clip starts. */
  readonly leadingSeconds?: number;
  /** The location the door belongs to. */
  readonly locationUuid?: string;
  /** Whether the door can be unlocked from the console. */
  readonly remoteUnlock?: boolean;
  /** The sub-location of the door: RUUIDs joined by dots. */
  readonly subLocationsHierarchyKey?: string;
}

/** Doors by their key at the vendor of the badge system. */
export type Doors = ReadonlyMap<string, DoorInfo>;

/** One entry of an integration's audit map. */
export interface AuditEvent {
  /** When it happened, in milliseconds since 1970. */
  readonly enabledTimestampMs: number;
  /** What happened. There is no word for a creation: the first update is one. */
  readonly integrationAuditEvent: "UPDATE" | "DELETE";
  /** Who did it. */
  readonly user: string;
  /** The uuid of who did it, null when it was not a user of the organization. */
  readonly userUuid: string | null;
}

/** The audit events of an integration by their time, oldest first. */
export type AuditTrail = ReadonlyMap<string, AuditEvent>;

/** What an OnGuard deployment does with badge events. */
export interface OnGuardFlags {
  /** Alerts when a face is not authorized. */
  readonly alertUnauthorizedFaces: boolean;
  /** A badge disarms alarm monitoring. */
  readonly badgeAuthDisablesAlarmMonitoring: boolean;
  /** Compares faces with badge holders. */
  readonly badgeFaceVerificationMode: FaceMode;
  /** Alerts on unusual access. */
  readonly createAccessAnomalyAlerts: boolean;
  /** Marks badge events on the camera's timeline. */
  readonly createSeekPoints: boolean;
  /** Learns faces from badge events. */
  readonly identifyFacesFromBadge: boolean;
  /** Saves a clip for each badge event. */
  readonly saveClips: boolean;
}

/** One connected OnGuard system of an organization. */
export interface OnGuardDeployment {
  /** Its identity, also the last part of its webhook's path. */
  readonly rhombusToken: string;
  /** The key with which its events are signed. */
  readonly presharedSecret: string;
  /** Its label, null when it has none. */
  readonly displayName: string | null;
  /** What it does with badge events. */
  readonly flags: OnGuardFlags;
  /** Its doors by `controller_id:device_id`. */
  readonly doors: Doors;
}

/** The OnGuard row of an organization. */
export interface OnGuardRow {
  /** Whether events are processed. */
  readonly enabled: boolean;
  /** Deployments by token, oldest first. */
  readonly deployments: ReadonlyMap<string, OnGuardDeployment>;
  /** What was done to the row. */
  readonly audit: AuditTrail;
}

/** What a Genea integration does with badge events. */
export interface GeneaFlags extends OnGuardFlags {
  /** Whether the integration is on. */
  readonly enabled: boolean;
  /** Indexes faces seen at the doors. */
  readonly indexFaces: boolean;
}

/** What the server adds to a Genea integration. A wiped field is null. */
export interface GeneaServerFields {
  /** Session credential at Genea. */
  readonly refreshToken: string | null;
  /** Credential of the webhook that Genea calls. */
  readonly rhombusToken: string | null;
  /** The key with which Genea signs its calls. */
  readonly webhookSignatureSecret: string | null;
  /** The webhook's id at Genea. */
  readonly webhookUuid: string | null;
}

/** The Genea integration of an organization. */
export interface GeneaRow {
  /** The Genea API key in use. */
  readonly apiToken: string;
  /** What it does with badge events. */
  readonly flags: GeneaFlags;
  /** Its doors by Genea door id. */
  readonly doors: Doors;
  /** What the server added. */
  readonly server: GeneaServerFields;
  /** What was done to the row. */
  readonly audit: AuditTrail;
}

/** What a Kisi place does with badge events. */
export interface KisiPlaceFlags {
  /** Alerts when a face is not authorized. */
  readonly alertUnauthorizedFaces: boolean;
  /** A badge disarms alarm monitoring. */
  readonly badgeAuthDisablesAlarmMonitoring: boolean;
  /** Marks badge events on the camera's timeline. */
  readonly createSeekPoints: boolean;
  /** Learns faces from badge events. */
  readonly identifyFacesFromBadge: boolean;
  /** Saves a clip for each badge event. */
  readonly saveClips: boolean;
}

/** What a Kisi integration does for places that say nothing themselves. */
export interface KisiDefaultOptions extends KisiPlaceFlags {
  /** Whether these options are in force. */
  readonly defaultOptionsEnabled: boolean;
}

/** What the server adds to a Kisi place, and to a V1 integration as a whole. A wiped field is null. */
export interface KisiServerFields {
  /** Credential of the webhook that Kisi calls. */
  readonly rhombusToken: string | null;
  /** The webhook's id at Kisi. */
  readonly webhookId: number | null;
}

/** One place of a Kisi integration. */
export interface KisiPlace {
  /** The place's id at Kisi, null when neither the map's key nor the entry gives one. */
  readonly placeId: number | null;
  /** The place's name. */
  readonly placeName: string | null;
  /** What it does with badge events. */
  readonly flags: KisiPlaceFlags;
  /** Its doors by Kisi door id. */
  readonly doors: Doors;
  /** What the server added. */
  readonly server: KisiServerFields;
}

/** What a V1 integration of Kisi does with badge events. */
export type KisiV1Flags = Omit<KisiPlaceFlags, "badgeAuthDisablesAlarmMonitoring">;

/** The fields that only the V1 operations of Kisi know. */
export interface KisiV1Fields {
  /** What the integration does with badge events. */
  readonly flags: KisiV1Flags;
  /** Doors by Kisi door id. */
  readonly doors: Doors;
  /** Cameras by door, the oldest form. */
  readonly doorToCameras: ReadonlyMap<string, readonly string[]>;
  /** The only place of a single-place integration. */
  readonly placeId: number | null;
  /** What the server added. */
  readonly server: KisiServerFields;
  /** When, and by whom, the integration was first configured. */
  readonly enabledBy: AuditEvent;
}

/** The Kisi integration of an organization. */
export interface KisiRow {
  /** The Kisi API key in use. */
  readonly apiSecretKey: string;
  /** Whether the integration is on. */
  readonly enabled: boolean;
  /** What holds for places that say nothing themselves. */
  readonly defaultOptions: KisiDefaultOptions;
  /** Places by their key in the map, which is the Kisi place id as text. */
  readonly places: ReadonlyMap<string, KisiPlace>;
  /** The fields of V1, absent where only V2 has written. */
  readonly v1?: KisiV1Fields;
  /** Whether a V2 operation has written the row. */
  readonly migrated: boolean;
  /** What was done to the row. */
  readonly audit: AuditTrail;
}

/** What a group is for. */
export type GroupType = "RHOMBUS_ACCESS_CONTROL" | "GUEST_MANAGEMENT_HOST";

/** A membership of a user in a group. */
export interface GroupMember {
  /** The user. */
  readonly userUuid: string;
  /** When the user was added, in milliseconds since 1970. */
  readonly createdAtMillis: number;
}

/** A group of users. */
export interface Group {
  /** Its id. */
  readonly uuid: string;
  /** What it is for. */
  readonly type: GroupType;
  /** Its name. */
  readonly name: string;
  /** The name in lower case, by which it is looked up. */
  readonly nameKey: string;
  /** Its description, null when it has none. */
  readonly description: string | null;
  /** Its location, null when it belongs to the whole organization. */
  readonly locationUuid: string | null;
  /** Its members by user uuid. */
  readonly members: ReadonlyMap<string, GroupMember>;
  /** When it was made, in milliseconds since 1970. */
  readonly createdAtMillis: number;
  /** When name, description or members last changed, in milliseconds since 1970. */
  readonly updatedAtMillis: number;
}

/** A badge event that a webhook has accepted. */
export interface BadgeEvent {
  /** When the badge was used, in milliseconds since 1970. */
  readonly atMillis: number;
  /** The activity it shows up as. */
  readonly activity: "ONGUARD_BADGE_AUTHORIZED";
  /** The door's key, `controller_id:device_id`. */
  readonly door: string;
  /** The door's name, null when it has none. */
  readonly doorName: string | null;
  /** The cameras on whose timelines it is. */
  readonly cameraUuids: readonly string[];
  /** The badge holder's name, null when the event has none. */
  readonly cardholder: string | null;
}
