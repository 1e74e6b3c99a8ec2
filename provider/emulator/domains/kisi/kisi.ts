import type { Organization, Store } from "../../data/store";
import type { Table } from "../../page/table";
import { type DoorInfo, type DoorRecord, withDoor } from "../badge/doors";
import type { KisiPlaceFlags } from "../badge/flags";
import { type ConsoleContext, type Domain, required } from "../domain";
import { kisiTables } from "./kisiTables";
import { operations } from "./operations";
import {
  type KisiDefaultOptions,
  type KisiPlace,
  type KisiSeed,
  type KisiServerFields,
  type KisiV1Fields,
  type KisiV1Flags,
  kisiOf,
  type SeedKisi,
  type SeedKisiPlace,
  type SeedKisiV1,
  type StoredKisi,
  separateKisiV1Of,
  storedKisiFrom,
} from "./storedKisi";

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
  readonly doorInfoMap: DoorRecord;
}

/** The V1 part of a Kisi integration as the console shows it. */
export interface ConsoleKisiV1 extends KisiServerFields {
  /** Reactions to badge events. */
  readonly flags: KisiV1Flags;
  /** The only place of a single-place integration, null when there is none. */
  readonly placeId: number | null;
  /** Its doors by Kisi door id; a field that is not set is absent. */
  readonly doorInfoMap: DoorRecord;
  /** Cameras by door, the oldest form. */
  readonly doorToCameraMap: Readonly<Record<string, readonly string[]>>;
}

/** The Kisi integration of an organization, by both versions of its operations. */
export const kisi = {
  operations,
  load(organization: Organization, { kisi: seeded, kisiV1: seededV1 }: KisiSeed, store: Store) {
    if (seeded) kisiOf(organization).write(storedKisiFrom(store, seeded), Number.NEGATIVE_INFINITY);
    if (seededV1) separateKisiV1Of(organization).write(storedKisiFrom(store, seededV1), Number.NEGATIVE_INFINITY);
  },
  save: (organization: Organization): KisiSeed => ({
    kisi: toSeed(kisiOf(organization).read()),
    kisiV1: toSeed(separateKisiV1Of(organization).read()),
  }),
  remains: (organization: Organization) => [
    ...(kisiOf(organization).read() ? ["Kisi integration"] : []),
    ...(separateKisiV1Of(organization).read() ? ["Kisi integration of V1"] : []),
  ],
  console({ organization, store }: ConsoleContext) {
    const [register, registerV1] = [kisiOf(organization), separateKisiV1Of(organization)];
    const set = (change: Partial<SeedKisi>) => register.write(storedKisiFrom(store, change, register.read()));
    return {
      /** The Kisi integration, undefined when there is none. */
      kisi: (): ConsoleKisi | undefined => shown(register.read()),
      /** The Kisi integration in the V1 store, for `kisiVersions: "separate"`; undefined when there is none. */
      kisiV1: (): ConsoleKisi | undefined => shown(registerV1.read()),
      /**
       * Changes or creates the Kisi integration. A given place replaces the stored one. Throws if it has no API key
       * yet.
       */
      setKisi: (change: Partial<SeedKisi>): void => set(change),
      /**
       * Changes or creates the Kisi integration in the V1 store, as `setKisi` does. Throws if it has no API key yet.
       */
      setKisiV1: (change: Partial<SeedKisi>): void =>
        registerV1.write(storedKisiFrom(store, change, registerV1.read())),
      /** Sets one place of the Kisi integration, or removes it with undefined. Throws if there is no integration. */
      setKisiPlace(key: string, place: SeedKisiPlace | undefined): void {
        const stored = required(register.read());
        if (place) set({ placeToSettingsMap: { [key]: place } });
        else register.write({ ...stored, places: new Map([...stored.places].filter(([each]) => each !== key)) });
      },
      /** Sets one door of a Kisi place, or removes it with undefined. Throws if there is no such place. */
      setKisiDoor(placeKey: string, key: string, door: DoorInfo | undefined): void {
        const stored = required(register.read());
        const place = required(stored.places.get(placeKey));
        const changed = { ...place, doors: withDoor(place.doors, key, door) };
        register.write({ ...stored, places: new Map([...stored.places, [placeKey, changed]]) });
      },
      /** Removes the Kisi integration from the stores of both versions. */
      removeKisi(): void {
        register.write(undefined);
        registerV1.write(undefined);
      },
    };
  },
  tables: (context: ConsoleContext): Table[] => kisiTables(context.organization, kisi.console(context)),
} satisfies Domain;

function shown(stored: StoredKisi | undefined): ConsoleKisi | undefined {
  if (!stored) return undefined;
  const { apiSecretKey, enabled, defaultOptions, v1 } = stored;
  const places = [...stored.places].map(([key, { doors, server, ...place }]) => {
    return [key, { ...place, ...server, doorInfoMap: Object.fromEntries(doors) }] as const;
  });
  const shared = { apiSecretKey, enabled, defaultOptions, placeToSettingsMap: Object.fromEntries(places) };
  return v1 ? { ...shared, v1: shownV1(v1) } : shared;
}

function shownV1({ doors, doorToCameras, server, enabledBy: _past, ...others }: KisiV1Fields): ConsoleKisiV1 {
  const maps = { doorInfoMap: Object.fromEntries(doors), doorToCameraMap: Object.fromEntries(doorToCameras) };
  return { ...server, ...others, ...maps };
}

function toSeed(stored: StoredKisi | undefined): SeedKisi | undefined {
  if (!stored) return undefined;
  const { places, v1, audit: _past, ...others } = stored;
  const saved = [...places].map(([key, place]) => [key, placeToSeed(place)] as const);
  return { ...others, placeToSettingsMap: Object.fromEntries(saved), v1: v1 && v1ToSeed(v1) };
}

function placeToSeed({ placeId, placeName, doors, ...others }: KisiPlace): SeedKisiPlace {
  const named = { placeId: placeId ?? undefined, placeName: placeName ?? undefined };
  return { ...others, ...named, doorInfoMap: Object.fromEntries(doors) };
}

function v1ToSeed({ placeId, doors, doorToCameras, enabledBy: _past, ...others }: KisiV1Fields): SeedKisiV1 {
  const maps = { doorInfoMap: Object.fromEntries(doors), doorToCameraMap: Object.fromEntries(doorToCameras) };
  return { ...others, placeId: placeId ?? undefined, ...maps };
}
