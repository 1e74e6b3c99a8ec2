import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { ConfigMap } from "@pulumi/pulumi/automation";
import * as rhombus from "../../../provider";
import { campusSeed } from "../../../provider/emulator";

const { acme, bluebird, partner } = campusSeed;

/** Stands for the emulator's address, which is another one in each run. */
export const ENDPOINT = "http://emulator.invalid";

/** A resource as a saved program declares it, at first and after a change. */
export type SavedResource = {
  /** The explicit provider that it uses. Default: none, so that it takes the settings of the stack config. */
  readonly provider?: string;
} & (
  | SavedDeclaration<"AccessControlGroup", rhombus.AccessControlGroupArgs>
  | SavedDeclaration<"GeneaIntegration", rhombus.GeneaIntegrationArgs>
  | SavedDeclaration<"KisiIntegration", rhombus.KisiIntegrationArgs>
  | SavedDeclaration<"OnGuardIntegration", rhombus.OnGuardIntegrationArgs>
);

/** What a saved program says of a resource of one type. */
export interface SavedDeclaration<Type extends string, Args> {
  /** The class. */
  readonly type: Type;
  /** What the program declares. */
  readonly inputs: Args;
  /** What is declared instead of some of it, to change one field. */
  readonly change: Args;
}

/** A program in plain values, which a state can be kept with. */
export interface SavedProgram {
  /** The stack config. */
  readonly config: ConfigMap;
  /** The arguments of its explicit providers, by name. */
  readonly providers: Readonly<Record<string, rhombus.ProviderArgs>>;
  /** Its resources, by name. */
  readonly resources: Readonly<Record<string, SavedResource>>;
}

const lobby = { doorName: "Lobby", assignedCameraList: [acme.cameras.lobby.uuid], leadingSeconds: 5 };

const { headquarters, robotLab } = acme.kisi.places;

/** The program whose state a release keeps: every resource, in two organizations, under the default provider and an explicit one. */
export const savedProgram: SavedProgram = {
  config: {
    "rhombus:apiKey": { value: acme.apiKey, secret: true },
    "rhombus:endpoint": { value: ENDPOINT },
  },
  providers: {
    bluebird: { apiKey: partner.apiKey, endpoint: ENDPOINT, partner: true, orgUuid: bluebird.orgUuid },
  },
  resources: {
    engineering: {
      type: "AccessControlGroup",
      inputs: {
        name: "Engineering",
        description: "Builds robots",
        locationUuid: acme.locations.headquarters.uuid,
        userUuids: [acme.users.ada.uuid, acme.users.ben.uuid],
      },
      change: { userUuids: [acme.users.ada.uuid] },
    },
    contractors: {
      type: "AccessControlGroup",
      inputs: { userUuids: [acme.users.chloe.uuid], membership: "additive", adopt: true },
      change: { description: "Until summer" },
    },
    badges: {
      type: "OnGuardIntegration",
      inputs: {
        displayName: "HQ OnGuard",
        doorInfoMap: { "1:4": lobby, "1:5": { doorName: "Dock", remoteUnlock: true } },
        badgeFaceVerificationMode: "SHADOW",
        saveClips: true,
      },
      change: { saveClips: false },
    },
    genea: {
      type: "GeneaIntegration",
      inputs: {
        apiToken: acme.genea.apiToken,
        doorInfoMap: { [acme.genea.doors.lobby.id]: lobby },
        createSeekPoints: true,
      },
      change: { apiToken: acme.genea.rotatedApiToken },
    },
    kisi: {
      type: "KisiIntegration",
      inputs: {
        apiSecretKey: acme.kisi.apiSecretKey,
        defaultOptions: { defaultOptionsEnabled: true, saveClips: true },
        placeToSettingsMap: {
          [headquarters.id]: { saveClips: true, doorInfoMap: { [headquarters.doors.lobby.id]: lobby } },
          [robotLab.id]: { identifyFacesFromBadge: true },
        },
      },
      change: { placeToSettingsMap: { [headquarters.id]: { saveClips: true, doorInfoMap: {} } } },
    },
    nurses: {
      type: "AccessControlGroup",
      provider: "bluebird",
      inputs: { userUuids: [bluebird.users.maya.uuid] },
      change: { name: "Nurses" },
    },
    clinic: {
      type: "KisiIntegration",
      provider: "bluebird",
      inputs: {
        apiVersion: "V1",
        apiSecretKey: bluebird.kisi.apiSecretKey,
        placeId: bluebird.kisi.places.downtown.id,
        doorToCameraMap: {
          [bluebird.kisi.places.downtown.doors.reception.id]: [bluebird.cameras.reception.uuid],
        },
      },
      change: { saveClips: true },
    },
    downtown: {
      type: "OnGuardIntegration",
      provider: "bluebird",
      inputs: { displayName: "Downtown" },
      change: { doorInfoMap: { "2:1": { doorName: "Reception" } } },
    },
  },
};

/**
 * Declares what a saved program declares. To be called inside a Pulumi program.
 * @param program The program.
 * @param changed Whether one field of each resource is to be another one.
 */
export function declare({ providers, resources }: SavedProgram, changed: boolean): void {
  const explicit = Object.entries(providers).map(([name, args]) => [name, new rhombus.Provider(name, args)] as const);
  const providerOf = Object.fromEntries(explicit);
  for (const [name, resource] of Object.entries(resources)) {
    const provider = resource.provider === undefined ? undefined : providerOf[resource.provider];
    declareOne(name, resource, { changed, options: { provider } });
  }
}

function declareOne(
  name: string,
  resource: SavedResource,
  { changed, options }: { changed: boolean; options: CustomResourceOptions },
): void {
  const { type } = resource;
  if (type === "AccessControlGroup") new rhombus.AccessControlGroup(name, argsOf(resource, changed), options);
  else if (type === "GeneaIntegration") new rhombus.GeneaIntegration(name, argsOf(resource, changed), options);
  else if (type === "KisiIntegration") new rhombus.KisiIntegration(name, argsOf(resource, changed), options);
  else new rhombus.OnGuardIntegration(name, argsOf(resource, changed), options);
}

function argsOf<Args>({ inputs, change }: SavedDeclaration<string, Args>, changed: boolean): Args {
  return changed ? { ...inputs, ...change } : inputs;
}
