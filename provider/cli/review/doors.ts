import type { Field, Fields } from "../../core/schema/field";
import { code } from "../output/plainText";
import { memberOf } from "../pulumi/state";
import { type Changes, changed, type Finding, joined, noChanges, type PropertyChange } from "./changes";
import { entryLabel } from "./labels";
import type { Values } from "./plan";
import { areEqual, type Owner } from "./settingChange";
import { isSecret, isUnknown, membersOf, textFrom, type ValueFormatter } from "./valueFormatter";

const CAMERAS = "assignedCameraList";
const REMOTE_UNLOCK = "remoteUnlock";
const NAME = "doorName";

interface Door {
  readonly key: string;
  readonly values: Values;
}

/** The context of a map of doors. */
interface DoorContext {
  /** Formats values. */
  readonly formatter: ValueFormatter;
  /** A suffix that names the place of the doors, as Markdown. */
  readonly place: string;
}

/**
 * Describes the changes of a map of doors. A door that is removed under one key and added under another counts as one door with
 * a new key, if its name or all its settings identify it.
 * @param door The field of a door, or of its list of cameras.
 * @param maps The maps before and after.
 * @param owner The resource or the place that has the doors.
 * @param context The context.
 */
export function describeDoors(door: Field, maps: PropertyChange, owner: Owner, context: DoorContext): Changes {
  const [old, next] = [doorsIn(maps.before), doorsIn(maps.after)];
  const [oldByKey, nextByKey] = [old, next].map((doors) => new Map(doors.map((each) => [each.key, each])));
  const removed = old.filter(({ key }) => !nextByKey?.has(key));
  const added = next.filter(({ key }) => !oldByKey?.has(key));
  const pairs = pairsOf(removed, added);
  const paired = new Set(pairs.flat());
  // Doors that were not managed before may exist.
  const areNew = owner.isNew || (maps.before ?? undefined) !== undefined;
  const describer = new DoorDescriber(door.properties ?? { [CAMERAS]: door }, context, areNew);
  const changed = next.flatMap((to) => {
    const from = oldByKey?.get(to.key);
    return from === undefined ? [] : [describer.changed(from, to)];
  });
  return joined([
    ...pairs.map(([from, to]) => describer.withNewKey(from, to)),
    ...changed,
    ...added.filter((each) => !paired.has(each)).map((each) => describer.added(each)),
    ...removed.filter((each) => !paired.has(each)).map((each) => describer.removed(each)),
  ]);
}

/** Describes the changes of one door. */
class DoorDescriber {
  readonly #formatter: ValueFormatter;
  readonly #place: string;

  /**
   * Creates a describer.
   * @param fields The fields of a door.
   * @param context The context.
   * @param areNew True if a door that the program adds does not exist yet.
   */
  constructor(
    private readonly fields: Fields,
    { formatter, place }: DoorContext,
    private readonly areNew: boolean,
  ) {
    this.#formatter = formatter;
    this.#place = place;
  }

  added(door: Door): Changes {
    const properties = Object.entries(door.values).filter(([name, value]) => name !== NAME && !isEmptyList(value));
    const texts = properties.map(([name, value]) => `${this.labelOf(name)} ${this.format(name, value)}`);
    const cameras = hasNoCameras(door.values) ? ["no cameras"] : [];
    const line = `new door ${this.nameOf(door)}: ${[...cameras, ...texts].join(", ")}`;
    return changed(line, ...this.findingsOf([REMOTE_UNLOCK, CAMERAS], undefined, door));
  }

  removed(door: Door): Changes {
    return changed(`removed door ${this.nameOf(door)}`, this.finding("removed", door, door));
  }

  /** The door of the new key is another one at the badge system, so all that it can do is new. */
  withNewKey(from: Door, to: Door): Changes {
    const differing = this.changedProperties(from, to);
    const cameras = differing.includes(CAMERAS) ? [] : ["cameras unchanged"];
    const text = [...cameras, ...differing.map((name) => this.propertyChange(name, from, to))].join("; ");
    const name = nameIn(to) === "" ? "" : ` ${code(nameIn(to))}`;
    const keys = `${code(from.key)} → ${code(to.key)}`;
    const line = `door${name}${this.#place} has another key: ${keys}, ${text}`;
    const isNew = { ...from, values: { ...from.values, [REMOTE_UNLOCK]: false } };
    const moved: Finding = { kind: "keyChanged", text: `door${name}${this.#place}: ${keys}` };
    return changed(line, moved, ...this.findingsOf(this.changedProperties(isNew, to), isNew, to));
  }

  changed(from: Door, to: Door): Changes {
    const differing = this.changedProperties(from, to);
    if (differing.length === 0) return noChanges;
    const text = differing.map((name) => this.propertyChange(name, from, to)).join("; ");
    return changed(`door ${this.nameOf(to)}: ${text}`, ...this.findingsOf(differing, from, to));
  }

  private changedProperties(from: Door, to: Door): string[] {
    const names = Object.keys({ ...from.values, ...to.values }).sort();
    return names.filter(
      (name) => !areEqual(this.fieldOf(name), memberOf(from.values, name), memberOf(to.values, name)),
    );
  }

  private propertyChange(name: string, from: Door, to: Door): string {
    const [old, next] = [from, to].map(({ values }) => this.format(name, memberOf(values, name)));
    return `${this.labelOf(name)} ${old} → ${next}`;
  }

  private format(name: string, value: unknown): string {
    return this.#formatter.shortValue(this.fieldOf(name), value);
  }

  private fieldOf(name: string): Field | undefined {
    return Object.hasOwn(this.fields, name) ? this.fields[name] : undefined;
  }

  private nameOf(door: Door): string {
    return `${entryLabel(door.key, nameIn(door))}${this.#place}`;
  }

  /** A property as text: a reference by its kind, any other by its name. */
  private labelOf(name: string): string {
    const field = this.fieldOf(name);
    if (field === undefined) return code(name);
    const known = labels.get(field.each?.modifiers.of ?? field.modifiers.of ?? name);
    return known ?? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  }

  /** The findings about properties that differ. A property that no rule knows is listed as well. `from`: absent for a new door. */
  private findingsOf(differing: readonly string[], from: Door | undefined, to: Door): Finding[] {
    const found = differing.map((name) => ({ name, kinds: kindsOf(name, from?.values, to.values) }));
    const others = found.filter(({ name, kinds }) => kinds.length === 0 && !isUnknown(memberOf(to.values, name)));
    const findings = found.flatMap(({ kinds }) =>
      kinds.map((kind) => this.withCameras(this.finding(kind, from, to), from, to)),
    );
    if (from === undefined || others.length === 0) return findings;
    const change = others.map(({ name }) => this.propertyChange(name, from, to)).join("; ");
    return [...findings, this.finding("doorChanged", from, to, change)];
  }

  /** Adds the cameras that an existing door gains or loses. Those of a new door are listed in the details. */
  private withCameras(finding: Finding, from: Door | undefined, to: Door): Finding {
    const { kind, text, item } = finding;
    if ((kind !== "losesCamera" && kind !== "gainsCamera") || item?.name === undefined) return finding;
    const [old, next] = [camerasIn(from?.values ?? {}), camerasIn(to.values)];
    const [cameras, others] = kind === "gainsCamera" ? [next, old] : [old, next];
    const differing = cameras.filter((camera) => !others.includes(camera));
    const suffix = `: ${this.format(CAMERAS, differing)}`;
    return { kind, text: `${text}${suffix}`, item: { ...item, name: `${item.name}${suffix}` } };
  }

  private finding(kind: Finding["kind"], from: Door | undefined, to: Door, change?: string): Finding {
    const name = entryLabel(to.key, nameIn(to), nameIn(from ?? to));
    const exists = from !== undefined || !this.areNew;
    const text = `door ${name}${this.#place}${change === undefined ? "" : `: ${change}`}`;
    const item = { noun: exists ? "door" : "new door", key: to.key, place: this.#place };
    return { kind, text, item: { ...item, ...(exists && { name }), ...(change !== undefined && { change }) } };
  }
}

/** The kinds of findings about a property of a door that differs; none if no rule knows it. */
function kindsOf(name: string, before: Values | undefined, after: Values): Finding["kind"][] {
  if (name === NAME) return ["renamed"];
  if (name === REMOTE_UNLOCK) return unlockKinds(before?.[name], after[name]);
  return name === CAMERAS ? cameraKinds(before, after) : [];
}

function unlockKinds(before: unknown, after: unknown): Finding["kind"][] {
  if (after === true && before !== true) return ["gainsUnlock"];
  return before === true && !after ? ["losesUnlock"] : [];
}

function cameraKinds(before: Values | undefined, after: Values): Finding["kind"][] {
  const [old, next] = [camerasIn(before ?? {}), camerasIn(after)];
  const isChange = before === undefined || !hasNoCameras(before);
  const isLoss = old.some((camera) => !next.includes(camera));
  const losses: Finding["kind"][] = isChange && hasNoCameras(after) ? ["withoutCamera"] : isLoss ? ["losesCamera"] : [];
  return next.some((camera) => !old.includes(camera)) ? [...losses, "gainsCamera"] : losses;
}

const labels: ReadonlyMap<string, string> = new Map([
  ["camera", "cameras"],
  ["location", "location"],
  ["locationPath", "sub-locations"],
  ["doorName", "name"],
]);

function doorsIn(map: unknown): Door[] {
  const doors = Object.entries(membersOf(map)).map(([key, values]): Door => {
    // A door may be only its list of cameras. If the whole door is secret or unknown, so are its cameras.
    if (Array.isArray(values) || isSecret(values) || isUnknown(values)) return { key, values: { [CAMERAS]: values } };
    const given = Object.entries(membersOf(values)).filter(([, value]) => value !== undefined && value !== null);
    return { key, values: Object.fromEntries(given) };
  });
  return doors.sort((one, other) => one.key.localeCompare(other.key, "en", { numeric: true }));
}

/** The doors of a pair have a name that is unique on both sides, or settings that are. */
function pairsOf(removed: readonly Door[], added: readonly Door[]): (readonly [from: Door, to: Door])[] {
  const pairs: (readonly [from: Door, to: Door])[] = [];
  const paired = new Set<Door>();
  for (const identityOf of [nameIn, settingsIn]) {
    const [olds, news] = [
      byIdentity(removed, identityOf),
      byIdentity(
        added.filter((to) => !paired.has(to)),
        identityOf,
      ),
    ];
    for (const [identity, [from, ...otherOlds]] of olds) {
      const [to, ...otherNews] = news.get(identity) ?? [];
      const isUnique = otherOlds.length === 0 && otherNews.length === 0;
      if (from === undefined || to === undefined || !isUnique || paired.has(from)) continue;
      pairs.push([from, to]);
      paired.add(from).add(to);
    }
  }
  return pairs;
}

/** The doors that something identifies. */
function byIdentity(doors: readonly Door[], identityOf: (door: Door) => string): ReadonlyMap<string, readonly Door[]> {
  const found = new Map<string, Door[]>();
  for (const door of doors) {
    const identity = identityOf(door);
    if (identity === "") continue;
    const alike = found.get(identity) ?? [];
    alike.push(door);
    found.set(identity, alike);
  }
  return found;
}

function nameIn({ values: { doorName } }: Door): string {
  return typeof doorName === "string" && !isUnknown(doorName) && !isSecret(doorName) ? doorName : "";
}

/** All settings of a door; empty if they do not identify it, as those of a door without cameras and name. */
function settingsIn({ values }: Door): string {
  const names = Object.keys(values).sort();
  const isIdentified = names.some((name) => {
    return name !== REMOTE_UNLOCK && !isUnknown(values[name]) && !isEmptyList(values[name]);
  });
  return isIdentified ? JSON.stringify(names.map((name) => [name, sorted(values[name])])) : "";
}

/** The cameras that are known. */
function camerasIn(values: Values): unknown[] {
  const cameras = memberOf(values, CAMERAS);
  return Array.isArray(cameras) ? cameras.filter((camera) => !isUnknown(camera) && !isSecret(camera)) : [];
}

/** Unknown cameras may be some. */
function hasNoCameras(values: Values): boolean {
  return isEmptyList(memberOf(values, CAMERAS) ?? []);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** The order of cameras is not significant. */
function sorted(value: unknown): unknown {
  return Array.isArray(value) ? value.map(textFrom).sort() : (value ?? null);
}
