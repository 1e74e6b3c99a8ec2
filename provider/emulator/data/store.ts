import type { Behaviours } from "../behaviours/behaviours";
import type { BadgeEvent, GeneaRow, Group, KisiRow, OnGuardDeployment, OnGuardRow } from "./rows";
import type { GeneaAccount, KisiAccount, KisiAccountPlace, Seed, SeedOrganization, SeedPartner } from "./seed";
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

/** An organization with its data. */
export class Organization {
  /** Its OnGuard row. */
  readonly onGuard = new Register<OnGuardRow>();
  /** Its Genea integration. */
  readonly genea = new Register<GeneaRow>();
  /** Its Kisi integration of V2, and of V1 where both share one store. */
  readonly kisi = new Register<KisiRow>();
  /** Its Kisi integration of V1, where the versions have separate stores. */
  readonly kisiV1 = new Register<KisiRow>();
  /** Its groups of all types by uuid. */
  readonly groups = new Timeline<Group>();
  /** The badge events that webhooks have accepted. */
  readonly events: BadgeEvent[] = [];
  /** Location uuids by camera uuid. */
  readonly cameraLocations: ReadonlyMap<string, string>;
  /** The users who can be members of groups: all but deleted ones. */
  readonly userUuids: ReadonlySet<string>;

  /** `seed` is the initial data; users, cameras and locations in it never change. */
  constructor(readonly seed: SeedOrganization) {
    this.cameraLocations = new Map(seed.cameras.map((camera) => [camera.uuid, camera.locationUuid]));
    this.userUuids = new Set(seed.users.filter((user) => !user.deleted).map((user) => user.uuid));
  }

  /** The store that the V1 operations of Kisi work on. */
  kisiV1Store(behaviours: Behaviours): Register<KisiRow> {
    return behaviours.kisiVersions === "separate" ? this.kisiV1 : this.kisi;
  }
}

/** All data of an emulator. */
export class Store {
  /** Organizations by uuid. */
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly #byApiKey = new Map<string, { organization: Organization; userUuid: string }>();
  readonly #partners: ReadonlyMap<string, SeedPartner>;
  readonly #genea = new Map<string, GeneaAccount>();
  readonly #kisi = new Map<string, KisiAccount>();

  #lastWebhookId = 700_000;

  /** Takes the directory from a seed; `fillStore` adds the integrations and groups. */
  constructor(seed: Seed) {
    this.organizations = new Map(seed.organizations.map((each) => [each.uuid, new Organization(each)]));
    this.#partners = new Map(seed.partners.map((partner) => [partner.apiKey, partner]));
    for (const organization of this.organizations.values()) {
      for (const { key, userUuid } of organization.seed.apiKeys) this.#byApiKey.set(key, { organization, userUuid });
    }
    for (const account of seed.geneaAccounts) for (const key of account.apiTokens) this.#genea.set(key, account);
    for (const account of seed.kisiAccounts) for (const key of account.apiSecretKeys) this.#kisi.set(key, account);
  }

  /** The organization and the user that an API key belongs to. */
  findApiKey(key: string): { organization: Organization; userUuid: string } | undefined {
    return this.#byApiKey.get(key);
  }

  /** The partner that a partner key belongs to. */
  findPartner(key: string): SeedPartner | undefined {
    return this.#partners.get(key);
  }

  /** The Genea account that an API token opens. */
  findGeneaAccount(apiToken: string): GeneaAccount | undefined {
    return this.#genea.get(apiToken);
  }

  /** The Kisi account that an API secret key opens. */
  findKisiAccount(apiSecretKey: string): KisiAccount | undefined {
    return this.#kisi.get(apiSecretKey);
  }

  /** A new id for a webhook at Kisi. */
  nextWebhookId(): number {
    return ++this.#lastWebhookId;
  }

  /** The OnGuard deployment with this token, in any organization. */
  findOnGuard(
    rhombusToken: string,
  ): { organization: Organization; row: OnGuardRow; deployment: OnGuardDeployment } | undefined {
    for (const organization of this.organizations.values()) {
      const row = organization.onGuard.read();
      const deployment = row?.deployments.get(rhombusToken);
      if (row && deployment) return { organization, row, deployment };
    }
    return undefined;
  }
}

/** The place of a Kisi account with this key in the place map. */
export function findPlace(account: KisiAccount | undefined, key: string): KisiAccountPlace | undefined {
  return account?.places.find((place) => `${place.id}` === key);
}
