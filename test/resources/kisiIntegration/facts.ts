import { type ConsoleKisi, type ConsoleKisiV1, campusSeed, type OrganizationConsole } from "../../../provider/emulator";
import type { Properties } from "../../drivers/properties";
import { doorsIn, flagsIn, mapAt, textAt } from "../consoleValues";
import {
  addedDoor,
  changedDoor,
  doorInTwoPlaces,
  doorMaps,
  doorVariations,
  fullDoor,
  nestedDoors,
  onOff,
  onOffOn,
  placeFlags,
} from "../doors";
import type { RemoteObject, ResourceFacts, Variation } from "../facts";

const { cameras, kisi } = campusSeed.acme;

const headquarters = { saveClips: true, doorInfoMap: { "51001": fullDoor, "51002": { doorName: "Plain" } } };
const lab = { placeId: 41002, placeName: "Lab", doorInfoMap: {} };

const fields = {
  enabled: [false, true],
  defaultOptions: [
    { defaultOptionsEnabled: true, saveClips: true },
    { defaultOptionsEnabled: true, createSeekPoints: true },
  ],
  placeToSettingsMap: [
    { "41001": headquarters, "41002": lab },
    { "41001": { doorInfoMap: { "51001": { doorName: "Lobby 2" } } } },
  ],
} as const;

const variedFlags = placeFlags.filter((name) => name !== "identifyFacesFromBadge");

const variations: readonly Variation[] = [
  { path: ["placeToSettingsMap", "41002"], values: [{ placeName: "Lab" }, { placeId: 41002, saveClips: true }] },
  { path: ["placeToSettingsMap", "41001", "placeName"], values: ["Here", "There"] },
  ...variedFlags.map((flag): Variation => ({ path: ["placeToSettingsMap", "41001", flag], values: onOffOn })),
  {
    path: ["placeToSettingsMap", "41001", "doorInfoMap", "51002"],
    values: [{ doorName: "Plain" }, { remoteUnlock: true }],
  },
  ...doorVariations("placeToSettingsMap", "41001", "doorInfoMap", "51001"),
  { path: ["placeToSettingsMap", "41001", "placeId"], values: [41001] },
  ...variedFlags.map((flag): Variation => ({ path: ["defaultOptions", flag], values: onOffOn })),
];
const base = {
  placeToSettingsMap: { "41001": { doorInfoMap: { "51001": {} } } },
  defaultOptions: { defaultOptionsEnabled: true },
};
const doorsOfV1 = nestedDoors("51001", "51003");

/** Places as they were changed in the console: a door changed, one removed, one added. */
const changedPlaces = {
  "41001": { placeName: kisi.places.headquarters.name, doorInfoMap: { "51001": changedDoor } },
  "41002": { placeName: "Lab", doorInfoMap: { "51003": addedDoor } },
};

const shared = {
  drifted: { enabled: true, placeToSettingsMap: changedPlaces },
  edgeCases: [
    { name: "a place that the badge vendor does not have", path: ["placeToSettingsMap", "49999"], value: {} },
    {
      name: "a door that the badge vendor does not have",
      path: ["placeToSettingsMap", "41001", "doorInfoMap", "59999"],
      value: addedDoor,
    },
    {
      name: "a door in two places",
      path: ["placeToSettingsMap", "41002", "doorInfoMap", "51003"],
      value: doorInTwoPlaces,
    },
  ],
} as const;
const existing = { apiSecretKey: kisi.rotatedApiSecretKey, enabled: true, placeToSettingsMap: changedPlaces };
const onlyInV1 = "belongs to the sample of the first version";

/** The id of the integration of the first version if that has a store of its own. */
const KISI_V1 = "kisi V1";

/** The facts about the Kisi integration. */
export const facts: ResourceFacts = {
  samples: {
    "the Kisi integration": {
      ...shared,
      least: { apiSecretKey: kisi.apiSecretKey },
      fields,
      waived: {
        adopt: "applies on creation only",
        apiVersion: onlyInV1,
        placeId: onlyInV1,
        doorInfoMap: onlyInV1,
        doorToCameraMap: onlyInV1,
        alertUnauthorizedFaces: onlyInV1,
        createSeekPoints: onlyInV1,
        identifyFacesFromBadge: onlyInV1,
        saveClips: onlyInV1,
      },
      nested: { base, variations },
      existing,
    },
    "the Kisi integration of the first version": {
      ...shared,
      least: { apiSecretKey: kisi.apiSecretKey, apiVersion: "V1" },
      fields: {
        ...fields,
        placeId: [41001, 41002],
        doorInfoMap: doorMaps("51001", "51002", "51003"),
        doorToCameraMap: [
          { "51001": [cameras.lobby.uuid], "51002": [] },
          { "51001": [cameras.lobby.uuid, cameras.elevators.uuid] },
        ],
        alertUnauthorizedFaces: onOff,
        createSeekPoints: onOff,
        identifyFacesFromBadge: onOff,
        saveClips: onOff,
      },
      waived: { adopt: "applies on creation only" },
      nested: {
        base: { ...base, ...doorsOfV1.base, doorToCameraMap: { "51001": [cameras.lobby.uuid] } },
        variations: [
          ...variations.slice(0, 2),
          ...doorsOfV1.variations,
          { path: ["doorToCameraMap", "51002"], values: [[cameras.lobby.uuid], [cameras.elevators.uuid]] },
        ],
      },
      existing: { ...existing, apiVersion: "V1" },
    },
  },
  exampleId: "kisi",
  secretsFromReads: true,
  objects(console) {
    const rows: [string, ConsoleKisi | undefined][] = [
      ["kisi", console.kisi()],
      [KISI_V1, console.kisiV1()],
    ];
    return rows.flatMap(([id, row]) => (row === undefined ? [] : [objectFrom(id, row)]));
  },
  add(console, properties, behaviours) {
    const isSeparate = properties.apiVersion === "V1" && behaviours?.kisiVersions !== "shared";
    write(console, isSeparate ? KISI_V1 : "kisi", properties);
  },
  set: write,
  remove: (console) => console.removeKisi(),
};

function objectFrom(id: string, { apiSecretKey, enabled, defaultOptions, placeToSettingsMap, v1 }: ConsoleKisi) {
  const places = Object.entries(placeToSettingsMap).map(([key, place]) => {
    const { placeId, placeName, flags, doorInfoMap } = place;
    return [key, { placeId, placeName, ...flags, doorInfoMap }] as const;
  });
  const tokens = Object.entries(placeToSettingsMap).map(([key, { rhombusToken }]) => [key, rhombusToken] as const);
  return {
    id,
    properties: {
      ...{ apiSecretKey, enabled, defaultOptions, placeToSettingsMap: Object.fromEntries(places) },
      ...(v1 === undefined ? {} : propertiesOfV1(v1)),
    },
    secrets: { placeTokens: Object.fromEntries(tokens), rhombusToken: v1?.rhombusToken },
  } satisfies RemoteObject;
}

function propertiesOfV1({ flags, placeId, doorInfoMap, doorToCameraMap }: ConsoleKisiV1): Properties {
  return { ...flags, placeId, doorInfoMap, doorToCameraMap };
}

/** The console cannot change the fields that only the first version has. */
function write(console: OrganizationConsole, id: string, properties: Properties): void {
  const apiSecretKey = textAt(properties, "apiSecretKey");
  const options = mapAt(properties, "defaultOptions");
  const places = mapAt(properties, "placeToSettingsMap");
  const change = {
    ...(apiSecretKey === null ? {} : { apiSecretKey }),
    enabled: properties.enabled === true,
    defaultOptions: flagsIn(options, [...placeFlags, "defaultOptionsEnabled"]),
    placeToSettingsMap: Object.fromEntries(Object.keys(places).map((key) => [key, placeFrom(mapAt(places, key))])),
  };
  if (id === KISI_V1) {
    console.setKisiV1(change);
    return;
  }
  console.setKisi(change);
  const removed = Object.keys(console.kisi()?.placeToSettingsMap ?? {}).filter((key) => places[key] === undefined);
  for (const key of removed) console.setKisiPlace(key, undefined);
}

function placeFrom(place: Properties) {
  const [placeName, { placeId }] = [textAt(place, "placeName"), place];
  return {
    ...(typeof placeId === "number" ? { placeId } : {}),
    ...(placeName === null ? {} : { placeName }),
    flags: flagsIn(place, placeFlags),
    doorInfoMap: doorsIn(place),
  };
}
