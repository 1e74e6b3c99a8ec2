import * as directory from "./wire/directory";
import * as genea from "./wire/genea";
import * as groups from "./wire/groups";
import * as integration from "./wire/integration";
import * as kisi from "./wire/kisi";
import * as onGuard from "./wire/onGuard";
import type { Shape } from "./wire/shape";

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
  /** The setting of a third party's key which an `authError` in the answer is about, or absent where there is none. */
  readonly vendorKey?: "apiToken" | "apiSecretKey";
  /** Why a request must not be sent, or `undefined` for one that may; absent where all may. */
  readonly refuse?: (request: Request) => string | undefined;
  /** What an answer is unusable without, or `undefined` when it is complete; absent where nothing is needed. */
  readonly missing?: (answer: Answer) => string | undefined;
  /** The form of the answer. */
  readonly answer: Shape<Answer>;
}

/** Request and answer of every operation that the provider calls. */
interface Calls {
  createOrUpdateHoneywellOnGuardIntegration: [onGuard.OnGuardActivationRequest, onGuard.OnGuardActivationAnswer];
  updateHoneywellOnGuardIntegration: [onGuard.OnGuardUpdateRequest, integration.UpdateAnswer];
  getHoneywellOnGuardIntegration: [integration.NoFields, onGuard.OnGuardReadAnswer];
  listHoneywellOnGuardIntegrations: [integration.NoFields, onGuard.OnGuardListAnswer];
  deleteHoneywellOnGuardIntegration: [onGuard.OnGuardDeleteRequest, integration.Envelope];
  updateGeneaIntegrationV2: [genea.GeneaUpdateRequest, integration.UpdateAnswer];
  getGeneaIntegration: [integration.NoFields, genea.GeneaReadAnswer];
  deleteGeneaIntegrationV2: [integration.NoFields, integration.Envelope];
  getGeneaDoors: [genea.GeneaDoorsRequest, genea.GeneaDoorsAnswer];
  updateKisiIntegration: [kisi.KisiUpdateRequestV1, integration.UpdateAnswer];
  updateKisiIntegrationV2: [kisi.KisiUpdateRequestV2, integration.UpdateAnswer];
  getKisiIntegration: [integration.NoFields, kisi.KisiReadAnswerV1];
  getKisiIntegrationV2: [integration.NoFields, kisi.KisiReadAnswerV2];
  deleteKisiIntegration: [integration.NoFields, integration.Envelope];
  deleteKisiIntegrationV2: [integration.NoFields, integration.Envelope];
  getKisiPlaces: [kisi.KisiLookupRequest, kisi.KisiPlacesAnswer];
  getKisiDoors: [kisi.KisiLookupRequest, kisi.KisiDoorsAnswer];
  createAccessControlGroup: [groups.GroupCreateRequest, groups.GroupCreateAnswer];
  updateAccessControlGroup: [groups.GroupUpdateRequest, groups.GroupAnswer];
  deleteAccessControlGroup: [groups.GroupRequest, groups.EmptyAnswer];
  findAccessControlGroupsByOrg: [integration.NoFields, groups.GroupsAnswer];
  findAccessControlGroupByExactName: [groups.GroupNameRequest, groups.GroupAnswer];
  findAccessControlGroupsByNamePrefix: [groups.GroupNamePrefixRequest, groups.GroupsAnswer];
  findAccessControlGroupsByUserMembership: [groups.UserRequest, groups.GroupsAnswer];
  findAllUsersForAccessControlGroup: [groups.GroupRequest, groups.GroupMembersAnswer];
  findAccessControlGroupMembershipsByUser: [groups.UserRequest, groups.UserMembershipsAnswer];
  addUsersToAccessControlGroup: [groups.GroupMembersRequest, groups.GroupMembersAnswer];
  removeUsersFromAccessControlGroup: [groups.GroupMembersRequest, groups.EmptyAnswer];
  getOrgIntegrationsV2: [integration.NoFields, integration.OrgIntegrationsAnswer];
  getOrgV2: [integration.NoFields, directory.OrganizationAnswer];
  getClientsV2: [integration.NoFields, directory.PartnerClientsAnswer];
  getLocations: [directory.LocationsRequest, directory.LocationsAnswer];
  getUsersInOrg: [integration.NoFields, directory.UsersAnswer];
  getMinimalCameraStateList: [directory.CamerasRequest, directory.CamerasAnswer];
}

/** The name of an operation, as the vendor writes it. */
export type OperationName = keyof Calls;

/** What is sent to an operation. */
export type RequestOf<Name extends OperationName> = Calls[Name][0];

/** What an operation answers. */
export type AnswerOf<Name extends OperationName> = Calls[Name][1];

const integrations = "/api/integrations/accessControl";
const accessControl = "/api/accesscontrol";
const read = { idempotent: true, writes: false, level: "client", envelope: true } as const;
const write = { idempotent: true, writes: true, level: "client", envelope: true } as const;
// It may wipe what it does not know: tokens that the first one of two had the server add (facts §11.7), deployments made since.
const writeWhole = { ...write, idempotent: false } as const;
const readGroups = { ...read, envelope: false } as const;
const writeGroups = { ...write, envelope: false } as const;

/**
 * Every operation that the provider calls. What may be repeated follows from identity: a write that names its object has the same effect twice; one that
 * makes an object, or writes the whole of one, does not.
 */
export const operations: { readonly [Name in OperationName]: Operation<RequestOf<Name>, AnswerOf<Name>> } = {
  createOrUpdateHoneywellOnGuardIntegration: {
    ...write,
    path: `${integrations}/createOrUpdateHoneywellOnGuardIntegration`,
    idempotent: (request) => !isBlank(request.rhombusToken),
    missing: (answer) => (isBlank(answer.rhombusToken) ? "the deployment's rhombusToken" : undefined),
    answer: onGuard.onGuardActivationAnswer,
  },
  updateHoneywellOnGuardIntegration: {
    ...writeWhole,
    path: `${integrations}/updateHoneywellOnGuardIntegration`,
    answer: integration.updateAnswer,
  },
  getHoneywellOnGuardIntegration: {
    ...read,
    path: `${integrations}/getHoneywellOnGuardIntegration`,
    answer: onGuard.onGuardReadAnswer,
  },
  listHoneywellOnGuardIntegrations: {
    ...read,
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
    ...read,
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
    ...read,
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
    ...read,
    path: `${integrations}/getKisiIntegration`,
    vendorKey: "apiSecretKey",
    answer: kisi.kisiReadAnswerV1,
  },
  getKisiIntegrationV2: {
    ...read,
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
    ...read,
    path: `${integrations}/getKisiPlaces`,
    vendorKey: "apiSecretKey",
    answer: kisi.kisiPlacesAnswer,
  },
  getKisiDoors: {
    ...read,
    path: `${integrations}/getKisiDoors`,
    vendorKey: "apiSecretKey",
    answer: kisi.kisiDoorsAnswer,
  },
  createAccessControlGroup: {
    ...writeGroups,
    path: `${accessControl}/createAccessControlGroup`,
    idempotent: false,
    missing: (answer) => (isBlank(answer.group?.uuid) ? "the new group's uuid" : undefined),
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
    ...readGroups,
    path: `${accessControl}/findAccessControlGroupsByOrg`,
    answer: groups.groupsAnswer,
  },
  findAccessControlGroupByExactName: {
    ...readGroups,
    path: `${accessControl}/findAccessControlGroupByExactName`,
    answer: groups.groupAnswer,
  },
  findAccessControlGroupsByNamePrefix: {
    ...readGroups,
    path: `${accessControl}/findAccessControlGroupsByNamePrefix`,
    answer: groups.groupsAnswer,
  },
  findAccessControlGroupsByUserMembership: {
    ...readGroups,
    path: `${accessControl}/findAccessControlGroupsByUserMembership`,
    answer: groups.groupsAnswer,
  },
  findAllUsersForAccessControlGroup: {
    ...readGroups,
    path: `${accessControl}/findAllUsersForAccessControlGroup`,
    answer: groups.groupMembersAnswer,
  },
  findAccessControlGroupMembershipsByUser: {
    ...readGroups,
    path: `${accessControl}/findAccessControlGroupMembershipsByUser`,
    answer: groups.userMembershipsAnswer,
  },
  addUsersToAccessControlGroup: {
    ...writeGroups,
    path: `${accessControl}/addUsersToAccessControlGroup`,
    answer: groups.groupMembersAnswer,
  },
  removeUsersFromAccessControlGroup: {
    ...writeGroups,
    path: `${accessControl}/removeUsersFromAccessControlGroup`,
    answer: groups.emptyAnswer,
  },
  getOrgIntegrationsV2: {
    ...read,
    path: "/api/integrations/org/getOrgIntegrationsV2",
    answer: integration.orgIntegrationsAnswer,
  },
  getOrgV2: { ...read, path: "/api/org/getOrgV2", answer: directory.organizationAnswer },
  getClientsV2: {
    ...read,
    level: "partner",
    path: "/api/partner/getClientsV2",
    answer: directory.partnerClientsAnswer,
  },
  getLocations: { ...read, path: "/api/location/getLocations", answer: directory.locationsAnswer },
  getUsersInOrg: { ...read, path: "/api/user/getUsersInOrg", answer: directory.usersAnswer },
  getMinimalCameraStateList: {
    ...read,
    path: "/api/camera/getMinimalCameraStateList",
    answer: directory.camerasAnswer,
  },
};

/** Whether an operation may be made again with this request when nobody knows whether it took effect. */
export function isIdempotent<Name extends OperationName>(name: Name, request: RequestOf<Name>): boolean {
  const { idempotent } = operations[name];
  return typeof idempotent === "function" ? idempotent(request) : idempotent;
}

function isBlank(value: string | null | undefined): boolean {
  return value === undefined || value === null || value.trim() === "";
}
