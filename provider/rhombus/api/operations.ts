import { accessOperations, isBlank } from "./accessOperations";
import {
  type AnsweredList,
  listed,
  listing,
  listOf,
  type NoFields,
  type Operation,
  read,
  settingsRead,
  write,
  writeWhole,
} from "./operation";
import * as directory from "./schemas/directory";
import * as geneaSchemas from "./schemas/genea";
import * as integration from "./schemas/integration";
import * as kisiSchemas from "./schemas/kisi";
import * as onGuard from "./schemas/onGuard";
import type { Infer } from "./schemas/schema";

const integrations = { service: "/api/integrations/accessControl" } as const;
const genea = { ...integrations, vendorKey: "apiToken" } as const;
const kisi = { ...integrations, vendorKey: "apiSecretKey" } as const;
const partner = { service: "/api/partner", level: "partner" } as const;

const table = {
  createOrUpdateHoneywellOnGuardIntegration: {
    ...integrations,
    ...write<onGuard.OnGuardActivationRequest>(),
    // Without a token the call creates a deployment.
    idempotent: ({ rhombusToken }: onGuard.OnGuardActivationRequest) => !isBlank(rhombusToken),
    answer: onGuard.onGuardActivationAnswer,
  },
  updateHoneywellOnGuardIntegration: {
    ...integrations,
    ...writeWhole<{ honeywellOnGuardSettings: onGuard.OnGuardSettings }>(),
    answer: integration.updateAnswer,
  },
  getHoneywellOnGuardIntegration: { ...integrations, ...settingsRead(onGuard.onGuardReadAnswer, "orgIntegrationV2") },
  listHoneywellOnGuardIntegrations: { ...integrations, ...read(), ...listing, answer: onGuard.onGuardListAnswer },
  deleteHoneywellOnGuardIntegration: {
    ...integrations,
    ...write<{ rhombusToken: string }>(),
    refuse: ({ rhombusToken }: { rhombusToken: string }) =>
      isBlank(rhombusToken)
        ? "without a deployment's token it would delete every OnGuard deployment of the organization"
        : undefined,
    answer: integration.envelope,
  },
  updateGeneaIntegrationV2: {
    ...genea,
    ...writeWhole<{ geneaSettings: geneaSchemas.GeneaSettings }>(),
    answer: integration.updateAnswer,
  },
  getGeneaIntegration: { ...genea, ...settingsRead(geneaSchemas.geneaReadAnswer, "orgIntegrationV2") },
  deleteGeneaIntegrationV2: { ...genea, ...write(), answer: integration.envelope },
  getGeneaDoors: {
    ...genea,
    ...listOf(geneaSchemas.geneaDoorsAnswer, "panelList", "id"),
    ...read<{ apiToken?: string | null }>(),
  },
  updateKisiIntegration: {
    ...kisi,
    ...writeWhole<{ kisiSettings: kisiSchemas.KisiSettingsV1 }>(),
    answer: integration.updateAnswer,
  },
  updateKisiIntegrationV2: {
    ...kisi,
    ...writeWhole<{ kisiSettings: kisiSchemas.KisiSettingsV2 }>(),
    answer: integration.updateAnswer,
  },
  getKisiIntegration: { ...kisi, ...settingsRead(kisiSchemas.kisiReadAnswerV1, "kisiSettings") },
  getKisiIntegrationV2: { ...kisi, ...settingsRead(kisiSchemas.kisiReadAnswerV2, "orgIntegrationV2") },
  deleteKisiIntegration: { ...kisi, ...write(), answer: integration.envelope },
  deleteKisiIntegrationV2: { ...kisi, ...write(), answer: integration.envelope },
  getKisiPlaces: {
    ...kisi,
    ...listOf(kisiSchemas.kisiPlacesAnswer, "places", "id"),
    ...read<{ apiSecretKey?: string | null }>(),
  },
  getKisiDoors: {
    ...kisi,
    ...listed(kisiSchemas.kisiDoorsAnswer, {
      key: "placeToDoorMap",
      items: ({ placeToDoorMap }) => placeToDoorMap && Object.entries(placeToDoorMap).map(doorsAtPlace),
      idOf: ([place]) => place,
    }),
    ...read<{ apiSecretKey?: string | null }>(),
  },
  ...accessOperations,
  getOrgIntegrations: { service: "/api/integrations/org", ...read(), answer: kisiSchemas.olderOrgIntegrationsAnswer },
  getOrgIntegrationsV2: {
    service: "/api/integrations/org",
    ...listed(integration.orgIntegrationsAnswer, {
      key: "orgIntegrationsV2",
      items: ({ orgIntegrationsV2: all }) => all && Object.entries(all).map(listedIntegration),
      idOf: (settings) => settings.integration,
    }),
  },
  getOrgV2: { service: "/api/org", ...read(), answer: directory.organizationAnswer },
  getPermissionsForCurrentUser: { service: "/api/permission", ...read(), answer: directory.permissionsAnswer },
  getClientsV2: { ...listOf(directory.partnerClientsAnswer, "clients", "clientOrgUuid"), ...partner },
  getLocations: {
    service: "/api/location",
    ...listed(directory.locationsAnswer, {
      key: "locations",
      items: ({ locations }) => locations,
      idOf: idOfWhole,
      all: { subLocationsIncluded: true },
    }),
    ...read<{ subLocationsIncluded?: boolean | null }>(),
  },
  getUsersInOrg: { service: "/api/user", ...listOf(directory.usersAnswer, "users", "uuid") },
  getMinimalCameraStateList: {
    service: "/api/camera",
    ...listOf(directory.camerasAnswer, "cameraStates", "uuid"),
    ...read<{ includeMummified?: boolean | null }>(),
  },
};

/** The name of an operation in the API of Rhombus. */
export type OperationName = keyof typeof table;

type RequestTypes = {
  readonly [Name in OperationName]: (typeof table)[Name] extends { readonly request: infer Request }
    ? NonNullable<Request>
    : NoFields;
};

// An interface, so that a value that fits each request fits the request of any name.
interface Requests extends RequestTypes {}

/** The request of an operation. */
export type RequestOf<Name extends OperationName> = Requests[Name];

/** The answer of an operation. */
export type AnswerOf<Name extends OperationName> = Infer<(typeof table)[Name]["answer"]>;

/** The operations that the package calls. */
export const operations: { readonly [Name in OperationName]: Operation<RequestOf<Name>, AnswerOf<Name>> } = table;

/** An operation that answers a list. */
export type ListOperation = {
  [Name in OperationName]: (typeof table)[Name] extends { readonly list: unknown } ? Name : never;
}[OperationName];

/** An item of an answered list. */
export type ItemOf<Name extends ListOperation> = NonNullable<
  NonNullable<ReturnType<(typeof table)[Name]["list"]["items"]>>[number]
>;

/** An operation that lists everything with one request. */
export type SharedListOperation = {
  [Name in ListOperation]: Record<string, never> extends RequestOf<Name> ? Name : never;
}[ListOperation];

/** An operation that answers the settings of an integration. */
export type SettingsOperation = {
  [Name in OperationName]: (typeof table)[Name] extends { readonly settings: unknown } ? Name : never;
}[OperationName];

/** The key of the answered settings. */
export type SettingsKey<Name extends SettingsOperation> = (typeof table)[Name]["settings"] & keyof AnswerOf<Name>;

/** The answered settings. */
export type SettingsOf<Name extends SettingsOperation> = NonNullable<AnswerOf<Name>[SettingsKey<Name>]>;

/** The operations that answer the settings of an integration. */
export const settingsOperations: { readonly [Name in SettingsOperation]: { readonly settings: SettingsKey<Name> } } =
  table;

/** The operations that answer a list. */
export const listOperations: {
  readonly [Name in ListOperation]: { readonly list: AnsweredList<RequestOf<Name>, AnswerOf<Name>, ItemOf<Name>> };
} = table;

/** The path of an operation below the endpoint. */
export function pathOf(name: OperationName): string {
  return `${operations[name].service}/${name}`;
}

/**
 * The maximum size of an unpacked answer in MiB: 32, and 256 for a listing, which is more than 100,000 users of 2 KB. A larger answer
 * does not come from Rhombus and would exhaust the memory.
 */
export function largestAnswerMiB(name: OperationName): number {
  return operations[name].isListing ? 256 : 32;
}

/** True if this request may be repeated although it may have been carried out. */
export function isIdempotent<Name extends OperationName>(name: Name, request: RequestOf<Name>): boolean {
  const { idempotent } = operations[name];
  return typeof idempotent === "function" ? idempotent(request) : idempotent;
}

function listedIntegration([key, settings]: [
  string,
  integration.IntegrationSettings | null,
]): integration.ListedIntegration | null {
  return settings === null ? null : { ...settings, key };
}

/** The doors at Kisi of one place; null if they may be incomplete. */
function doorsAtPlace([place, doors]: [string, (kisiSchemas.KisiDoor | null)[] | null]): KisiPlaceDoors | null {
  const shown = (doors ?? []).flatMap((door) => (typeof door?.id !== "number" ? [] : [door]));
  return doors === null || shown.length < doors.length ? null : [place, shown];
}

type KisiPlaceDoors = readonly [place: string, doors: readonly kisiSchemas.KisiDoor[]];

/** The id of a location; `undefined` if it does not show all locations inside it. */
function idOfWhole({ uuid, subLocations }: directory.Location): string | null | undefined {
  const isWhole = (subLocations ?? []).every((each) => each !== null && idOfWhole(each));
  return isWhole ? uuid : undefined;
}
