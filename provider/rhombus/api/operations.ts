import * as directory from "./schemas/directory";
import * as genea from "./schemas/genea";
import * as groups from "./schemas/groups";
import * as integration from "./schemas/integration";
import * as kisi from "./schemas/kisi";
import * as onGuard from "./schemas/onGuard";
import type { Infer, Schema } from "./schemas/schema";

/** What the client has to know about one operation of the vendor's API. All of them are POST. */
export interface Operation<Request, Answer> {
  /** The path below the endpoint. */
  readonly path: string;
  /** Whether the call may be made again when nobody knows whether the first one took effect; a function where that depends on the request. */
  readonly idempotent: boolean | ((request: Request) => boolean);
  /** Whether the call changes anything. A failed read never leaves a doubt. */
  readonly writes: boolean;
  /** Whether the call is about one organization, or about a partner and so is sent without `x-auth-org`. */
  readonly level: "client" | "partner";
  /** Whether the vendor declares `error`, `errorMsg` and `warningMsg` on the answer. They are honoured on every answer all the same. */
  readonly envelope: boolean;
  /** Whether the answer lists things, so that it grows with the organization; absent where it is about one. See {@link largestAnswerMiB}. */
  readonly isListing?: true;
  /** The setting of a third party's key which an `authError` in the answer is about, or absent where there is none. */
  readonly vendorKey?: "apiToken" | "apiSecretKey";
  /** Why a request must not be sent, or `undefined` for one that may; absent where all may. */
  readonly refuse?: (request: Request) => string | undefined;
  /** The form of the answer, with what is required for it to count as one. */
  readonly answer: Schema<Answer>;
}

/** The request of every operation that the provider calls. */
interface Requests {
  createOrUpdateHoneywellOnGuardIntegration: onGuard.OnGuardActivationRequest;
  updateHoneywellOnGuardIntegration: onGuard.OnGuardUpdateRequest;
  getHoneywellOnGuardIntegration: integration.NoFields;
  listHoneywellOnGuardIntegrations: integration.NoFields;
  deleteHoneywellOnGuardIntegration: onGuard.OnGuardDeleteRequest;
  updateGeneaIntegrationV2: genea.GeneaUpdateRequest;
  getGeneaIntegration: integration.NoFields;
  deleteGeneaIntegrationV2: integration.NoFields;
  getGeneaDoors: genea.GeneaDoorsRequest;
  updateKisiIntegration: kisi.KisiUpdateRequestV1;
  updateKisiIntegrationV2: kisi.KisiUpdateRequestV2;
  getKisiIntegration: integration.NoFields;
  getKisiIntegrationV2: integration.NoFields;
  deleteKisiIntegration: integration.NoFields;
  deleteKisiIntegrationV2: integration.NoFields;
  getKisiPlaces: kisi.KisiLookupRequest;
  getKisiDoors: kisi.KisiLookupRequest;
  createAccessControlGroup: groups.GroupCreateRequest;
  updateAccessControlGroup: groups.GroupUpdateRequest;
  deleteAccessControlGroup: groups.GroupRequest;
  findAccessControlGroupsByOrg: integration.NoFields;
  findAccessControlGroupByExactName: groups.GroupNameRequest;
  findAccessControlGroupsByNamePrefix: groups.GroupNamePrefixRequest;
  findAccessControlGroupsByUserMembership: groups.UserRequest;
  findAllUsersForAccessControlGroup: groups.GroupRequest;
  findAccessControlGroupMembershipsByUser: groups.UserRequest;
  addUsersToAccessControlGroup: groups.GroupMembersRequest;
  removeUsersFromAccessControlGroup: groups.GroupMembersRequest;
  getOrgIntegrations: integration.NoFields;
  getOrgIntegrationsV2: integration.NoFields;
  getOrgV2: integration.NoFields;
  getClientsV2: integration.NoFields;
  getLocations: directory.LocationsRequest;
  getUsersInOrg: integration.NoFields;
  getMinimalCameraStateList: directory.CamerasRequest;
}

/** The name of an operation, as the vendor writes it. */
export type OperationName = keyof Requests;

/** What is sent to an operation. */
export type RequestOf<Name extends OperationName> = Requests[Name];

const integrations = "/api/integrations/accessControl";
const accessControl = "/api/accesscontrol";
const read = { idempotent: true, writes: false, level: "client", envelope: true } as const;
const list = { ...read, isListing: true } as const;
const write = { idempotent: true, writes: true, level: "client", envelope: true } as const;
// It may wipe what it does not know: tokens that the first one of two had the server add (docs/rhombus-api.md#genea), deployments made since.
const writeWhole = { ...write, idempotent: false } as const;
const readGroups = { ...read, envelope: false } as const;
const listGroups = { ...readGroups, isListing: true } as const;
const writeGroups = { ...write, envelope: false } as const;

const table = {
  createOrUpdateHoneywellOnGuardIntegration: {
    ...write,
    path: `${integrations}/createOrUpdateHoneywellOnGuardIntegration`,
    idempotent: (request) => !isBlank(request.rhombusToken),
    answer: onGuard.onGuardActivationAnswer,
  },
  updateHoneywellOnGuardIntegration: {
    ...writeWhole,
    path: `${integrations}/updateHoneywellOnGuardIntegration`,
    answer: integration.updateAnswer,
  },
  getHoneywellOnGuardIntegration: {
    ...list,
    path: `${integrations}/getHoneywellOnGuardIntegration`,
    answer: onGuard.onGuardReadAnswer,
  },
  listHoneywellOnGuardIntegrations: {
    ...list,
    path: `${integrations}/listHoneywellOnGuardIntegrations`,
    answer: onGuard.onGuardListAnswer,
  },
  deleteHoneywellOnGuardIntegration: {
    ...write,
    path: `${integrations}/deleteHoneywellOnGuardIntegration`,
    refuse: (request) =>
      isBlank(request.rhombusToken)
        ? "without a deployment's token it would delete every OnGuard deployment of the organization"
        : undefined,
    answer: integration.envelope,
  },
  updateGeneaIntegrationV2: {
    ...writeWhole,
    path: `${integrations}/updateGeneaIntegrationV2`,
    vendorKey: "apiToken",
    answer: integration.updateAnswer,
  },
  getGeneaIntegration: {
    ...list,
    path: `${integrations}/getGeneaIntegration`,
    vendorKey: "apiToken",
    answer: genea.geneaReadAnswer,
  },
  deleteGeneaIntegrationV2: {
    ...write,
    path: `${integrations}/deleteGeneaIntegrationV2`,
    vendorKey: "apiToken",
    answer: integration.envelope,
  },
  getGeneaDoors: {
    ...list,
    path: `${integrations}/getGeneaDoors`,
    vendorKey: "apiToken",
    answer: genea.geneaDoorsAnswer,
  },
  updateKisiIntegration: {
    ...writeWhole,
    path: `${integrations}/updateKisiIntegration`,
    vendorKey: "apiSecretKey",
    answer: integration.updateAnswer,
  },
  updateKisiIntegrationV2: {
    ...writeWhole,
    path: `${integrations}/updateKisiIntegrationV2`,
    vendorKey: "apiSecretKey",
    answer: integration.updateAnswer,
  },
  getKisiIntegration: {
    ...list,
    path: `${integrations}/getKisiIntegration`,
    vendorKey: "apiSecretKey",
    answer: kisi.kisiReadAnswerV1,
  },
  getKisiIntegrationV2: {
    ...list,
    path: `${integrations}/getKisiIntegrationV2`,
    vendorKey: "apiSecretKey",
    answer: kisi.kisiReadAnswerV2,
  },
  deleteKisiIntegration: {
    ...write,
    path: `${integrations}/deleteKisiIntegration`,
    vendorKey: "apiSecretKey",
    answer: integration.envelope,
  },
  deleteKisiIntegrationV2: {
    ...write,
    path: `${integrations}/deleteKisiIntegrationV2`,
    vendorKey: "apiSecretKey",
    answer: integration.envelope,
  },
  getKisiPlaces: {
    ...list,
    path: `${integrations}/getKisiPlaces`,
    vendorKey: "apiSecretKey",
    answer: kisi.kisiPlacesAnswer,
  },
  getKisiDoors: {
    ...list,
    path: `${integrations}/getKisiDoors`,
    vendorKey: "apiSecretKey",
    answer: kisi.kisiDoorsAnswer,
  },
  createAccessControlGroup: {
    ...writeGroups,
    path: `${accessControl}/createAccessControlGroup`,
    idempotent: false,
    answer: groups.groupCreateAnswer,
  },
  updateAccessControlGroup: {
    ...writeGroups,
    path: `${accessControl}/updateAccessControlGroup`,
    answer: groups.groupAnswer,
  },
  deleteAccessControlGroup: {
    ...writeGroups,
    path: `${accessControl}/deleteAccessControlGroup`,
    answer: groups.emptyAnswer,
  },
  findAccessControlGroupsByOrg: {
    ...listGroups,
    path: `${accessControl}/findAccessControlGroupsByOrg`,
    answer: groups.groupsAnswer,
  },
  findAccessControlGroupByExactName: {
    ...readGroups,
    path: `${accessControl}/findAccessControlGroupByExactName`,
    answer: groups.groupAnswer,
  },
  findAccessControlGroupsByNamePrefix: {
    ...listGroups,
    path: `${accessControl}/findAccessControlGroupsByNamePrefix`,
    answer: groups.groupsAnswer,
  },
  findAccessControlGroupsByUserMembership: {
    ...listGroups,
    path: `${accessControl}/findAccessControlGroupsByUserMembership`,
    answer: groups.groupsAnswer,
  },
  findAllUsersForAccessControlGroup: {
    ...listGroups,
    path: `${accessControl}/findAllUsersForAccessControlGroup`,
    answer: groups.groupMembersAnswer,
  },
  findAccessControlGroupMembershipsByUser: {
    ...listGroups,
    path: `${accessControl}/findAccessControlGroupMembershipsByUser`,
    answer: groups.userMembershipsAnswer,
  },
  addUsersToAccessControlGroup: {
    ...writeGroups,
    // It answers with members.
    isListing: true,
    path: `${accessControl}/addUsersToAccessControlGroup`,
    answer: groups.groupMembersAnswer,
  },
  removeUsersFromAccessControlGroup: {
    ...writeGroups,
    path: `${accessControl}/removeUsersFromAccessControlGroup`,
    answer: groups.emptyAnswer,
  },
  getOrgIntegrations: {
    ...read,
    path: "/api/integrations/org/getOrgIntegrations",
    answer: kisi.olderOrgIntegrationsAnswer,
  },
  getOrgIntegrationsV2: {
    ...list,
    path: "/api/integrations/org/getOrgIntegrationsV2",
    answer: integration.orgIntegrationsAnswer,
  },
  getOrgV2: { ...read, path: "/api/org/getOrgV2", answer: directory.organizationAnswer },
  getClientsV2: {
    ...list,
    level: "partner",
    path: "/api/partner/getClientsV2",
    answer: directory.partnerClientsAnswer,
  },
  getLocations: { ...list, path: "/api/location/getLocations", answer: directory.locationsAnswer },
  getUsersInOrg: { ...list, path: "/api/user/getUsersInOrg", answer: directory.usersAnswer },
  getMinimalCameraStateList: {
    ...list,
    path: "/api/camera/getMinimalCameraStateList",
    answer: directory.camerasAnswer,
  },
} satisfies { readonly [Name in OperationName]: Operation<RequestOf<Name>, unknown> };

/** What an operation answers. */
export type AnswerOf<Name extends OperationName> = Infer<(typeof table)[Name]["answer"]>;

/**
 * Every operation that the provider calls. What may be repeated follows from identity: a write that names its object has the same effect twice; one that
 * makes an object, or writes the whole of one, does not.
 */
export const operations: { readonly [Name in OperationName]: Operation<RequestOf<Name>, AnswerOf<Name>> } = table;

/**
 * How large the answer of an operation may be, unpacked, in MiB: 32, and 256 for a listing, which at 2 KB a user is more than 100,000 of them. What is larger is
 * not Rhombus's, and would fill the memory.
 */
export function largestAnswerMiB(name: OperationName): number {
  return operations[name].isListing ? 256 : 32;
}

/** Whether an operation may be made again with this request when nobody knows whether it took effect. */
export function isIdempotent<Name extends OperationName>(name: Name, request: RequestOf<Name>): boolean {
  const { idempotent } = operations[name];
  return typeof idempotent === "function" ? idempotent(request) : idempotent;
}

function isBlank(value: string | null | undefined): boolean {
  return value === undefined || value === null || value.trim() === "";
}
