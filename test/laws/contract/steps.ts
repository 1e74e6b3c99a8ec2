import type { Path } from "../../../provider/core/schema/values";
import { campusSeed } from "../../../provider/emulator";
import { isProperties, type Properties } from "../../drivers/wire";

const { cameras, genea, locations, users } = campusSeed.acme;

/** One thing in the inputs that a program may declare, change and leave out on its own. */
export interface Thing {
  /** Where it stands. */
  readonly path: readonly [string, ...string[]];
  /** The values that it has, one after the other. */
  readonly values: readonly unknown[];
}

/** Inputs that are declared after others, and what is told of the change. */
export interface Step {
  /** What happens, such as `saveClips set, indexFaces changed`. */
  readonly name: string;
  /** All inputs. */
  readonly inputs: Properties;
}

/** Which things take a turn in one step: one after the other, or all at once. */
export type Pace = "one" | "all";

/** Maps with their entries, and the fields in these. */
export interface Insides {
  /** What is always declared. */
  readonly base: Properties;
  /** What comes and goes. */
  readonly things: readonly Thing[];
}

/**
 * Steps in which each thing is set, then changed, then left out.
 * @param base What is always declared.
 * @param things What comes and goes.
 * @param pace Which of them take a turn in one step.
 */
export function staircase(base: Properties, things: readonly Thing[], pace: Pace): Step[] {
  const begins = things.map((_, index) => {
    return pace === "all" ? 0 : things.slice(0, index).reduce((time, { values }) => time + values.length + 1, 0);
  });
  const end = Math.max(...things.map(({ values }, index) => (begins[index] ?? 0) + values.length + 1));
  return [...Array(end).keys()].map((time) => {
    const taking = things.flatMap((thing, index) => {
      const turn = time - (begins[index] ?? 0);
      return turn >= 0 && turn <= thing.values.length ? [{ ...thing, turn }] : [];
    });
    const name = taking.map(({ path, values, turn }) => `${path.join(".")} ${said(values, turn)}`).join(", ");
    const inputs = taking.reduce((all, { path, values, turn }) => {
      return turn === values.length ? all : withValue(all, path, values[turn]);
    }, base);
    return { name, inputs };
  });
}

function said(values: readonly unknown[], turn: number): string {
  if (turn === values.length) return "left out";
  return turn === 0 ? "set" : `changed ${turn} times`;
}

/**
 * Inputs with another value at one place.
 * @param inputs The inputs, which stay as they are.
 * @param path The place.
 * @param value The value.
 */
export function withValue(inputs: Properties, [name, ...inside]: Thing["path"], value: unknown): Properties {
  const [next, ...further] = inside;
  const held = inputs[name];
  const inner = next === undefined ? value : withValue(isProperties(held) ? held : {}, [next, ...further], value);
  return { ...inputs, [name]: inner };
}

/** What is there before a change, or after it, and not on the other side. */
export interface Changes {
  /** Where something comes. */
  readonly added: readonly Path[];
  /** Where something goes. */
  readonly removed: readonly Path[];
}

/**
 * What comes and what goes: inputs, entries, fields of entries, and members of sets that are inputs.
 * @param before The inputs before.
 * @param after The inputs after.
 */
export function changesBetween(before: Properties, after: Properties): Changes {
  return { added: onlyIn(after, before), removed: onlyIn(before, after) };
}

function onlyIn(here: Properties, there: Properties, path: Path = []): Path[] {
  return Object.entries(here).flatMap(([name, value]): Path[] => {
    const [at, other] = [[...path, name], there[name]];
    if (value === undefined || value === "") return [];
    if (other === undefined || other === "") return [at];
    if (isProperties(value) && isProperties(other)) return onlyIn(value, other, at);
    if (path.length > 0 || !Array.isArray(value) || !Array.isArray(other)) return [];
    return value.filter((member) => !other.includes(member)).map((member) => [...at, String(member)]);
  });
}

/** Nothing is the same as false, so that a flag inside an entry must not end with that. */
const onOff = [true, false, true];

/** The fields of a door. One by one or all at once, cameras and location are never those of two places. */
function doorThings(...door: Thing["path"]): Thing[] {
  const { headquarters, robotLab, warehouse } = locations;
  const values = {
    assignedCameraList: [[cameras.mainEntrance.uuid, cameras.lobby.uuid], [cameras.dockNorth.uuid]],
    doorName: ["Lobby", "Lobby 2"],
    leadingSeconds: [5, 6],
    clipDuration: [20, 30],
    locationUuid: [headquarters.uuid, warehouse.uuid],
    remoteUnlock: onOff,
    subLocationsHierarchyKey: [`${headquarters.uuid}.${robotLab.uuid}`, headquarters.uuid],
  } as const;
  return Object.entries(values).map(([field, both]) => ({ path: [...door, field], values: both }));
}

function doors(first: string, second: string): Insides {
  const entry: Thing = { path: ["doorInfoMap", second], values: [{ doorName: "Plain" }, { remoteUnlock: true }] };
  return { base: { doorInfoMap: { [first]: {} } }, things: [entry, ...doorThings("doorInfoMap", first)] };
}

const flagNames = ["alertUnauthorizedFaces", "badgeAuthDisablesAlarmMonitoring", "createSeekPoints", "saveClips"];

const kisiThings: readonly Thing[] = [
  { path: ["placeToSettingsMap", "41002"], values: [{ placeName: "Lab" }, { placeId: 41002, saveClips: true }] },
  { path: ["placeToSettingsMap", "41001", "placeName"], values: ["Here", "There"] },
  ...flagNames.map((flag): Thing => ({ path: ["placeToSettingsMap", "41001", flag], values: onOff })),
  {
    path: ["placeToSettingsMap", "41001", "doorInfoMap", "51002"],
    values: [{ doorName: "Plain" }, { remoteUnlock: true }],
  },
  ...doorThings("placeToSettingsMap", "41001", "doorInfoMap", "51001"),
  { path: ["placeToSettingsMap", "41001", "placeId"], values: [41001] },
  ...flagNames.map((flag): Thing => ({ path: ["defaultOptions", flag], values: onOff })),
];
const kisiBase = {
  placeToSettingsMap: { "41001": { doorInfoMap: { "51001": {} } } },
  defaultOptions: { defaultOptionsEnabled: true },
};
const ofV1 = doors("51001", "51003");

/** What is inside the inputs of each sample, by its name. */
export const insides: Readonly<Record<string, Insides>> = {
  "an access control group": {
    base: { userUuids: [] },
    things: [
      { path: ["userUuids"], values: [[users.ben.uuid], [users.ben.uuid, users.ada.uuid]] },
      { path: ["description"], values: ["All of us", ""] },
    ],
  },
  "an OnGuard deployment": doors("1:4", "1:5"),
  "the Genea integration": doors(genea.doors.lobby.id, genea.doors.dock.id),
  "the Kisi integration": { base: kisiBase, things: kisiThings },
  "the Kisi integration of the first version": {
    base: { ...kisiBase, ...ofV1.base, doorToCameraMap: { "51001": [cameras.lobby.uuid] } },
    things: [
      ...kisiThings.slice(0, 2),
      ...ofV1.things,
      { path: ["doorToCameraMap", "51002"], values: [[cameras.lobby.uuid], [cameras.elevators.uuid]] },
    ],
  },
};
