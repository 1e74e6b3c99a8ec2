import { code } from "../output/markdown";
import { memberOf } from "../pulumi/state";
import { type ChangeDescription, type Danger, joined, noChange, type Sides } from "./danger";
import type { Values } from "./plan";
import { isSecret, isUnknown, membersOf, textFrom, type ValueFormatter } from "./valueFormatter";

interface Door {
  readonly key: string;
  readonly values: Values;
}

/**
 * Describes the changes of a map of doors. A door that is removed under one key and added under another counts as one door with
 * a new key, if its name or all its settings identify it.
 * @param maps The doors before and after.
 * @param formatter Formats values.
 * @param place A suffix that names the place of the doors, as Markdown. Default: none.
 */
export function describeDoors({ before, after }: Sides, formatter: ValueFormatter, place = ""): ChangeDescription {
  if (isSecret(before) || isSecret(after)) return secret(`doors${place}`);
  if (isUnknown(after)) return { lines: [`doors${place}: unknown until the deployment`], dangers: [] };
  if (after === undefined || after === null) return released(before, place);
  const [old, next] = [doorsIn(before), doorsIn(after)];
  const removedDoors = old.filter(({ key }) => !next.some((door) => door.key === key));
  const addedDoors = next.filter(({ key }) => !old.some((door) => door.key === key));
  const pairs = pairsOf(removedDoors, addedDoors);
  const writer = new DoorWriter(formatter, place);
  const changed = next.flatMap((door) => {
    const from = old.find(({ key }) => key === door.key);
    return from === undefined ? [] : [writer.changed(from, door)];
  });
  const removed = removedDoors
    .filter((door) => !pairs.some(([from]) => from === door))
    .map((door) => writer.removed(door));
  const added = addedDoors.filter((door) => !pairs.some(([, to]) => to === door)).map((door) => writer.added(door));
  return joined([...pairs.map(([from, to]) => writer.rekeyed(from, to)), ...changed, ...added, ...removed]);
}

/** Describes the changes of one door. */
class DoorWriter {
  constructor(
    private readonly formatter: ValueFormatter,
    private readonly place: string,
  ) {}

  added(door: Door): ChangeDescription {
    const parts = Object.entries(door.values).flatMap(([field, value]) => this.part(field, value));
    const cameras = camerasOf(door.values) === 0 ? ["no cameras"] : [];
    return {
      lines: [`new ${this.label(door)}: ${[...cameras, ...parts].join(", ")}`],
      dangers: this.dangersOf(undefined, door),
    };
  }

  removed(door: Door): ChangeDescription {
    const text = this.label(door);
    return { lines: [`removed ${text}`], dangers: [{ kind: "doorRemoved", text }] };
  }

  rekeyed(from: Door, to: Door): ChangeDescription {
    const changes = this.changes(from, to);
    const cameras = changes.some(({ field }) => field === "assignedCameraList") ? [] : ["cameras unchanged"];
    const text = [...cameras, ...changes.map((change) => change.text)].join("; ");
    const name = nameOf(to) === "" ? "" : ` ${code(nameOf(to))}`;
    const line = `door${name}${this.place} has another key: ${code(from.key)} → ${code(to.key)}, ${text}`;
    return { lines: [line], dangers: this.dangersOf(from, to) };
  }

  changed(from: Door, to: Door): ChangeDescription {
    const changes = this.changes(from, to);
    if (changes.length === 0) return noChange;
    const text = changes.map((change) => change.text).join("; ");
    return { lines: [`${this.label(to)}: ${text}`], dangers: this.dangersOf(from, to) };
  }

  private label(door: Door): string {
    const name = nameOf(door);
    return name === "" ? `door ${code(door.key)}${this.place}` : `door ${code(name)} (${code(door.key)})${this.place}`;
  }

  private part(field: string, value: unknown): string[] {
    if (field === "doorName" || camerasIn(value) === 0) return [];
    return [`${labelOf(field)} ${this.formatter.value(field, value)}`];
  }

  private changes(from: Door, to: Door): { readonly field: string; readonly text: string }[] {
    return fieldsOf(from, to).flatMap((field) => {
      const [old, next] = [memberOf(from.values, field), memberOf(to.values, field)];
      if (isAlike(field, old, next)) return [];
      const both = `${this.formatter.value(field, old)} → ${this.formatter.value(field, next)}`;
      return [{ field, text: `${labelOf(field)} ${both}` }];
    });
  }

  private dangersOf(from: Door | undefined, to: Door): Danger[] {
    const old = from?.values ?? {};
    const text = this.label(to);
    const found: Danger[] = [];
    if (Object.values(to.values).some(isSecret)) found.push({ kind: "secret", text });
    const [could, can] = [old.remoteUnlock, to.values.remoteUnlock];
    if (can === true && could !== true) found.push({ kind: "gainsUnlock", text });
    if (could === true && can !== true && !isUnknown(can)) found.push({ kind: "losesUnlock", text });
    const isChange = from === undefined || camerasOf(old) !== 0;
    if (isChange && camerasOf(to.values) === 0) found.push({ kind: "withoutCamera", text });
    return found;
  }
}

/**
 * Describes the changes of a map of cameras by door, which version 1 of Kisi's operations has.
 * @param maps The map before and after.
 * @param formatter Formats values.
 */
export function describeCameraMap({ before, after }: Sides, formatter: ValueFormatter): ChangeDescription {
  const doors = (cameras: unknown) => {
    if (isSecret(cameras) || isUnknown(cameras) || cameras === undefined) return cameras;
    const entries = Object.entries(membersOf(cameras)).map(([key, list]) => [key, { assignedCameraList: list }]);
    return Object.fromEntries(entries);
  };
  return describeDoors({ before: doors(before), after: doors(after) }, formatter);
}

function secret(text: string): ChangeDescription {
  return {
    lines: [`${text}: (secret), because the program declares them as a secret`],
    dangers: [{ kind: "secret", text }],
  };
}

function released(before: unknown, place: string): ChangeDescription {
  if (before === undefined || before === null) return noChange;
  return { lines: [`doors${place} are no longer managed; they stay unchanged`], dangers: [] };
}

function doorsIn(map: unknown): Door[] {
  const doors = Object.entries(membersOf(map)).map(([key, values]): Door => {
    // If the whole door is secret or unknown, so are its cameras.
    if (isSecret(values) || isUnknown(values)) return { key, values: { assignedCameraList: values } };
    const given = Object.entries(membersOf(values)).filter(([, value]) => value !== undefined && value !== null);
    return { key, values: Object.fromEntries(given) };
  });
  return doors.sort((one, other) => one.key.localeCompare(other.key, "en", { numeric: true }));
}

/** A pair has a name that is unique on both sides, or settings that are. */
function pairsOf(removedDoors: readonly Door[], addedDoors: readonly Door[]): (readonly [from: Door, to: Door])[] {
  const identities: readonly ((door: Door) => string)[] = [nameOf, (door) => contentOf(door)];
  const pairs: (readonly [from: Door, to: Door])[] = [];
  for (const identity of identities) {
    for (const from of removedDoors.filter((door) => !pairs.some(([one]) => one === door))) {
      const wanted = identity(from);
      const same = (door: Door) => wanted !== "" && identity(door) === wanted;
      const [to, ...others] = addedDoors.filter((door) => same(door) && !pairs.some(([, one]) => one === door));
      if (to !== undefined && others.length === 0 && removedDoors.filter(same).length === 1) pairs.push([from, to]);
    }
  }
  return pairs;
}

function nameOf({ values }: Door): string {
  const { doorName } = values;
  return typeof doorName === "string" && !isUnknown(doorName) && !isSecret(doorName) ? doorName : "";
}

/** All settings of a door; empty if they do not identify it, as those of a door without cameras and name. */
function contentOf({ values }: Door): string {
  const names = Object.keys(values).sort();
  const identifies = names.some(
    (name) => name !== "remoteUnlock" && !isUnknown(values[name]) && camerasIn(values[name]) !== 0,
  );
  return identifies ? JSON.stringify(names.map((name) => [name, sorted(values[name])])) : "";
}

/** The number of cameras of a door; `undefined` if it is unknown. */
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
  if (isDefault(field, one) && isDefault(field, other)) return true;
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** A field that is not declared equals its default. */
function isDefault(field: string, value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (field === "assignedCameraList") return camerasIn(value) === 0;
  return field === "remoteUnlock" && value === false;
}

/** The order of cameras is not significant. */
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
