import { campusSeed, type OrganizationConsole } from "../../../provider/emulator";
import type { ResourceType } from "../../../provider/resources/registry";
import { type Properties, secret } from "../properties";

const { cameras, users, genea, kisi, locations } = campusSeed.acme;
const { headquarters } = kisi.places;

/** A resource with something to say in each test: how it is declared, changed, and changed behind the program's back. */
export interface Sample {
  /** Its type. */
  readonly type: ResourceType;
  /** What the program declares at first. */
  readonly inputs: Properties;
  /** What it declares then: an update. */
  readonly changed: Properties;
  /** The inputs that differ between the two. */
  readonly changedNames: readonly string[];
  /** The outputs that are secret, declared ones included. */
  readonly secrets: readonly string[];
  /** Changes at the console what the input of that name declares, after which it is worth this. */
  readonly drift: { readonly input: string; readonly value: unknown; apply(console: OrganizationConsole): void };
  /** Removes the object at the console. */
  remove(console: OrganizationConsole): void;
  /** The secrets that the vendor holds, to look for where they must not be. */
  canaries(console: OrganizationConsole): string[];
}

const group: Sample = {
  type: "AccessControlGroup",
  inputs: { name: "Engineering", description: "Builds robots", userUuids: [users.ada.uuid, users.ben.uuid] },
  changed: { name: "Engineering", description: "Repairs robots", userUuids: [users.ada.uuid] },
  changedNames: ["description", "userUuids"],
  secrets: [],
  drift: {
    input: "description",
    value: "Dances with robots",
    apply: (console) => console.setGroup(theOnly(console.groups()).uuid, { description: "Dances with robots" }),
  },
  remove: (console) => console.removeGroup(theOnly(console.groups()).uuid),
  canaries: () => [],
};

const onGuardDoor = { doorName: "Lobby", assignedCameraList: [cameras.lobby.uuid] };

const onGuard: Sample = {
  type: "OnGuardIntegration",
  inputs: { displayName: "HQ OnGuard", doorInfoMap: { "1:4": onGuardDoor }, saveClips: true },
  changed: { displayName: "HQ OnGuard", doorInfoMap: { "1:4": onGuardDoor, "1:5": onGuardDoor }, saveClips: true },
  changedNames: ["doorInfoMap"],
  secrets: ["rhombusToken", "presharedSecret", "webhookUrl"],
  drift: {
    input: "saveClips",
    value: false,
    apply: (console) => console.setOnGuardFlags(theOnly(console.onGuard()).rhombusToken, { saveClips: false }),
  },
  remove: (console) => console.removeOnGuard(),
  canaries: (console) => {
    return console.onGuard().flatMap((each) => [each.rhombusToken, each.presharedSecret, each.webhookUrl]);
  },
};

const geneaDoors = { [genea.doors.lobby.id]: { doorName: "Lobby", assignedCameraList: [cameras.lobby.uuid] } };

const geneaSample: Sample = {
  type: "GeneaIntegration",
  inputs: { apiToken: secret(genea.apiToken), doorInfoMap: geneaDoors, saveClips: true },
  changed: { apiToken: secret(genea.rotatedApiToken), doorInfoMap: geneaDoors, saveClips: false },
  changedNames: ["apiToken", "saveClips"],
  secrets: ["apiToken", "rhombusToken", "refreshToken", "webhookSignatureSecret"],
  drift: { input: "saveClips", value: false, apply: (console) => console.setGenea({ flags: { saveClips: false } }) },
  remove: (console) => console.removeGenea(),
  canaries: (console) => {
    const { apiToken, rhombusToken, refreshToken, webhookSignatureSecret } = console.genea() ?? {};
    return present([genea.apiToken, apiToken, rhombusToken, refreshToken, webhookSignatureSecret]);
  },
};

const place = { doorInfoMap: { [headquarters.doors.lobby.id]: { assignedCameraList: [cameras.lobby.uuid] } } };

const kisiSample: Sample = {
  type: "KisiIntegration",
  inputs: {
    apiSecretKey: secret(kisi.apiSecretKey),
    defaultOptions: { saveClips: true },
    placeToSettingsMap: { [headquarters.id]: place },
  },
  changed: {
    apiSecretKey: secret(kisi.rotatedApiSecretKey),
    defaultOptions: { saveClips: true },
    placeToSettingsMap: { [headquarters.id]: { ...place, saveClips: true } },
  },
  changedNames: ["apiSecretKey", "placeToSettingsMap"],
  secrets: ["apiSecretKey", "placeTokens"],
  drift: {
    input: "defaultOptions",
    value: { saveClips: false },
    apply: (console) => console.setKisi({ defaultOptions: { saveClips: false } }),
  },
  remove: (console) => console.removeKisi(),
  canaries: (console) => {
    const { apiSecretKey, placeToSettingsMap = {} } = console.kisi() ?? {};
    const tokens = Object.values(placeToSettingsMap).map(({ rhombusToken }) => rhombusToken);
    return present([kisi.apiSecretKey, apiSecretKey, ...tokens]);
  },
};

/** One sample of each resource. */
export const samples: readonly Sample[] = [group, onGuard, geneaSample, kisiSample];

/** Where a group can be, to replace it. */
export const elsewhere: string = locations.warehouse.uuid;

function theOnly<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined || list.length > 1) throw new Error(`one was expected, not ${list.length}`);
  return first;
}

function present(values: readonly (string | null | undefined)[]): string[] {
  return values.filter((value) => typeof value === "string");
}
