import type { Behaviours } from "../behaviours/behaviours";
import type { BadgeEvent, GeneaRow, Group, KisiRow, OnGuardDeployment, OnGuardRow } from "./rows";
import type { GeneaAccount, KisiAccount, Seed, SeedOrganization, SeedPartner } from "./seed";
import { Timeline } from "./timeline";

/** One value that may be missing, with its past. */
export class Register<Value> {
  readonly #timeline = new Timeline<Value>();

  /** What it holds, now or as it was at `asOfMillis`. */
  read(asOfMillis?: number): Value | undefined {
    return this.#timeline.get("", asOfMillis);
  }

  /** Puts a value in from `sinceMillis` on (default: now), or takes it out with undefined. */
  write(value: Value | undefined, sinceMillis?: number): void {
    if (value === undefined) this.#timeline.delete("");
    else this.#timeline.set("", value, sinceMillis);
  }
}

/** One organization and everything in it that can change. */
export class Organization {
  /** Its OnGuard row. */
  readonly onGuard = new Register<OnGuardRow>();
  /** Its Genea integration. */
  readonly genea = new Register<GeneaRow>();
  /** Its Kisi integration: V2, and V1 as well while both share one store. */
  readonly kisi = new Register<KisiRow>();
  /** Its Kisi integration of the V1 operations while these have a store of their own. */
  readonly kisiV1 = new Register<KisiRow>();
  /** Its groups of all types by uuid. */
  readonly groups = new Timeline<Group>();
  /** The badge events that webhooks have accepted. */
  readonly events: BadgeEvent[] = [];
  /** Where its cameras are: location uuid by camera uuid. */
  readonly cameraLocations: ReadonlyMap<string, string>;
  /** The users who can be members of groups: not those who were deleted. */
  readonly userUuids: ReadonlySet<string>;

  /** `seed` is what the organization started as; its directory never changes. */
  constructor(readonly seed: SeedOrganization) {
    this.cameraLocations = new Map(seed.cameras.map((camera) => [camera.uuid, camera.locationUuid]));
    this.userUuids = new Set(seed.users.filter((user) => !user.deleted).map((user) => user.uuid));
  }

  /** The store that the V1 operations of Kisi work on. */
  kisiV1Store(behaviours: Behaviours): Register<KisiRow> {
    return behaviours.kisiVersions === "separate" ? this.kisiV1 : this.kisi;
  }
}

/** All that an emulator knows. */
export class Store {
  /** Organizations by uuid. */
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly #byApiKey = new Map<string, { organization: Organization; userUuid: string }>();
  readonly #partners: ReadonlyMap<string, SeedPartner>;
  readonly #genea = new Map<string, GeneaAccount>();
  readonly #kisi = new Map<string, KisiAccount>();

  #lastWebhookId = 700_000;

  /** Starts with the directory of a seed; what can change is planted by `plant`. */
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

  /** The id of one more webhook at Kisi. */
  nextWebhookId(): number {
    return ++this.#lastWebhookId;
  }

  /** The OnGuard deployment that a webhook's path names, in whatever organization it is. */
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
