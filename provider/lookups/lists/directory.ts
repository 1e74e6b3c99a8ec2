import * as pulumi from "@pulumi/pulumi";
import { learnOrganization, refuseOther, refuseUnknownAbsence } from "../../core/ownership/organizationGuard";
import { programLog } from "../../programLog";
import type { RhombusApi } from "../../rhombus/api/api";
import type { OnGuardDeployment } from "../../rhombus/api/integrationListings";
import type { Camera, Location, PartnerClient, User } from "../../rhombus/api/schemas/directory";
import type { GeneaDoor } from "../../rhombus/api/schemas/genea";
import type { Group } from "../../rhombus/api/schemas/groups";
import type { KisiDoor, KisiPlace } from "../../rhombus/api/schemas/kisi";
import { connectionTo, settingsFrom } from "../../rhombus/connection";
import { Redactor } from "../../rhombus/redaction/redactor";

/** A listing that is kept for the whole run: however many look-ups ask, there is one call. */
class Kept<T> {
  #items: Promise<readonly T[]> | undefined;

  constructor(private readonly load: (fresh: boolean) => Promise<readonly T[]>) {}

  items(fresh = false): Promise<readonly T[]> {
    if (fresh || this.#items === undefined) {
      const items = this.load(fresh);
      this.#items = items;
      // A failed call is forgotten, so that a program that goes on may ask again.
      items.catch(() => {
        if (this.#items === items) this.#items = undefined;
      });
    }
    return this.#items;
  }
}

/** The organization as it reads to look-ups, who have nothing in a state that says which organization it is. */
const nothingKnown = { prior: {}, label: "what is looked up" };

/** What an organization has, as look-ups see it: one call for each kind of thing, and one for each vendor key. */
export class Directory {
  readonly #api: RhombusApi;
  readonly #redactor: Redactor;
  readonly #users: Kept<User>;
  readonly #cameras: Kept<Camera>;
  readonly #locations: Kept<Location>;
  readonly #groups: Kept<Group>;
  readonly #deployments: Kept<OnGuardDeployment>;
  readonly #clients: Kept<PartnerClient>;
  readonly #geneaDoors = new Map<string | undefined, Kept<GeneaDoor>>();
  readonly #kisiPlaces = new Map<string | undefined, Kept<KisiPlace>>();
  readonly #kisiDoors = new Map<string | undefined, Kept<readonly [place: string, doors: readonly KisiDoor[]]>>();

  /**
   * Opens a directory. Nothing is contacted yet.
   * @param api Rhombus.
   * @param redactor What knows the secrets of all calls to it.
   */
  constructor(api: RhombusApi, redactor: Redactor) {
    this.#api = api;
    this.#redactor = redactor;
    this.#users = new Kept(async () => this.#ours(await api.users.shared(), ({ orgUuid }) => orgUuid));
    this.#cameras = new Kept(() => api.cameras.shared());
    this.#locations = new Kept(() => api.locations.shared());
    this.#groups = new Kept(async (fresh) => {
      const groups = await (fresh ? api.groups.fresh() : api.groups.shared());
      return this.#ours(groups, ({ orgUuid }) => orgUuid);
    });
    this.#deployments = new Kept(async (fresh) => {
      const deployments = await (fresh ? api.onGuard.fresh() : api.onGuard.shared());
      return this.#ours(deployments, ({ row }) => row.orgUuid);
    });
    this.#clients = new Kept(() => api.list("getClientsV2", {}));
  }

  /** The organization's own users, deleted ones included. */
  users(): Promise<readonly User[]> {
    return this.#users.items();
  }

  /** The cameras that are in service. */
  cameras(): Promise<readonly Camera[]> {
    return this.#cameras.items();
  }

  /** The locations, each with those inside it. */
  locations(): Promise<readonly Location[]> {
    return this.#locations.items();
  }

  /**
   * The groups, all kinds.
   * @param fresh Whether only what is read from now on counts.
   */
  groups(fresh: boolean): Promise<readonly Group[]> {
    return this.#groups.items(fresh);
  }

  /**
   * The OnGuard deployments.
   * @param fresh Whether only what is read from now on counts.
   */
  deployments(fresh: boolean): Promise<readonly OnGuardDeployment[]> {
    return this.#deployments.items(fresh);
  }

  /** The organizations that a partner manages. */
  clients(): Promise<readonly PartnerClient[]> {
    return this.#clients.items();
  }

  /**
   * The doors at Genea.
   * @param apiToken Genea's key; without one, the key that Rhombus has.
   * @param fresh Whether only what is read from now on counts.
   */
  geneaDoors(apiToken: string | undefined, fresh: boolean): Promise<readonly GeneaDoor[]> {
    return keptFor(this.#geneaDoors, apiToken, () => this.#api.list("getGeneaDoors", { apiToken })).items(fresh);
  }

  /**
   * The places at Kisi.
   * @param apiSecretKey Kisi's key; without one, the key that Rhombus has.
   * @param fresh Whether only what is read from now on counts.
   */
  kisiPlaces(apiSecretKey: string | undefined, fresh: boolean): Promise<readonly KisiPlace[]> {
    const load = () => this.#api.list("getKisiPlaces", { apiSecretKey });
    return keptFor(this.#kisiPlaces, apiSecretKey, load).items(fresh);
  }

  /**
   * The doors at Kisi by place.
   * @param apiSecretKey Kisi's key; without one, the key that Rhombus has.
   * @param fresh Whether only what is read from now on counts.
   */
  kisiDoors(
    apiSecretKey: string | undefined,
    fresh: boolean,
  ): Promise<readonly (readonly [place: string, doors: readonly KisiDoor[]])[]> {
    const load = () => this.#api.list("getKisiDoors", { apiSecretKey });
    return keptFor(this.#kisiDoors, apiSecretKey, load).items(fresh);
  }

  /** The organization that the key opens; `undefined` where the key may not ask. */
  organization(): Promise<{ uuid: string; name?: string } | undefined> {
    return this.#api.organization();
  }

  /**
   * Refuses another organization than the settings name.
   * @throws LifecycleError when the key opens another one.
   */
  async refuseOtherOrganization(): Promise<void> {
    const api = this.#api;
    if (api.expectedOrganization !== undefined) await learnOrganization(api, nothingKnown);
  }

  /**
   * Refuses to believe that something is missing where it may be that of another organization than the settings name.
   * @throws LifecycleError when the key may not ask which organization it opens.
   */
  async refuseUnknownAbsence(): Promise<void> {
    const api = this.#api;
    if (api.expectedOrganization === undefined) return;
    const organization = (await api.organization())?.uuid;
    refuseUnknownAbsence({ organization, label: nothingKnown.label });
  }

  /**
   * Takes all texts in a value for secrets.
   * @param value The value.
   */
  learnSecrets(value: unknown): void {
    if (typeof value === "string") this.#redactor.add(value);
    else if (typeof value === "object" && value !== null) {
      for (const each of Object.values(value)) this.learnSecrets(each);
    }
  }

  /**
   * Takes all known secrets out of a text.
   * @param text The text.
   */
  redact(text: string): string {
    return this.#redactor.redact(text);
  }

  /** Where the key may not ask for its organization, what is read may still show it. */
  #ours<T>(items: readonly T[], orgUuidOf: (item: T) => string | null | undefined): readonly T[] {
    for (const item of items) {
      const actual = orgUuidOf(item) ?? undefined;
      refuseOther(this.#api, nothingKnown, { actual, what: "what was read belongs to" });
    }
    return items;
  }
}

const runs = new WeakMap<object, Map<string, Directory>>();
const withoutEngine = {};

/**
 * The directory under some settings. It lives as long as the run of the program: a process may run several, one after the
 * other or at once, when Pulumi's Automation API runs them inline.
 * @param given The settings of an explicit provider. Default: the stack config.
 * @throws SettingsError when settings are missing or wrong.
 */
export function directoryFor(given: Readonly<Record<string, string>> | undefined): Directory {
  const stack = new pulumi.Config("rhombus");
  const config = (key: string) => (given === undefined ? stack.get(key.replace(/^rhombus:/, "")) : given[key]);
  const redactor = new Redactor();
  const settings = settingsFrom({ config, env: process.env }, redactor);
  const run = pulumi.runtime.getMonitor() ?? withoutEngine;
  const directories = runs.get(run) ?? new Map<string, Directory>();
  runs.set(run, directories);
  const identity = JSON.stringify(settings);
  const directory = directories.get(identity) ?? new Directory(connectionTo(settings, redactor, outlets), redactor);
  directories.set(identity, directory);
  return directory;
}

const outlets = {
  warn: (message: string) => programLog.warn(`rhombus: ${message}`),
  log: programLog.info,
};

function keptFor<T>(
  all: Map<string | undefined, Kept<T>>,
  key: string | undefined,
  load: () => Promise<readonly T[]>,
): Kept<T> {
  const kept = all.get(key) ?? new Kept(load);
  all.set(key, kept);
  return kept;
}
