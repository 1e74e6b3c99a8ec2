import type { ConsoleGenea, ConsoleGroup, ConsoleKisi, ConsoleOnGuard } from "./consoleViews";
import { geneaFromSeed, groupFromSeed, kisiFromSeed, onGuardFromSeed, withDeployment } from "./data/fromSeed";
import { emptyOnGuardRow, newMembers } from "./data/newRows";
import type { BadgeEvent, DoorInfo, Doors, Group, KisiRow, OnGuardDeployment, OnGuardFlags } from "./data/rows";
import type { SeedGenea, SeedGroup, SeedKisi, SeedKisiPlace, SeedOnGuard } from "./data/seed";
import type { Organization, Store } from "./data/store";
import { onGuardWebhookPath } from "./domains/webhookPath";

/**
 * The web console of one organization: shows everything, secrets included, and changes it without a logged call. It
 * always shows the latest state, whatever the behaviours.
 */
export class OrganizationConsole {
  readonly #store: Store;
  readonly #organization: Organization;
  readonly #baseUrl: string;

  /** Called by `emulator.console`. */
  constructor(store: Store, organization: Organization, baseUrl: string) {
    this.#store = store;
    this.#organization = organization;
    this.#baseUrl = baseUrl;
  }

  /** All OnGuard deployments, oldest first. */
  onGuard(): ConsoleOnGuard[] {
    const deployments = this.#organization.onGuard.read()?.deployments.values() ?? [];
    return [...deployments].map(({ doors, ...each }) => ({
      ...each,
      webhookUrl: `${this.#baseUrl}${onGuardWebhookPath(each.rhombusToken)}`,
      doorInfoMap: Object.fromEntries(doors),
    }));
  }

  /** Tells whether OnGuard as a whole is enabled; false where it was never configured. */
  isOnGuardEnabled(): boolean {
    return this.#organization.onGuard.read()?.enabled ?? false;
  }

  /** Enables or disables OnGuard as a whole. */
  setOnGuardEnabled(enabled: boolean): void {
    this.#organization.onGuard.write({ ...(this.#organization.onGuard.read() ?? emptyOnGuardRow), enabled });
  }

  /** Adds a deployment, with a new token and secret unless they are given. Returns it. */
  addOnGuard(given: Partial<SeedOnGuard>): ConsoleOnGuard {
    const deployment = onGuardFromSeed(given);
    this.#organization.onGuard.write(withDeployment(this.#organization.onGuard.read(), deployment));
    return required(this.onGuard().find(({ rhombusToken }) => rhombusToken === deployment.rhombusToken));
  }

  /** Sets one door of a deployment, or removes it with undefined. Throws when there is no such deployment. */
  setOnGuardDoor(rhombusToken: string, key: string, door: DoorInfo | undefined): void {
    this.#changeOnGuard(rhombusToken, (each) => ({ ...each, doors: withDoor(each.doors, key, door) }));
  }

  /** Sets some flags of a deployment. Throws when there is no such deployment. */
  setOnGuardFlags(rhombusToken: string, flags: Partial<OnGuardFlags>): void {
    this.#changeOnGuard(rhombusToken, (each) => ({ ...each, flags: { ...each.flags, ...flags } }));
  }

  /** Renames a deployment. Throws when there is no such deployment. */
  setOnGuardDisplayName(rhombusToken: string, displayName: string | null): void {
    this.#changeOnGuard(rhombusToken, (each) => ({ ...each, displayName }));
  }

  /** Removes one deployment, or the whole OnGuard row when no token is given. */
  removeOnGuard(rhombusToken?: string): void {
    const row = this.#organization.onGuard.read();
    if (rhombusToken === undefined || !row) {
      this.#organization.onGuard.write(undefined);
      return;
    }
    const deployments = new Map(row.deployments);
    deployments.delete(rhombusToken);
    this.#organization.onGuard.write({ ...row, deployments });
  }

  /** The Genea integration, undefined when there is none. */
  genea(): ConsoleGenea | undefined {
    const row = this.#organization.genea.read();
    if (!row) return undefined;
    return { apiToken: row.apiToken, ...row.server, flags: row.flags, doorInfoMap: Object.fromEntries(row.doors) };
  }

  /**
   * Changes or creates the Genea integration. A door map replaces the stored one. Throws when it has no API token yet.
   */
  setGenea(change: Partial<SeedGenea>): void {
    this.#organization.genea.write(geneaFromSeed(change, this.#organization.genea.read()));
  }

  /** Sets one door of the Genea integration, or removes it with undefined. Throws when there is no integration. */
  setGeneaDoor(key: string, door: DoorInfo | undefined): void {
    const row = required(this.#organization.genea.read());
    this.#organization.genea.write({ ...row, doors: withDoor(row.doors, key, door) });
  }

  /** Removes the Genea integration. */
  removeGenea(): void {
    this.#organization.genea.write(undefined);
  }

  /** The Kisi integration, undefined when there is none. */
  kisi(): ConsoleKisi | undefined {
    return shownKisi(this.#organization.kisi.read());
  }

  /** The Kisi integration in the V1 store, for `kisiVersions: "separate"`; undefined when there is none. */
  kisiV1(): ConsoleKisi | undefined {
    return shownKisi(this.#organization.kisiV1.read());
  }

  /**
   * Changes or creates the Kisi integration. A given place replaces the stored one. Throws when it has no API key yet.
   */
  setKisi(change: Partial<SeedKisi>): void {
    this.#organization.kisi.write(kisiFromSeed(this.#store, change, this.#organization.kisi.read()));
  }

  /**
   * Changes or creates the Kisi integration in the V1 store, as {@link setKisi} does. Throws when it has no API key
   * yet.
   */
  setKisiV1(change: Partial<SeedKisi>): void {
    this.#organization.kisiV1.write(kisiFromSeed(this.#store, change, this.#organization.kisiV1.read()));
  }

  /** Sets one place of the Kisi integration, or removes it with undefined. Throws when there is no integration. */
  setKisiPlace(key: string, place: SeedKisiPlace | undefined): void {
    const row = required(this.#organization.kisi.read());
    if (place) {
      this.setKisi({ placeToSettingsMap: { [key]: place } });
      return;
    }
    const places = new Map(row.places);
    places.delete(key);
    this.#organization.kisi.write({ ...row, places });
  }

  /** Sets one door of a Kisi place, or removes it with undefined. Throws when there is no such place. */
  setKisiDoor(placeKey: string, key: string, door: DoorInfo | undefined): void {
    const row = required(this.#organization.kisi.read());
    const place = required(row.places.get(placeKey));
    const changed = { ...place, doors: withDoor(place.doors, key, door) };
    this.#organization.kisi.write({ ...row, places: new Map([...row.places, [placeKey, changed]]) });
  }

  /** Removes the Kisi integration from the stores of both versions. */
  removeKisi(): void {
    this.#organization.kisi.write(undefined);
    this.#organization.kisiV1.write(undefined);
  }

  /** All groups, those of guest management included, oldest first. */
  groups(): ConsoleGroup[] {
    return this.#organization.groups.values().map(({ uuid, type, name, description, locationUuid, members }) => {
      return { uuid, type, name, description, locationUuid, userUuids: [...members.keys()] };
    });
  }

  /** Adds a group. Returns its uuid. */
  addGroup(given: Omit<SeedGroup, "uuid"> & Partial<SeedGroup>): string {
    const group = groupFromSeed(given);
    this.#organization.groups.set(group.uuid, group);
    return group.uuid;
  }

  /** Changes name, description or location of a group. Throws when there is no such group. */
  setGroup(uuid: string, change: Partial<Pick<ConsoleGroup, "name" | "description" | "locationUuid">>): void {
    this.#changeGroup(uuid, (group) => {
      const changed = { ...group, ...change };
      return { ...changed, nameKey: changed.name.toLowerCase() };
    });
  }

  /** Sets the members of a group. Throws when there is no such group. */
  setGroupMembers(uuid: string, userUuids: readonly string[]): void {
    this.#changeGroup(uuid, (group) => {
      const stay = [...group.members].filter(([userUuid]) => userUuids.includes(userUuid));
      return { ...group, members: new Map([...newMembers(userUuids), ...stay]) };
    });
  }

  /** Removes a group. */
  removeGroup(uuid: string): void {
    this.#organization.groups.delete(uuid);
  }

  /** The badge events that webhooks have accepted, oldest first. */
  events(): BadgeEvent[] {
    return [...this.#organization.events];
  }

  #changeOnGuard(rhombusToken: string, change: (deployment: OnGuardDeployment) => OnGuardDeployment): void {
    const row = required(this.#organization.onGuard.read());
    const deployment = required(row.deployments.get(rhombusToken));
    this.#organization.onGuard.write(withDeployment(row, change(deployment)));
  }

  #changeGroup(uuid: string, change: (group: Group) => Group): void {
    const group = required(this.#organization.groups.get(uuid));
    this.#organization.groups.set(uuid, { ...change(group), updatedAtMillis: Date.now() });
  }
}

function shownKisi(row: KisiRow | undefined): ConsoleKisi | undefined {
  if (!row) return undefined;
  const { apiSecretKey, enabled, defaultOptions, v1 } = row;
  const places = [...row.places].map(([key, { doors, server, ...place }]) => {
    return [key, { ...place, ...server, doorInfoMap: Object.fromEntries(doors) }] as const;
  });
  const shown = { apiSecretKey, enabled, defaultOptions, placeToSettingsMap: Object.fromEntries(places) };
  if (!v1) return shown;
  const { flags, placeId, server, doors, doorToCameras } = v1;
  const maps = { doorInfoMap: Object.fromEntries(doors), doorToCameraMap: Object.fromEntries(doorToCameras) };
  return { ...shown, v1: { ...server, flags, placeId, ...maps } };
}

function withDoor(doors: Doors, key: string, door: DoorInfo | undefined): Doors {
  const changed = new Map(doors);
  if (door) changed.set(key, door);
  else changed.delete(key);
  return changed;
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("The organization has no such object.");
  return value;
}
