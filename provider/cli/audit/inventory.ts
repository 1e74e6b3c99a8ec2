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
  /** The key in the map of doors. */
  readonly key: string;
  /** The key of its place; absent if doors have no place, or it is unknown. */
  readonly place?: string;
  /** The label, such as `door "Lobby" (1:4)`. */
  readonly label: string;
  /** The RUUIDs of its cameras. */
  readonly cameras: readonly string[];
}

/** An object of the organization that a stack could manage. */
export interface LiveObject {
  /** The resource type that can manage it. */
  readonly type: ResourceType;
  /** The id of such a resource. */
  readonly id: string;
  /** The label, such as `OnGuard "HQ"`. */
  readonly label: string;
  /** The name; empty for integrations that have none. */
  readonly name: string;
  /** The RUUID of its organization; absent if reads do not return it. */
  readonly orgUuid?: string;
}

/** An integration, or one OnGuard deployment. */
export interface LiveIntegration extends LiveObject {
  /** True if the integration is disabled. */
  readonly isDisabled: boolean;
  /** The doors. */
  readonly doors: readonly Door[];
  /** The keys of its places; empty for integrations without places. */
  readonly places: readonly string[];
  /** The labels of doors that Rhombus reports as misconfigured. */
  readonly misconfigured: readonly string[];
  /** True if Rhombus reports that the third party does not accept the key. */
  readonly isKeyRefused: boolean;
}

/** A check that could not be made. */
export interface Unread {
  /** The subject of the check. */
  readonly what: string;
  /** The reason why it failed. */
  readonly why: string;
}

/** The objects of an organization. */
export interface Inventory {
  /** The integrations and OnGuard deployments. */
  readonly integrations: readonly LiveIntegration[];
  /** The access control groups. */
  readonly groups: readonly LiveObject[];
  /** The cameras by RUUID, including those out of service; `undefined` if they could not be read. */
  readonly cameras: ReadonlyMap<string, Camera> | undefined;
  /** The lists that could not be read. */
  readonly unread: readonly Unread[];
}

/**
 * Reads the objects of an organization. A list that cannot be read does not stop the others.
 * @param api The Rhombus API.
 * @throws Error when no list can be read.
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
    part("groups", () => api.listing("findAccessControlGroupsByOrg").fresh()),
    part("cameras", () => api.list("getMinimalCameraStateList", { includeMummified: true })),
  ]);
  const [first] = unread;
  if (first !== undefined && [deployments, geneas, kisis, groups, cameras].every((each) => each === undefined)) {
    throw new Error(`Nothing could be read: ${first.why}`);
  }
  const integrations = [...(deployments ?? []).map(onGuard), ...(geneas ?? []).map(genea), ...(kisis ?? []).map(kisi)];
  return {
    integrations,
    groups: (groups ?? []).flatMap(group),
    cameras: cameras && new Map(cameras.map((camera) => [camera.uuid ?? "", camera])),
    unread: unread.sort((one, other) => one.what.localeCompare(other.what)),
  };
}

/** Version 1 is read only if version 2 shows nothing, because an organization may not have version 1 any more. */
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
    label: labelOf("OnGuardIntegration", name),
    ...owner(row.orgUuid),
    isDisabled: row.enabled === false,
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
    label: labelOf("GeneaIntegration"),
    ...owner(settings.orgUuid),
    isDisabled: settings.enabled === false,
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
    label: labelOf("KisiIntegration"),
    ...("orgUuid" in settings ? owner(settings.orgUuid) : {}),
    isDisabled: settings.enabled === false,
    doors: [
      ...places.flatMap(([key, place]) =>
        doorsOf(place.doorInfoMap, `${placeLabel(key, place)}, `).map((door) => ({ ...door, place: key })),
      ),
      ...("doorInfoMap" in settings ? singlePlaceDoors(settings) : []),
    ],
    places: places.map(([key]) => key),
    misconfigured: places.flatMap(([key, place]) => misconfiguredIn(key, place)),
    isKeyRefused: false,
  };
}

/** The doors of the single place of version 1. */
function singlePlaceDoors({ doorInfoMap, doorToCameraMap }: KisiSettingsV1): Door[] {
  const older = Object.entries(doorToCameraMap ?? {}).filter(([key]) => !Object.hasOwn(doorInfoMap ?? {}, key));
  return [
    ...doorsOf(doorInfoMap),
    ...older.map(([key, cameras]) => ({ key, label: `door ${plainText(key)}`, cameras: uuidsIn(cameras) })),
  ];
}

function misconfiguredIn(key: string, place: PlaceSettings): string[] {
  return present(place.misconfiguredDoors).map((number) => {
    const door = place.doorInfoMap?.[String(number)];
    return `${placeLabel(key, place)}, ${doorLabel(String(number), door?.doorName)}`;
  });
}

function placeLabel(key: string, { placeName }: PlaceSettings): string {
  return placeName ? `place ${JSON.stringify(plainText(placeName))}` : `place ${key}`;
}

function doorsOf(doors: DoorInfoMap | null | undefined, before = ""): Door[] {
  return Object.entries(doors ?? {}).map(([key, door]) => ({
    key,
    label: `${before}${doorLabel(key, door?.doorName)}`,
    cameras: uuidsIn(door?.assignedCameraList),
  }));
}

function doorLabel(key: string, name: string | null | undefined): string {
  return name ? `door ${JSON.stringify(plainText(name))} (${plainText(key)})` : `door ${plainText(key)}`;
}

/** A camera reference may end with a facet, such as `.v0`. */
function uuidsIn(cameras: readonly (string | null)[] | null | undefined): string[] {
  return present(cameras).map((camera) => camera.split(".")[0] ?? "");
}

/** Groups of guest management are left out, because no resource can manage them. */
function group({ uuid, name, orgUuid, type }: Group): LiveObject[] {
  if (!uuid || type === "GUEST_MANAGEMENT_HOST") return [];
  const plain = plainText(name ?? "");
  const label = labelOf("AccessControlGroup", plain);
  return [{ type: "AccessControlGroup", id: uuid, name: plain, label, ...owner(orgUuid) }];
}

function labelOf(type: ResourceType, name = ""): string {
  const { display } = definitionOf(type);
  if (display.name === undefined) return display.noun;
  return `${display.noun} ${name === "" ? UNNAMED : JSON.stringify(name)}`;
}

function owner(orgUuid: string | null | undefined): { readonly orgUuid?: string } {
  return orgUuid ? { orgUuid } : {};
}
