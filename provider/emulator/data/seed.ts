/** The part of a seed that no operation changes. */
export interface FixedSeed {
  /** The organizations. */
  readonly organizations: readonly FixedOrganization[];
  /** The partners that manage some of the organizations. */
  readonly partners: readonly SeedPartner[];
  /** The accounts at the emulated Genea. */
  readonly geneaAccounts: readonly GeneaAccount[];
  /** The accounts at the emulated Kisi. */
  readonly kisiAccounts: readonly KisiAccount[];
}

/** The part of an organization that no operation changes. */
export interface FixedOrganization {
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
}

/** An API key of an organization. */
export interface SeedApiKey {
  /** The key: 22 characters. */
  readonly key: string;
  /** The user who created it, named in audit events. */
  readonly userUuid: string;
  /** True if every write with the key is refused. Default false. */
  readonly readOnly?: boolean;
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
