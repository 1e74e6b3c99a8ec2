import type { Observed } from "../../core/resource/definition";
import { definitionOf, type ResourceType, resourceTypes } from "../../resources/registry";
import type { RhombusApi } from "../../rhombus/api/api";
import type { Camera } from "../../rhombus/api/schemas/directory";
import { type Entry, entriesIn, isDoor, referencesIn } from "../entries";
import { listObjects } from "../listObjects";
import { plainText, quoted, UNNAMED } from "../output/plainText";
import { itemsOf } from "../pulumi/state";
import { attemptNoting, type Unread } from "../unread";

/** An object of the organization that a stack could manage. */
export interface AuditedObject {
  /** The resource type that can manage it. */
  readonly type: ResourceType;
  /** The id of such a resource. */
  readonly id: string;
  /** The label, such as `OnGuard "HQ"`. */
  readonly label: string;
  /** The name; `undefined` for a singleton. */
  readonly name: string | undefined;
  /** The RUUID of its organization; `undefined` if reads do not return it. */
  readonly orgUuid: string | undefined;
  /** True if the integration is disabled. */
  readonly isDisabled: boolean;
  /** True if Rhombus reports that the badge vendor does not accept the key. */
  readonly isKeyRefused: boolean;
  /** The keys of its places. */
  readonly places: readonly string[];
  /** Its doors: the entries that can have cameras. */
  readonly doors: readonly Door[];
  /** The doors that Rhombus reports as misconfigured, as text. */
  readonly misconfigured: readonly string[];
}

/** A door of an integration. */
export interface Door {
  /** The key in the map of doors. */
  readonly key: string;
  /** The key of its place; `undefined` if doors have no place, or it is unknown. */
  readonly place: string | undefined;
  /** The label, such as `door "Lobby" (1:4)`. */
  readonly label: string;
  /** The RUUIDs of its cameras. */
  readonly cameras: readonly string[];
}

/** The objects of an organization. */
export interface Inventory {
  /** The objects that a stack could manage. */
  readonly objects: readonly AuditedObject[];
  /** The cameras by RUUID, including those out of service; `undefined` if they could not be read. */
  readonly cameras: ReadonlyMap<string, Camera> | undefined;
  /** The lists that could not be read. */
  readonly unread: readonly Unread[];
}

/**
 * Reads the objects of an organization. A list that cannot be read does not stop the others.
 * @param api The Rhombus API.
 * @throws Error if no list can be read.
 */
export async function readInventory(api: RhombusApi): Promise<Inventory> {
  const unread: Unread[] = [];
  const attempt = attemptNoting(unread);
  const [cameras, ...lists] = await Promise.all([
    attempt("cameras", api.list("getMinimalCameraStateList", { includeMummified: true })),
    ...resourceTypes.map((type) => attempt(type, auditedObjectsOf(api, type))),
  ]);
  const [first] = unread;
  if (first !== undefined && unread.length === lists.length + 1) throw new Error(`Nothing could be read: ${first.why}`);
  return {
    objects: lists.flatMap((list) => list ?? []),
    cameras: cameras && new Map(cameras.map((camera) => [camera.uuid ?? "", camera])),
    unread: unread.sort((one, other) => one.what.localeCompare(other.what)),
  };
}

async function auditedObjectsOf(api: RhombusApi, type: ResourceType): Promise<AuditedObject[]> {
  const { items } = await listObjects(api, type, true);
  return items.map((observed) => auditedObject(type, observed));
}

function auditedObject(type: ResourceType, { id, orgUuid, values, outputs }: Observed): AuditedObject {
  const { display, fields } = definitionOf(type);
  const entries = entriesIn(fields, values);
  const name = display.name === undefined ? undefined : plainText(String(values[display.name] ?? ""));
  const label = name === undefined ? "" : ` ${name === "" ? UNNAMED : quoted(name)}`;
  const doors = entries.filter(({ field }) => isDoor(field));
  return {
    type,
    id,
    label: `${display.noun}${label}`,
    name,
    orgUuid,
    isDisabled: (values.enabled ?? outputs.enabled) === false,
    isKeyRefused: outputs.tokenValid === false,
    places: entries.filter(({ field }) => !isDoor(field)).map(({ key }) => key),
    doors: doors.map(doorOf),
    misconfigured: misconfiguredDoors(itemsOf(outputs.misconfiguredDoors).map(String), doors),
  };
}

/** A camera reference may end with a facet, such as `.v0`. */
function doorOf(entry: Entry): Door {
  const { key, field, value, outer } = entry;
  const cameras = referencesIn(field, value).filter(({ of }) => of === "camera");
  return {
    key,
    place: outer?.key,
    label: labelOf(entry),
    cameras: cameras.map(({ uuid }) => uuid.split(".")[0] ?? ""),
  };
}

function labelOf({ noun, key, name, outer }: Entry): string {
  const label = name === undefined ? `${noun} ${plainText(key)}` : `${noun} ${quoted(name)} (${plainText(key)})`;
  return outer === undefined
    ? label
    : `${outer.noun} ${outer.name ? quoted(outer.name) : plainText(outer.key)}, ${label}`;
}

/** Rhombus reports the name of a misconfigured door, or its key if it has no name. Several doors may have one name. */
function misconfiguredDoors(reported: readonly string[], doors: readonly Entry[]): string[] {
  const labels = new Map<string, string | undefined>();
  for (const door of doors) {
    const name = door.name ?? door.key;
    labels.set(name, labels.has(name) ? undefined : labelOf(door));
  }
  return reported.map((each) => labels.get(each) ?? quoted(each));
}
