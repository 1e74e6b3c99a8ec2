import type {
  DoorInfo,
  GeneaFlags,
  GeneaServerFields,
  GroupType,
  KisiDefaultOptions,
  KisiPlaceFlags,
  KisiServerFields,
  KisiV1Flags,
  OnGuardFlags,
} from "./rows";

/** The initial data of an emulator, in plain values. */
export interface Seed {
  /** The organizations. */
  readonly organizations: readonly SeedOrganization[];
  /** The partners that manage some of the organizations. */
  readonly partners: readonly SeedPartner[];
  /** The accounts at the emulated Genea. */
  readonly geneaAccounts: readonly GeneaAccount[];
  /** The accounts at the emulated Kisi. */
  readonly kisiAccounts: readonly KisiAccount[];
}

/** An organization with its initial data. */
export interface SeedOrganization {
  /** Its RUUID. */
  readonly uuid: string;
  /** Its name. */
  readonly name: string;
  /** The mail address of its owner. */
  readonly accountOwnerEmail: string;
  /** Creation time, in milliseconds since 1970. */
  readonly createdAtMillis: number;
  /** Its API keys. */
  readonly apiKeys: readonly SeedApiKey[];
  /** Its locations. */
  readonly locations: readonly SeedLocation[];
  /** Its cameras. */
  readonly cameras: readonly SeedCamera[];
  /** Its users, deleted ones included. */
  readonly users: readonly SeedUser[];
  /** Its OnGuard deployments; none when absent. */
  readonly onGuard?: readonly SeedOnGuard[];
  /** True if OnGuard as a whole is enabled. Default: true where there are deployments. */
  readonly onGuardEnabled?: boolean;
  /** Its Genea integration; none when absent. */
  readonly genea?: SeedGenea;
  /** Its Kisi integration in the V2 store; none when absent. */
  readonly kisi?: SeedKisi;
  /** Its Kisi integration in the V1 store, for `kisiVersions: "separate"`; none when absent. */
  readonly kisiV1?: SeedKisi;
  /** Its groups; none when absent. */
  readonly groups?: readonly SeedGroup[];
}

/** An API key of an organization. */
export interface SeedApiKey {
  /** The key: 22 characters. */
  readonly key: string;
  /** The user who created it, named in audit events. */
  readonly userUuid: string;
}

/** A location, or a part of one. */
export interface SeedLocation {
  /** Its RUUID. */
  readonly uuid: string;
  /** Its name. */
  readonly name: string;
  /** Street and number. */
  readonly address1: string;
  /** Two-letter country code. */
  readonly countryCode: string;
  /** Time zone name. */
  readonly tz: string;
  /** Labels; none when absent. */
  readonly labels?: readonly string[];
  /** Its parts; none when absent. */
  readonly subLocations?: readonly SeedLocation[];
}

/** A camera. */
export interface SeedCamera {
  /** Its RUUID. */
  readonly uuid: string;
  /** Its name. */
  readonly name: string;
  /** The location it is at. */
  readonly locationUuid: string;
  /** Its serial number. */
  readonly serialNumber: string;
  /** The floor it is on. */
  readonly floorNumber: number;
  /** State of its connection. Default `GREEN`. */
  readonly connectionStatus?: "RED" | "ORANGE" | "YELLOW" | "GREEN";
  /** True if it is retired and listed only on request. Default false. */
  readonly mummified?: boolean;
}

/** A user of an organization. */
export interface SeedUser {
  /** The user's RUUID. */
  readonly uuid: string;
  /** First name. */
  readonly firstName: string;
  /** Last name. */
  readonly lastName: string;
  /** Mail address. */
  readonly email: string;
  /** State of the invitation. Default `JOINED`. */
  readonly status?: "JOINED" | "PENDING" | "INACTIVE" | "UNKNOWN";
  /** True if the user was deleted. Default false. */
  readonly deleted?: boolean;
}

/** A partner, who manages the organizations of clients. */
export interface SeedPartner {
  /** The partner's RUUID. */
  readonly uuid: string;
  /** The partner's name. */
  readonly name: string;
  /** The partner's API key: 22 characters. */
  readonly apiKey: string;
  /** The organizations of the clients. */
  readonly clients: readonly SeedClient[];
}

/** An organization that a partner manages. */
export interface SeedClient {
  /** The organization. */
  readonly orgUuid: string;
  /** True if the client allows the partner access. Default true. */
  readonly accessAllowed?: boolean;
}

/** An account at Genea. */
export interface GeneaAccount {
  /** Its API keys. All of them are valid. */
  readonly apiTokens: readonly string[];
  /** Its doors. */
  readonly doors: readonly {
    /** The door's id at Genea. */
    readonly id: string;
    /** The door's name. */
    readonly name: string;
  }[];
}

/** An account at Kisi. */
export interface KisiAccount {
  /** Its API keys. All of them are valid. */
  readonly apiSecretKeys: readonly string[];
  /** Its places. */
  readonly places: readonly KisiAccountPlace[];
}

/** A place of an account at Kisi. */
export interface KisiAccountPlace {
  /** The place's id at Kisi. */
  readonly id: number;
  /** The place's name. */
  readonly name: string;
  /** Its doors. */
  readonly doors: readonly {
    /** The door's id at Kisi. */
    readonly id: number;
    /** The door's name. */
    readonly name: string;
  }[];
}

/** An OnGuard deployment that already exists. */
export interface SeedOnGuard {
  /** Its id. */
  readonly rhombusToken: string;
  /** The key with which its events are signed. */
  readonly presharedSecret: string;
  /** Its label; none when absent. */
  readonly displayName?: string;
  /** Flags other than the defaults. */
  readonly flags?: Partial<OnGuardFlags>;
  /** Its doors by `controller_id:device_id`. */
  readonly doorInfoMap: Readonly<Record<string, DoorInfo>>;
}

/** A Genea integration that already exists. */
export interface SeedGenea {
  /** The Genea API key. */
  readonly apiToken: string;
  /** Flags other than the defaults. */
  readonly flags?: Partial<GeneaFlags>;
  /** Its doors by Genea door id. */
  readonly doorInfoMap: Readonly<Record<string, DoorInfo>>;
  /** Server-owned fields; generated when absent. */
  readonly server?: GeneaServerFields;
}

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
  readonly doorInfoMap?: Readonly<Record<string, DoorInfo>>;
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
  readonly doorInfoMap: Readonly<Record<string, DoorInfo>>;
  /** Server-owned fields; generated when absent. */
  readonly server?: KisiServerFields;
}

/** A group that already exists. */
export interface SeedGroup {
  /** Its RUUID. */
  readonly uuid: string;
  /** Its name. */
  readonly name: string;
  /** Its description; none when absent. */
  readonly description?: string;
  /** Its location; none when absent. */
  readonly locationUuid?: string;
  /** Its type. Default `RHOMBUS_ACCESS_CONTROL`. */
  readonly type?: GroupType;
  /** Its members; none when absent. */
  readonly userUuids?: readonly string[];
  /** Creation time, in milliseconds since 1970. Default: that of the organization. */
  readonly createdAtMillis?: number;
  /** Time of the last change, in milliseconds since 1970. Default: the creation time. */
  readonly updatedAtMillis?: number;
}
