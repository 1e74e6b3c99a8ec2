import { code } from "../output/markdown";
import { memberOf } from "../pulumi/state";
import { type Account, type Danger, nothing, together } from "./danger";
import type { Values } from "./plan";
import { isHidden, isUnknown, membersOf, textFrom, type Wording } from "./wording";

/** Two sides of a map of doors. */
export interface DoorMaps {
  /** The doors before; `undefined` where they were not managed. */
  readonly before: unknown;
  /** The doors afterwards; `undefined` where they are not managed. */
  readonly after: unknown;
}

interface Door {
  readonly key: string;
  readonly values: Values;
}

/**
 * What a change of a map of doors comes to. A door that is taken out under one key and put in under another is one door that
 * got another key, where its name, or else all there is about it, says so without a doubt.
 * @param maps Both sides.
 * @param wording Puts values into words.
 * @param place The place that the doors are in, as Markdown; empty where there are no places.
 */
export function doorAccount({ before, after }: DoorMaps, wording: Wording, place = ""): Account {
  if (isHidden(before) || isHidden(after)) return hidden(`doors${place}`);
  if (isUnknown(after)) return { lines: [`doors${place}: known after the deployment`], dangers: [] };
  if (after === undefined || after === null) return released(before, place);
  const [old, next] = [doorsIn(before), doorsIn(after)];
  const gone = old.filter(({ key }) => !next.some((door) => door.key === key));
  const fresh = next.filter(({ key }) => !old.some((door) => door.key === key));
  const pairs = pairsOf(gone, fresh);
  const speak = new DoorSpeaker(wording, place);
  const kept = next.flatMap((door) => {
    const known = old.find(({ key }) => key === door.key);
    return known === undefined ? [] : [speak.changed(known, door)];
  });
  const removed = gone.filter((door) => !pairs.some(([from]) => from === door)).map((door) => speak.removed(door));
  const added = fresh.filter((door) => !pairs.some(([, to]) => to === door)).map((door) => speak.added(door));
  return together([...pairs.map(([from, to]) => speak.rekeyed(from, to)), ...kept, ...added, ...removed]);
}

/** Says what happens to one door. */
class DoorSpeaker {
  constructor(
    private readonly wording: Wording,
    private readonly place: string,
  ) {}

  added(door: Door): Account {
    const parts = Object.entries(door.values).flatMap(([field, value]) => this.part(field, value));
    const cameras = camerasOf(door.values) === 0 ? ["no cameras"] : [];
    const said = [...cameras, ...parts].join(", ");
    return { lines: [`new ${this.told(door)}: ${said}`], dangers: this.dangersOf(undefined, door) };
  }

  removed(door: Door): Account {
    const said = this.told(door);
    return { lines: [`removed ${said}`], dangers: [{ kind: "doorRemoved", said }] };
  }

  rekeyed(from: Door, to: Door): Account {
    const changes = this.changes(from, to);
    const cameras = changes.some(({ field }) => field === "assignedCameraList") ? [] : ["cameras unchanged"];
    const said = [...cameras, ...changes.map((change) => change.said)].join("; ");
    const name = nameOf(to) === "" ? "" : ` ${code(nameOf(to))}`;
    const line = `door${name}${this.place} has another key: ${code(from.key)} → ${code(to.key)}, ${said}`;
    return { lines: [line], dangers: this.dangersOf(from, to) };
  }

  changed(from: Door, to: Door): Account {
    const changes = this.changes(from, to);
    if (changes.length === 0) return nothing;
    const said = changes.map((change) => change.said).join("; ");
    return { lines: [`${this.told(to)}: ${said}`], dangers: this.dangersOf(from, to) };
  }

  private told(door: Door): string {
    const name = nameOf(door);
    return name === "" ? `door ${code(door.key)}${this.place}` : `door ${code(name)} (${code(door.key)})${this.place}`;
  }

  private part(field: string, value: unknown): string[] {
    if (field === "doorName" || camerasIn(value) === 0) return [];
    return [`${labelOf(field)} ${this.wording.value(field, value)}`];
  }

  private changes(from: Door, to: Door): { readonly field: string; readonly said: string }[] {
    return fieldsOf(from, to).flatMap((field) => {
      const [old, next] = [memberOf(from.values, field), memberOf(to.values, field)];
      if (isAlike(field, old, next)) return [];
      const both = `${this.wording.value(field, old)} → ${this.wording.value(field, next)}`;
      return [{ field, said: `${labelOf(field)} ${both}` }];
    });
  }

  private dangersOf(from: Door | undefined, to: Door): Danger[] {
    const old = from?.values ?? {};
    const said = this.told(to);
    const found: Danger[] = [];
    if (Object.values(to.values).some(isHidden)) found.push({ kind: "hidden", said });
    const [could, can] = [old.remoteUnlock, to.values.remoteUnlock];
    if (can === true && could !== true) found.push({ kind: "gainsUnlock", said });
    if (could === true && can !== true && !isUnknown(can)) found.push({ kind: "losesUnlock", said });
    const isNews = from === undefined || camerasOf(old) !== 0;
    if (isNews && camerasOf(to.values) === 0) found.push({ kind: "withoutCamera", said });
    return found;
  }
}

/**
 * What changes in the map of cameras by door that the first version of Kisi's operations has.
 * @param maps Both sides.
 * @param wording Puts values into words.
 */
export function cameraMapAccount({ before, after }: DoorMaps, wording: Wording): Account {
  const doors = (cameras: unknown) => {
    if (isHidden(cameras) || isUnknown(cameras) || cameras === undefined) return cameras;
    const entries = Object.entries(membersOf(cameras)).map(([key, list]) => [key, { assignedCameraList: list }]);
    return Object.fromEntries(entries);
  };
  return doorAccount({ before: doors(before), after: doors(after) }, wording);
}

function hidden(said: string): Account {
  return {
    lines: [`${said}: hidden, because the program makes a secret of them`],
    dangers: [{ kind: "hidden", said }],
  };
}

function released(before: unknown, place: string): Account {
  if (before === undefined || before === null) return nothing;
  return { lines: [`doors${place} are no longer managed; they stay as they are`], dangers: [] };
}

function doorsIn(map: unknown): Door[] {
  const doors = Object.entries(membersOf(map)).map(([key, values]): Door => {
    // Whatever is hidden or unknown, the cameras are part of it.
    if (isHidden(values) || isUnknown(values)) return { key, values: { assignedCameraList: values } };
    const given = Object.entries(membersOf(values)).filter(([, value]) => value !== undefined && value !== null);
    return { key, values: Object.fromEntries(given) };
  });
  return doors.sort((one, other) => one.key.localeCompare(other.key, "en", { numeric: true }));
}

/** Those that belong together beyond doubt: of one name that no other has on either side, or alike in everything. */
function pairsOf(gone: readonly Door[], fresh: readonly Door[]): (readonly [from: Door, to: Door])[] {
  const identities: readonly ((door: Door) => string)[] = [nameOf, (door) => contentOf(door)];
  const pairs: (readonly [from: Door, to: Door])[] = [];
  for (const identity of identities) {
    for (const from of gone.filter((door) => !pairs.some(([one]) => one === door))) {
      const wanted = identity(from);
      const same = (door: Door) => wanted !== "" && identity(door) === wanted;
      const [to, ...others] = fresh.filter((door) => same(door) && !pairs.some(([, one]) => one === door));
      if (to !== undefined && others.length === 0 && gone.filter(same).length === 1) pairs.push([from, to]);
    }
  }
  return pairs;
}

function nameOf({ values }: Door): string {
  const { doorName } = values;
  return typeof doorName === "string" && !isUnknown(doorName) && !isHidden(doorName) ? doorName : "";
}

/** All there is about a door; nothing where that says nothing, as for two doors that are both empty. */
function contentOf({ values }: Door): string {
  const names = Object.keys(values).sort();
  const says = names.some(
    (name) => name !== "remoteUnlock" && !isUnknown(values[name]) && camerasIn(values[name]) !== 0,
  );
  return says ? JSON.stringify(names.map((name) => [name, sorted(values[name])])) : "";
}

/** How many cameras watch a door; `undefined` where that is not known. */
function camerasOf(values: Values): number | undefined {
  return camerasIn(memberOf(values, "assignedCameraList") ?? []);
}

function camerasIn(list: unknown): number | undefined {
  return Array.isArray(list) ? list.length : undefined;
}

function fieldsOf(one: Door, other: Door): string[] {
  return [...new Set([...Object.keys(one.values), ...Object.keys(other.values)])].sort();
}

function isAlike(field: string, one: unknown, other: unknown): boolean {
  if (isUnknown(other) || isUnknown(one)) return false;
  if (isEmpty(field, one) && isEmpty(field, other)) return true;
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** What is not declared reads as the default does. */
function isEmpty(field: string, value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (field === "assignedCameraList") return camerasIn(value) === 0;
  return field === "remoteUnlock" && value === false;
}

/** The order of cameras makes no difference. */
function sorted(value: unknown): unknown {
  return Array.isArray(value) ? value.map(textFrom).sort() : (value ?? null);
}

const labels: ReadonlyMap<string, string> = new Map([
  ["assignedCameraList", "cameras"],
  ["doorName", "name"],
  ["locationUuid", "location"],
  ["remoteUnlock", "remote unlock"],
  ["leadingSeconds", "leading seconds"],
  ["clipDuration", "clip duration"],
  ["subLocationsHierarchyKey", "sub-locations"],
]);

function labelOf(field: string): string {
  return labels.get(field) ?? code(field);
}
