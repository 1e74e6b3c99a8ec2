import type { ConsoleKisi, DoorInfo, Emulator, KisiPlaceFlags, OrganizationConsole } from "../../../provider/emulator";
import { onGuardId } from "../../../provider/resources/onGuardIntegration/definition";
import type { ResourceType } from "../../../provider/resources/registry";
import { at, type Branch, branch, differences, isBranch, type Tree } from "./tree";

/** An object as the vendor has it. */
export interface RemoteObject {
  /** Which resource would stand for it. */
  readonly type: ResourceType;
  /** Its Pulumi id. */
  readonly id: string;
  /** What it holds, under the names that inputs have. */
  readonly tree: Branch;
  /** What the vendor has given it and what never changes, under the names that outputs have. */
  readonly secrets: Branch;
}

/** All objects of an organization. */
export type Remote = readonly RemoteObject[];

/** The id of the Kisi integration of the first version where that has a store of its own. */
const KISI_V1 = "kisi V1";

/**
 * Which of the remote objects a resource stands for.
 * @param resource Its type and id, and what its inputs or its state hold.
 * @param isKisiApart Whether the two versions of Kisi have a store each.
 */
export function remoteIdOf(
  { type, id }: { readonly type: ResourceType; readonly id: string },
  apiVersion: Tree | undefined,
  isKisiApart: boolean,
): string {
  return type === "KisiIntegration" && apiVersion === "V1" && isKisiApart ? KISI_V1 : id;
}

/**
 * Everything in an organization, as its console shows it.
 * @param emulator The vendor.
 * @param orgUuid The organization.
 */
export function remoteOf(emulator: Emulator, orgUuid: string): Remote {
  const console = emulator.console(orgUuid);
  return [...groups(console), ...onGuard(console), ...genea(console), ...kisi(console)];
}

function groups(console: OrganizationConsole): RemoteObject[] {
  return console.groups().map(({ uuid, name, description, locationUuid, userUuids }) => ({
    type: "AccessControlGroup",
    id: uuid,
    tree: { name, description, locationUuid, userUuids },
    secrets: {},
  }));
}

function onGuard(console: OrganizationConsole): RemoteObject[] {
  return console.onGuard().map(({ displayName, flags, doorInfoMap, rhombusToken, presharedSecret, webhookUrl }) => ({
    type: "OnGuardIntegration",
    id: onGuardId(rhombusToken),
    tree: { displayName, ...flags, doorInfoMap: doorsOf(doorInfoMap) },
    secrets: { rhombusToken, presharedSecret, webhookUrl },
  }));
}

function genea(console: OrganizationConsole): RemoteObject[] {
  const found = console.genea();
  if (found === undefined) return [];
  const { apiToken, flags, doorInfoMap, rhombusToken, refreshToken, webhookSignatureSecret } = found;
  return [
    {
      type: "GeneaIntegration",
      id: "genea",
      tree: { apiToken, ...flags, doorInfoMap: doorsOf(doorInfoMap) },
      secrets: { rhombusToken, refreshToken, webhookSignatureSecret },
    },
  ];
}

function kisi(console: OrganizationConsole): RemoteObject[] {
  const rows: [string, ConsoleKisi | undefined][] = [
    ["kisi", console.kisi()],
    [KISI_V1, console.kisiV1()],
  ];
  return rows.flatMap(([id, row]) => (row === undefined ? [] : [kisiObject(id, row)]));
}

function kisiObject(
  id: string,
  { apiSecretKey, enabled, defaultOptions, placeToSettingsMap, v1 }: ConsoleKisi,
): RemoteObject {
  const places = Object.entries(placeToSettingsMap).map(([key, place]) => {
    const { placeId, placeName, flags, doorInfoMap } = place;
    return [key, { placeId, placeName, ...flags, doorInfoMap: doorsOf(doorInfoMap) }] as const;
  });
  const tokens = Object.entries(placeToSettingsMap).map(([key, { rhombusToken }]) => [key, rhombusToken] as const);
  const shared = {
    apiSecretKey,
    enabled,
    defaultOptions: { ...defaultOptions },
    placeToSettingsMap: branch(places),
  };
  const secrets = { placeTokens: branch(tokens) };
  if (v1 === undefined) return { type: "KisiIntegration", id, tree: shared, secrets };
  const { flags, placeId, doorInfoMap, doorToCameraMap, rhombusToken } = v1;
  const maps = { doorInfoMap: doorsOf(doorInfoMap), doorToCameraMap: branch(Object.entries(doorToCameraMap)) };
  return {
    type: "KisiIntegration",
    id,
    tree: { ...shared, ...flags, placeId, ...maps },
    secrets: { ...secrets, rhombusToken },
  };
}

function doorsOf(doors: Readonly<Record<string, DoorInfo>>): Branch {
  return branch(Object.entries(doors).map(([key, door]) => [key, branch(Object.entries(door))]));
}

/**
 * Changes an object in the console, so that it holds what a tree says.
 * @param console The console of its organization.
 * @param object The object as it is.
 * @param tree What it is to hold.
 */
export function rewrite(console: OrganizationConsole, object: RemoteObject, tree: Tree | undefined): void {
  const changed = new Set(differences(object.tree, tree).map((path) => path.split("/")[0] ?? ""));
  const doors = (set: (key: string, door: DoorInfo | undefined) => void) => {
    if (changed.has("doorInfoMap")) setDoors(object.tree, tree, set);
  };
  switch (object.type) {
    case "AccessControlGroup":
      rewriteGroup(console, object, tree);
      break;
    case "OnGuardIntegration": {
      const token = String(object.secrets.rhombusToken);
      if (changed.has("displayName")) console.setOnGuardDisplayName(token, textAt(tree, "displayName"));
      console.setOnGuardFlags(token, { ...flagsIn(tree), badgeFaceVerificationMode: modeIn(tree) });
      doors((key, door) => console.setOnGuardDoor(token, key, door));
      break;
    }
    case "GeneaIntegration": {
      const own = { enabled: at(tree, "enabled") === true, indexFaces: at(tree, "indexFaces") === true };
      console.setGenea({ flags: { ...flagsIn(tree), ...own, badgeFaceVerificationMode: modeIn(tree) } });
      doors((key, door) => console.setGeneaDoor(key, door));
      break;
    }
    case "KisiIntegration":
      rewriteKisi(console, object, tree);
  }
}

function rewriteGroup(console: OrganizationConsole, object: RemoteObject, tree: Tree | undefined): void {
  console.setGroup(object.id, {
    name: textAt(tree, "name") ?? "",
    description: textAt(tree, "description"),
    locationUuid: textAt(tree, "locationUuid"),
  });
  const users = at(tree, "userUuids");
  console.setGroupMembers(object.id, Array.isArray(users) ? users.map(String) : []);
}

function rewriteKisi(console: OrganizationConsole, object: RemoteObject, tree: Tree | undefined): void {
  const options = at(tree, "defaultOptions");
  console.setKisi({
    enabled: at(tree, "enabled") === true,
    defaultOptions: { ...placeFlags(options), defaultOptionsEnabled: at(options, "defaultOptionsEnabled") === true },
  });
  const [was, will] = [at(object.tree, "placeToSettingsMap"), at(tree, "placeToSettingsMap")];
  for (const key of new Set([...Object.keys(was ?? {}), ...Object.keys(will ?? {})])) {
    const place = at(will, key);
    if (place === undefined) console.setKisiPlace(key, undefined);
    else if (differences(at(was, key), place).length > 0 || at(was, key) === undefined) {
      const placeName = textAt(place, "placeName") ?? "";
      console.setKisiPlace(key, { placeName, flags: placeFlags(place), doorInfoMap: doorsIn(place) });
    }
  }
}

function setDoors(was: Tree, will: Tree | undefined, set: (key: string, door: DoorInfo | undefined) => void): void {
  const doors = doorsIn(will);
  for (const key of new Set([...Object.keys(doorsIn(was)), ...Object.keys(doors)])) set(key, doors[key]);
}

/**
 * The doors in a tree, as the console takes them.
 * @param tree The tree of an integration or of a place.
 */
function doorsIn(tree: Tree | undefined): Record<string, DoorInfo> {
  const doors = at(tree, "doorInfoMap");
  return Object.fromEntries(Object.entries(isBranch(doors) ? doors : {}).map(([key, door]) => [key, doorOf(door)]));
}

function doorOf(door: Tree): DoorInfo {
  const cameras = at(door, "assignedCameraList");
  const texts = ["doorName", "locationUuid", "subLocationsHierarchyKey"].flatMap((name) => {
    const value = textAt(door, name);
    return value === null ? [] : [[name, value] as const];
  });
  const numbers = ["leadingSeconds", "clipDuration"].flatMap((name) => {
    const value = at(door, name);
    return typeof value === "number" ? [[name, value] as const] : [];
  });
  return {
    ...Object.fromEntries([...texts, ...numbers]),
    ...(Array.isArray(cameras) ? { assignedCameraList: cameras.map(String) } : {}),
    ...(at(door, "remoteUnlock") === true ? { remoteUnlock: true } : {}),
  };
}

function flagsIn(tree: Tree | undefined): KisiPlaceFlags & { readonly createAccessAnomalyAlerts: boolean } {
  return { ...placeFlags(tree), createAccessAnomalyAlerts: at(tree, "createAccessAnomalyAlerts") === true };
}

function placeFlags(tree: Tree | undefined): KisiPlaceFlags {
  const is = (name: string) => at(tree, name) === true;
  return {
    alertUnauthorizedFaces: is("alertUnauthorizedFaces"),
    badgeAuthDisablesAlarmMonitoring: is("badgeAuthDisablesAlarmMonitoring"),
    createSeekPoints: is("createSeekPoints"),
    identifyFacesFromBadge: is("identifyFacesFromBadge"),
    saveClips: is("saveClips"),
  };
}

function modeIn(tree: Tree | undefined): "OFF" | "SHADOW" | "SUPERVISED" | "AUTO" {
  const mode = at(tree, "badgeFaceVerificationMode");
  return mode === "SHADOW" || mode === "SUPERVISED" || mode === "AUTO" ? mode : "OFF";
}

/**
 * The text under a name; null where there is none.
 * @param tree Any tree.
 * @param name The name.
 */
function textAt(tree: Tree | undefined, name: string): string | null {
  const value = at(tree, name);
  return typeof value === "string" ? value : null;
}
