import type { FaceMode } from "../domains/schemas";

/** A door of a badge integration. A field that is absent is not set. */
export interface DoorInfo {
  /** The cameras that watch the door, by uuid. */
  readonly assignedCameraList?: readonly string[];
  /** Length of the saved clip; the vendor does not state the unit. */
  readonly clipDuration?: number;
  /** The door's name in the console. */
  readonly doorName?: string;
  /** Start of the clip, in seconds before the badge event. */
  readonly leadingSeconds?: number;
  /** The location the door belongs to. */
  readonly locationUuid?: string;
  /** True if the console can unlock the door. */
  readonly remoteUnlock?: boolean;
  /** The sub-location of the door: RUUIDs joined by dots. */
  readonly subLocationsHierarchyKey?: string;
}

/** Doors by their key at the vendor of the badge system. */
export type Doors = ReadonlyMap<string, DoorInfo>;

/** One entry of an integration's audit map. */
export interface AuditEvent {
  /** Time of the event, in milliseconds since 1970. */
  readonly enabledTimestampMs: number;
  /** Kind of the event. The vendor has no kind for a creation: the first update is one. */
  readonly integrationAuditEvent: "UPDATE" | "DELETE";
  /** Name of the caller. */
  readonly user: string;
  /** User of the organization who called; null for any other caller. */
  readonly userUuid: string | null;
}

/** The audit events of an integration by their time, oldest first. */
export type AuditTrail = ReadonlyMap<string, AuditEvent>;

/** Flags of a Kisi place: its reactions to badge events. */
export interface KisiPlaceFlags {
  /** Alerts when a face is not authorized. */
  readonly alertUnauthorizedFaces: boolean;
  /** Disarms alarm monitoring on a badge event. */
  readonly badgeAuthDisablesAlarmMonitoring: boolean;
  /** Marks badge events on the camera's timeline. */
  readonly createSeekPoints: boolean;
  /** Learns faces from badge events. */
  readonly identifyFacesFromBadge: boolean;
  /** Saves a clip for each badge event. */
  readonly saveClips: boolean;
}

/** Flags of an OnGuard deployment: its reactions to badge events. */
export interface OnGuardFlags extends KisiPlaceFlags {
  /** Compares faces with badge holders. */
  readonly badgeFaceVerificationMode: FaceMode;
  /** Alerts on unusual access. */
  readonly createAccessAnomalyAlerts: boolean;
}

/** One connected OnGuard system of an organization. */
export interface OnGuardDeployment {
  /** Its id, which also ends the path of its webhook. */
  readonly rhombusToken: string;
  /** The key with which its events are signed. */
  readonly presharedSecret: string;
  /** Its label, null when it has none. */
  readonly displayName: string | null;
  /** Reactions to badge events. */
  readonly flags: OnGuardFlags;
  /** Its doors by `controller_id:device_id`. */
  readonly doors: Doors;
}

/** The OnGuard row of an organization. */
export interface OnGuardRow {
  /** True if badge events are processed. */
  readonly enabled: boolean;
  /** Deployments by token, oldest first. */
  readonly deployments: ReadonlyMap<string, OnGuardDeployment>;
  /** Audit events. */
  readonly audit: AuditTrail;
}

/** Flags of a Genea integration: its reactions to badge events. */
export interface GeneaFlags extends OnGuardFlags {
  /** True if the integration is enabled. */
  readonly enabled: boolean;
  /** Indexes faces seen at the doors. */
  readonly indexFaces: boolean;
}

/** Server-owned fields of a Genea integration. A wiped field is null. */
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
  /** Reactions to badge events. */
  readonly flags: GeneaFlags;
  /** Its doors by Genea door id. */
  readonly doors: Doors;
  /** Server-owned fields. */
  readonly server: GeneaServerFields;
  /** Audit events. */
  readonly audit: AuditTrail;
}

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

/** Flags of a V1 integration of Kisi: its reactions to badge events. */
export type KisiV1Flags = Omit<KisiPlaceFlags, "badgeAuthDisablesAlarmMonitoring">;

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
export interface KisiRow {
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
  /** True if a V2 operation has written the row. */
  readonly migrated: boolean;
  /** Audit events. */
  readonly audit: AuditTrail;
}

/** Type of a group. Access control operations change only the first. */
export type GroupType = "RHOMBUS_ACCESS_CONTROL" | "GUEST_MANAGEMENT_HOST";

/** A membership of a user in a group. */
export interface GroupMember {
  /** The user. */
  readonly userUuid: string;
  /** Time of the addition, in milliseconds since 1970. */
  readonly createdAtMillis: number;
}

/** A group of users. */
export interface Group {
  /** Its id. */
  readonly uuid: string;
  /** Its type. */
  readonly type: GroupType;
  /** Its name. */
  readonly name: string;
  /** The name in lower case, for look-ups. */
  readonly nameKey: string;
  /** Its description, null when it has none. */
  readonly description: string | null;
  /** Its location; null for a group of the whole organization. */
  readonly locationUuid: string | null;
  /** Its members by user uuid. */
  readonly members: ReadonlyMap<string, GroupMember>;
  /** Creation time, in milliseconds since 1970. */
  readonly createdAtMillis: number;
  /** Time of the last change of name, description or members, in milliseconds since 1970. */
  readonly updatedAtMillis: number;
}

/** A badge event that a webhook has accepted. */
export interface BadgeEvent {
  /** Time of the badge event, in milliseconds since 1970. */
  readonly atMillis: number;
  /** The activity in the console. */
  readonly activity: "ONGUARD_BADGE_AUTHORIZED";
  /** The door's key, `controller_id:device_id`. */
  readonly door: string;
  /** The door's name, null when it has none. */
  readonly doorName: string | null;
  /** The cameras whose timelines show the event. */
  readonly cameraUuids: readonly string[];
  /** The badge holder's name, null when the event has none. */
  readonly cardholder: string | null;
}
