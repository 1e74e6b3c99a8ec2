import type { CustomResource, CustomResourceOptions } from "@pulumi/pulumi";
import type { ConfigMap } from "@pulumi/pulumi/automation";
import * as rhombus from "../../../provider";
import { campusSeed } from "../../../provider/emulator";

const { acme, bluebird, partner } = campusSeed;

/** The endpoint in saved files, in place of the address of the emulator. */
export const ENDPOINT = "http://emulator.invalid";

/** A resource of a saved program, with a change of one field. */
export type SavedResource = {
  /** The name of its explicit provider. Default: the default provider. */
  readonly provider?: string;
} & (
  | SavedDeclaration<"AccessControlGroup", rhombus.AccessControlGroupArgs>
  | SavedDeclaration<"GeneaIntegration", rhombus.GeneaIntegrationArgs>
  | SavedDeclaration<"KisiIntegration", rhombus.KisiIntegrationArgs>
  | SavedDeclaration<"OnGuardIntegration", rhombus.OnGuardIntegrationArgs>
);

interface SavedDeclaration<Type extends string, Args> {
  readonly type: Type;
  readonly inputs: Args;
  /** The inputs that differ after the change. */
  readonly change: Args;
}

/** A program that is saved with its state. */
export interface SavedProgram {
  readonly config: ConfigMap;
  /** The arguments of the explicit providers, by name. */
  readonly providers: Readonly<Record<string, rhombus.ProviderArgs>>;
  readonly resources: Readonly<Record<string, SavedResource>>;
}

const lobby = { doorName: "Lobby", assignedCameraList: [acme.cameras.lobby.uuid], leadingSeconds: 5 };

const { headquarters, robotLab } = acme.kisi.places;

/** The program whose state a release saves: every resource, in two organizations, under the default provider and an explicit one. */
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
 * Declares the resources of a saved program, inside a Pulumi program.
 * @param changed True to change one field of each resource.
 */
export function declare({ providers, resources }: SavedProgram, changed: boolean): void {
  const explicit = Object.entries(providers).map(([name, args]) => [name, new rhombus.Provider(name, args)] as const);
  const providerOf = Object.fromEntries(explicit);
  for (const [name, { type, provider, inputs, change }] of Object.entries(resources)) {
    const args = changed ? { ...inputs, ...change } : inputs;
    const Resource: Constructor = classes[type];
    new Resource(name, args, { provider: provider === undefined ? undefined : providerOf[provider] });
  }
}

/** A resource class. The types of {@link SavedResource} contain the arguments of the class. */
type Constructor = new (name: string, args: object, options: CustomResourceOptions) => CustomResource;

const { AccessControlGroup, GeneaIntegration, KisiIntegration, OnGuardIntegration } = rhombus;
const classes = { AccessControlGroup, GeneaIntegration, KisiIntegration, OnGuardIntegration };
