import { onGuardId } from "../../resources/onGuardIntegration/definition";
import { definitionOf, type ResourceType } from "../../resources/registry";
import type { RhombusApi } from "../../rhombus/api/api";
import { present } from "../../rhombus/api/evidence";
import type { OnGuardDeployment } from "../../rhombus/api/integrationListings";
import type { Camera } from "../../rhombus/api/schemas/directory";
import type { DoorInfoMap, PlaceSettings } from "../../rhombus/api/schemas/doors";
import type { GeneaSettings } from "../../rhombus/api/schemas/genea";
import type { Group } from "../../rhombus/api/schemas/groups";
import type { KisiSettingsV1, KisiSettingsV2 } from "../../rhombus/api/schemas/kisi";
import { RhombusError } from "../../rhombus/errors/rhombusError";
import { plainText, UNNAMED } from "../output/plainText";

/** A door of an integration. */
export interface Door {
  /** Its key in the map of doors. */
  readonly key: string;
  /** The key of its place; absent where doors have none, or it is not known. */
  readonly place?: string;
  /** It in words, such as `"Lobby" (1:4)`. */
  readonly said: string;
  /** Its cameras, as RUUIDs. */
  readonly cameras: readonly string[];
}

/** An object of the organization that a stack could manage. */
export interface LiveObject {
  /** The type of resource that would manage it. */
  readonly type: ResourceType;
  /** Its id as a resource. */
  readonly id: string;
  /** It in words, such as `OnGuard "HQ"`. */
  readonly said: string;
  /** What people call it; empty for what has no name of its own. */
  readonly name: string;
  /** The organization that it says it belongs to, where it does. */
  readonly orgUuid?: string;
}

/** An integration, or one deployment of it. */
export interface LiveIntegration extends LiveObject {
  /** Whether it is off. */
  readonly isOff: boolean;
  /** Its doors. */
  readonly doors: readonly Door[];
  /** Its places by key; empty where it has none. */
  readonly places: readonly string[];
  /** The doors that the server calls misconfigured, in words. */
  readonly misconfigured: readonly string[];
  /** Whether a read shows that its vendor does not accept the key. */
  readonly isKeyRefused: boolean;
}

/** Something that could not be looked at. */
export interface Unread {
  /** What. */
  readonly what: string;
  /** Why not. */
  readonly why: string;
}

/** What an organization has. */
export interface Inventory {
  /** Its integrations and deployments. */
  readonly integrations: readonly LiveIntegration[];
  /** Its access control groups. */
  readonly groups: readonly LiveObject[];
  /** Its cameras, those out of service too, by RUUID; `undefined` where they could not be read. */
  readonly cameras: ReadonlyMap<string, Camera> | undefined;
  /** What could not be read. */
  readonly unread: readonly Unread[];
}

/**
 * Reads what an organization has. What cannot be read does not keep the rest from being read.
 * @param api Rhombus.
 * @throws Error when nothing of it can be read.
 */
export async function takeInventory(api: RhombusApi): Promise<Inventory> {
  const unread: Unread[] = [];
  const part = async <T>(what: string, read: () => Promise<readonly T[]>): Promise<readonly T[] | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof RhombusError)) throw error;
      unread.push({ what, why: error.message });
      return undefined;
    }
  };
  const [deployments, geneas, kisis, groups, cameras] = await Promise.all([
    part("OnGuard", () => api.onGuard.fresh()),
    part("Genea", () => api.genea.fresh()),
    part("Kisi", () => kisiOf(api)),
    part("groups", () => api.groups.fresh()),
    part("cameras", () => api.list("getMinimalCameraStateList", { includeMummified: true })),
  ]);
  const [first] = unread;
  if (first !== undefined && [deployments, geneas, kisis, groups, cameras].every((each) => each === undefined)) {
    throw new Error(`Nothing could be looked at: ${first.why}`);
  }
  const integrations = [...(deployments ?? []).map(onGuard), ...(geneas ?? []).map(genea), ...(kisis ?? []).map(kisi)];
  return {
    integrations,
    groups: (groups ?? []).flatMap(group),
    cameras: cameras && new Map(cameras.map((camera) => [camera.uuid ?? "", camera])),
    unread: unread.sort((one, other) => one.what.localeCompare(other.what)),
  };
}

/** What only the first version of the operations shows; the second one is gone for nobody, the first may be. */
async function kisiOf(api: RhombusApi): Promise<readonly (KisiSettingsV1 | KisiSettingsV2)[]> {
  const current = await api.kisiV2.fresh();
  if (current.length > 0) return current;
  return api.kisiV1.fresh().catch((error: unknown) => {
    if (error instanceof RhombusError && error.kind === "notFound") return [];
    throw error;
  });
}

function onGuard({ token, settings, row }: OnGuardDeployment): LiveIntegration {
  const name = plainText(settings.displayName ?? "");
  return {
    type: "OnGuardIntegration",
    id: onGuardId(token),
    name,
    said: titleOf("OnGuardIntegration", name),
    ...owner(row.orgUuid),
    isOff: row.enabled === false,
    doors: doorsOf(settings.doorInfoMap),
    places: [],
    misconfigured: present(settings.misconfiguredDoors).map((door) => JSON.stringify(plainText(door))),
    isKeyRefused: false,
  };
}

function genea(settings: GeneaSettings): LiveIntegration {
  return {
    type: "GeneaIntegration",
    id: "genea",
    name: "",
    said: titleOf("GeneaIntegration"),
    ...owner(settings.orgUuid),
    isOff: settings.enabled === false,
    doors: doorsOf(settings.doorInfoMap),
    places: [],
    misconfigured: present(settings.misconfiguredDoors).map((door) => JSON.stringify(plainText(door))),
    isKeyRefused: settings.tokenValid === false,
  };
}

function kisi(settings: KisiSettingsV1 | KisiSettingsV2): LiveIntegration {
  const places = Object.entries(settings.placeToSettingsMap ?? {}).flatMap(([key, place]): [string, PlaceSettings][] =>
    place === null ? [] : [[key, place]],
  );
  return {
    type: "KisiIntegration",
    id: "kisi",
    name: "",
    said: titleOf("KisiIntegration"),
    ...("orgUuid" in settings ? owner(settings.orgUuid) : {}),
    isOff: settings.enabled === false,
    doors: [
      ...places.flatMap(([key, place]) =>
        doorsOf(place.doorInfoMap, `${placeSaid(key, place)}, `).map((door) => ({ ...door, place: key })),
      ),
      ...("doorInfoMap" in settings ? singlePlaceDoors(settings) : []),
    ],
    places: places.map(([key]) => key),
    misconfigured: places.flatMap(([key, place]) => misconfiguredIn(key, place)),
    isKeyRefused: false,
  };
}

/** The doors of the single place that the first version knew before there were several. */
function singlePlaceDoors({ doorInfoMap, doorToCameraMap }: KisiSettingsV1): Door[] {
  const older = Object.entries(doorToCameraMap ?? {}).filter(([key]) => doorInfoMap?.[key] === undefined);
  return [
    ...doorsOf(doorInfoMap),
    ...older.map(([key, cameras]) => ({ key, said: `door ${plainText(key)}`, cameras: uuidsIn(cameras) })),
  ];
}

function misconfiguredIn(key: string, place: PlaceSettings): string[] {
  return present(place.misconfiguredDoors).map((number) => {
    const door = place.doorInfoMap?.[String(number)];
    return `${placeSaid(key, place)}, ${doorSaid(String(number), door?.doorName)}`;
  });
}

function placeSaid(key: string, { placeName }: PlaceSettings): string {
  return placeName ? `place ${JSON.stringify(plainText(placeName))}` : `place ${key}`;
}

function doorsOf(doors: DoorInfoMap | null | undefined, before = ""): Door[] {
  return Object.entries(doors ?? {}).map(([key, door]) => ({
    key,
    said: `${before}${doorSaid(key, door?.doorName)}`,
    cameras: uuidsIn(door?.assignedCameraList),
  }));
}

function doorSaid(key: string, name: string | null | undefined): string {
  return name ? `door ${JSON.stringify(plainText(name))} (${plainText(key)})` : `door ${plainText(key)}`;
}

/** Cameras may be named with the facet that they show, as `….v0`. */
function uuidsIn(cameras: readonly (string | null)[] | null | undefined): string[] {
  return present(cameras).map((camera) => camera.split(".")[0] ?? "");
}

/** Guest management has groups of its own, which no resource manages. */
function group({ uuid, name, orgUuid, type }: Group): LiveObject[] {
  if (!uuid || type === "GUEST_MANAGEMENT_HOST") return [];
  const called = plainText(name ?? "");
  const said = titleOf("AccessControlGroup", called);
  return [{ type: "AccessControlGroup", id: uuid, name: called, said, ...owner(orgUuid) }];
}

function titleOf(type: ResourceType, name = ""): string {
  const { display } = definitionOf(type);
  if (display.name === undefined) return display.noun;
  return `${display.noun} ${name === "" ? UNNAMED : JSON.stringify(name)}`;
}

function owner(orgUuid: string | null | undefined): { readonly orgUuid?: string } {
  return orgUuid ? { orgUuid } : {};
}
