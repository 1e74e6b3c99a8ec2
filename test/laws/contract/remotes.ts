import type { Path } from "../../../provider/core/schema/values";
import { type Behaviours, campusSeed, livedInSeed, type OrganizationConsole } from "../../../provider/emulator";
import type { Properties } from "../../drivers/stack";

const { cameras, genea, kisi, locations, users } = campusSeed.acme;

/** Something out of the ordinary that a program may ask for. */
export interface Oddity {
  /** What it is. */
  readonly name: string;
  /** Where it stands in the inputs. */
  readonly path: readonly [string, ...string[]];
  /** What stands there. */
  readonly value: unknown;
}

/** Another object of the same kind. */
export interface Neighbour {
  /** How it is. */
  look(): unknown;
  /** Removes it. */
  remove(): void;
}

/** A resource as somebody at the console sees it and changes it. */
export interface Remote {
  /** All objects of its kind but the neighbour, without what the server made up: ids, tokens, times. */
  content(console: OrganizationConsole): unknown;
  /** Its secrets, by the output that has to hold each. */
  secrets(console: OrganizationConsole): Properties;
  /** Whether its secrets are only known from reads. */
  readonly secretsFromReads: boolean;
  /** Changes, removes and adds something where a program declares all inputs. Answers where it added. */
  drift(console: OrganizationConsole): readonly Path[];
  /** Makes one that a program with all inputs can adopt. Answers where it has something that these do not declare. */
  plant(console: OrganizationConsole, behaviours: Behaviours): readonly Path[];
  /** Makes another one. Absent where an organization has one only. */
  neighbour?(console: OrganizationConsole): Neighbour;
  /** What may not go as asked. */
  readonly oddities: readonly Oddity[];
}

const added = { doorName: "Added" };
const theirs = { doorName: "Theirs", remoteUnlock: true };
const inTwoPlaces = { doorName: "Between", assignedCameraList: [cameras.lobby.uuid, cameras.dockNorth.uuid] };
const nextDoor = "Next door";

const group: Remote = {
  content: (console) =>
    console
      .groups()
      .filter(({ name, type }) => name !== nextDoor && type === "RHOMBUS_ACCESS_CONTROL")
      .map(({ uuid: _, userUuids, ...each }) => ({ ...each, userUuids: [...userUuids].sort() })),
  secrets: () => ({}),
  secretsFromReads: false,
  drift(console) {
    const [first] = console.groups().filter(({ name }) => name !== nextDoor);
    console.setGroup(first?.uuid ?? "", { description: "Theirs" });
    console.setGroupMembers(first?.uuid ?? "", [users.ada.uuid, users.farid.uuid]);
    return [["userUuids", users.farid.uuid]];
  },
  plant(console) {
    const { uuid: locationUuid } = locations.headquarters;
    console.addGroup({ name: "STAFF", description: "Theirs", locationUuid, userUuids: [users.farid.uuid] });
    return [["userUuids", users.farid.uuid]];
  },
  neighbour(console) {
    const uuid = console.addGroup({ name: nextDoor, description: "Theirs", userUuids: [users.ada.uuid] });
    return {
      look: () => console.groups().filter((each) => each.uuid === uuid),
      remove: () => console.removeGroup(uuid),
    };
  },
  oddities: [
    {
      name: "a user who does not exist",
      path: ["userUuids"],
      value: [users.ben.uuid, users.ada.uuid, users.deleted.uuid],
    },
  ],
};

const ofNeighbour = livedInSeed.warehouseOnGuard;

const onGuard: Remote = {
  content: (console) =>
    console
      .onGuard()
      .filter(({ displayName }) => displayName !== nextDoor)
      .map(({ rhombusToken: _token, presharedSecret: _secret, webhookUrl: _url, ...each }) => each),
  secrets(console) {
    const [first] = console.onGuard().filter(({ displayName }) => displayName !== nextDoor);
    if (first === undefined) return {};
    const { rhombusToken, presharedSecret, webhookUrl } = first;
    return { rhombusToken, presharedSecret, webhookUrl };
  },
  secretsFromReads: false,
  drift(console) {
    const [{ rhombusToken = "" } = {}] = console.onGuard();
    console.setOnGuardFlags(rhombusToken, { saveClips: false, badgeFaceVerificationMode: "OFF" });
    console.setOnGuardDoor(rhombusToken, "1:4", theirs);
    console.setOnGuardDoor(rhombusToken, "1:5", undefined);
    console.setOnGuardDoor(rhombusToken, "9:9", added);
    return [["doorInfoMap", "9:9"]];
  },
  plant(console) {
    console.addOnGuard({ displayName: "HQ", doorInfoMap: { "1:4": theirs, "9:9": added } });
    return [["doorInfoMap", "9:9"]];
  },
  neighbour(console) {
    const flags = { saveClips: true, createSeekPoints: true } as const;
    console.addOnGuard({ ...ofNeighbour, displayName: nextDoor, flags, doorInfoMap: { "1:4": theirs } });
    return {
      look: () => console.onGuard().filter(({ rhombusToken }) => rhombusToken === ofNeighbour.rhombusToken),
      remove: () => console.removeOnGuard(ofNeighbour.rhombusToken),
    };
  },
  oddities: [{ name: "a door in two places", path: ["doorInfoMap", "3:3"], value: inTwoPlaces }],
};

const geneaIntegration: Remote = {
  content(console) {
    const row = console.genea();
    return row === undefined ? [] : [{ apiToken: row.apiToken, flags: row.flags, doorInfoMap: row.doorInfoMap }];
  },
  secrets(console) {
    const { rhombusToken, refreshToken, webhookSignatureSecret } = console.genea() ?? {};
    return { rhombusToken, refreshToken, webhookSignatureSecret };
  },
  secretsFromReads: true,
  drift(console) {
    console.setGenea({ flags: { saveClips: false, enabled: true } });
    console.setGeneaDoor(genea.doors.lobby.id, theirs);
    console.setGeneaDoor(genea.doors.dock.id, undefined);
    console.setGeneaDoor(genea.doors.serverRoom.id, added);
    return [["doorInfoMap", genea.doors.serverRoom.id]];
  },
  plant(console) {
    const doorInfoMap = { [genea.doors.lobby.id]: theirs, [genea.doors.serverRoom.id]: added };
    console.setGenea({ apiToken: genea.rotatedApiToken, doorInfoMap });
    return [["doorInfoMap", genea.doors.serverRoom.id]];
  },
  oddities: [
    { name: "a door that the vendor does not have", path: ["doorInfoMap", "nowhere"], value: added },
    { name: "a door in two places", path: ["doorInfoMap", genea.doors.serverRoom.id], value: inTwoPlaces },
  ],
};

/** The places of Kisi as somebody else leaves them: a door changed, one gone, one added. */
const theirPlaces = {
  "41001": { placeName: kisi.places.headquarters.name, doorInfoMap: { "51001": theirs } },
  "41002": { placeName: "Lab", doorInfoMap: { "51003": added } },
};
const addedInPlace: readonly Path[] = [["placeToSettingsMap", "41002", "doorInfoMap", "51003"]];

const kisiIntegration: Remote = {
  content: (console) =>
    [console.kisi(), console.kisiV1()].flatMap((row) => {
      if (row === undefined) return [];
      const { placeToSettingsMap, v1, ...rest } = row;
      const places = Object.entries(placeToSettingsMap).map(([key, { rhombusToken: _t, webhookId: _w, ...place }]) => [
        key,
        place,
      ]);
      const { rhombusToken: _token, webhookId: _id, ...ofV1 } = v1 ?? {};
      return [{ ...rest, places: Object.fromEntries(places), ofV1 }];
    }),
  secrets(console) {
    const row = console.kisi() ?? console.kisiV1();
    if (row === undefined) return {};
    const placeTokens = Object.entries(row.placeToSettingsMap).map(([key, { rhombusToken }]) => [key, rhombusToken]);
    return { placeTokens: Object.fromEntries(placeTokens), rhombusToken: row.v1?.rhombusToken };
  },
  secretsFromReads: true,
  drift(console) {
    const change = { enabled: true, placeToSettingsMap: theirPlaces };
    if (console.kisi() === undefined) console.setKisiV1(change);
    else console.setKisi(change);
    return addedInPlace;
  },
  plant(console) {
    console.setKisi({ apiSecretKey: kisi.rotatedApiSecretKey, placeToSettingsMap: theirPlaces });
    return addedInPlace;
  },
  oddities: [
    { name: "a place that the vendor does not have", path: ["placeToSettingsMap", "49999"], value: {} },
    {
      name: "a door that the vendor does not have",
      path: ["placeToSettingsMap", "41001", "doorInfoMap", "59999"],
      value: added,
    },
    {
      name: "a door in two places",
      path: ["placeToSettingsMap", "41002", "doorInfoMap", "51003"],
      value: inTwoPlaces,
    },
  ],
};

/** How each sample looks from the console, by the name of the sample. */
export const remotes: Readonly<Record<string, Remote>> = {
  "an access control group": group,
  "an OnGuard deployment": onGuard,
  "the Genea integration": geneaIntegration,
  "the Kisi integration": kisiIntegration,
  "the Kisi integration of the first version": {
    ...kisiIntegration,
    plant(console, behaviours) {
      if (behaviours.kisiVersions === "shared") return kisiIntegration.plant(console, behaviours);
      console.setKisiV1({ apiSecretKey: kisi.rotatedApiSecretKey, placeToSettingsMap: theirPlaces });
      return addedInPlace;
    },
  },
};
