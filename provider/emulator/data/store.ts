import type { FixedOrganization, FixedSeed, SeedApiKey } from "./seed";
import { Timeline } from "./timeline";

/** A value that may be absent, with its history. */
export class Register<Value> {
  readonly #timeline = new Timeline<Value>();

  /** The value now, or as it was at `asOfMillis`; undefined when absent. */
  read(asOfMillis?: number): Value | undefined {
    return this.#timeline.get("", asOfMillis);
  }

  /** Sets the value from `sinceMillis` on (default: now), or removes it with undefined. */
  write(value: Value | undefined, sinceMillis?: number): void {
    if (value === undefined) this.#timeline.delete("");
    else this.#timeline.set("", value, sinceMillis);
  }
}

/** An organization. Each domain stores its own data with {@link perOrganization}. */
export class Organization {
  /** Location uuids by camera uuid. */
  readonly cameraLocations: ReadonlyMap<string, string>;
  /** The users who can be members of groups: all but deleted ones. */
  readonly userUuids: ReadonlySet<string>;

  /** `seed` is the initial data; users, cameras and locations in it never change. */
  constructor(readonly seed: FixedOrganization) {
    this.cameraLocations = new Map(seed.cameras.map((camera) => [camera.uuid, camera.locationUuid]));
    this.userUuids = new Set(seed.users.filter((user) => !user.deleted).map((user) => user.uuid));
  }
}

/** Returns a function that returns the data of a domain in an organization; `make` creates it at the first call. */
export function perOrganization<Data>(make: () => Data): (organization: Organization) => Data {
  const stored = new WeakMap<Organization, Data>();
  return (organization) => {
    const data = stored.get(organization) ?? make();
    stored.set(organization, data);
    return data;
  };
}

/** The organizations and partners of an emulator, and the accounts at Genea and Kisi. */
export class Store {
  /** Organizations by uuid. */
  readonly organizations: ReadonlyMap<string, Organization>;

  #lastVendorId = 700_000;

  /** `seed` is the initial data of the emulator. */
  constructor(readonly seed: FixedSeed) {
    this.organizations = new Map(seed.organizations.map((each) => [each.uuid, new Organization(each)]));
  }

  /** An API key, and the organization that it belongs to. */
  findApiKey(key: string): { organization: Organization; apiKey: SeedApiKey } | undefined {
    for (const organization of this.organizations.values()) {
      const apiKey = organization.seed.apiKeys.find((each) => each.key === key);
      if (apiKey) return { organization, apiKey };
    }
    return undefined;
  }

  /** A new number for an id at a badge vendor. */
  nextVendorId(): number {
    return ++this.#lastVendorId;
  }
}
