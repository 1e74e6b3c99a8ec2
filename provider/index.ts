export {
  type ErrorFacts,
  type ErrorKind,
  LookupError,
  type LookupFailure,
  type Outcome,
  type RetryClass,
  RhombusError,
  SettingsError,
  type SettingsProblem,
} from "./lookups/define/lookupError";
export type {
  LookupMissing,
  LookupOptions,
  LookupOutputArgs,
  LookupOutputOptions,
} from "./lookups/define/lookupOptions";
export {
  type GetAccessControlGroupArgs,
  type GetAccessControlGroupOutputArgs,
  getAccessControlGroup,
  getAccessControlGroupOutput,
} from "./lookups/getAccessControlGroup";
export {
  type GetAccessControlGroupsArgs,
  type GetAccessControlGroupsOutputArgs,
  type GetAccessControlGroupsResult,
  getAccessControlGroups,
  getAccessControlGroupsOutput,
} from "./lookups/getAccessControlGroups";
export { type GetCameraArgs, type GetCameraOutputArgs, getCamera, getCameraOutput } from "./lookups/getCamera";
export {
  type GetCamerasArgs,
  type GetCamerasOutputArgs,
  type GetCamerasResult,
  getCameras,
  getCamerasOutput,
} from "./lookups/getCameras";
export {
  type ClientOrganization,
  type GetClientOrganizationsArgs,
  type GetClientOrganizationsOutputArgs,
  type GetClientOrganizationsResult,
  getClientOrganizations,
  getClientOrganizationsOutput,
} from "./lookups/getClientOrganizations";
export {
  type GeneaDoor,
  type GetGeneaDoorsArgs,
  type GetGeneaDoorsOutputArgs,
  type GetGeneaDoorsResult,
  getGeneaDoors,
  getGeneaDoorsOutput,
} from "./lookups/getGeneaDoors";
export {
  type GetKisiDoorsArgs,
  type GetKisiDoorsOutputArgs,
  type GetKisiDoorsResult,
  getKisiDoors,
  getKisiDoorsOutput,
  type KisiDoor,
} from "./lookups/getKisiDoors";
export {
  type GetKisiPlacesArgs,
  type GetKisiPlacesOutputArgs,
  type GetKisiPlacesResult,
  getKisiPlaces,
  getKisiPlacesOutput,
} from "./lookups/getKisiPlaces";
export {
  type GetLocationArgs,
  type GetLocationOutputArgs,
  getLocation,
  getLocationOutput,
} from "./lookups/getLocation";
export {
  type GetLocationsArgs,
  type GetLocationsOutputArgs,
  type GetLocationsResult,
  getLocations,
  getLocationsOutput,
} from "./lookups/getLocations";
export {
  type GetOnGuardIntegrationsArgs,
  type GetOnGuardIntegrationsOutputArgs,
  type GetOnGuardIntegrationsResult,
  getOnGuardIntegrations,
  getOnGuardIntegrationsOutput,
  type OnGuardDeployment,
} from "./lookups/getOnGuardIntegrations";
export { type GetOrganizationResult, getOrganization, getOrganizationOutput } from "./lookups/getOrganization";
export { type GetUserArgs, type GetUserOutputArgs, getUser, getUserOutput } from "./lookups/getUser";
export {
  type GetUsersArgs,
  type GetUsersOutputArgs,
  type GetUsersResult,
  getUsers,
  getUsersOutput,
} from "./lookups/getUsers";
export type { CameraPlace, GetCameraResult } from "./lookups/lists/cameras";
export type { GetAccessControlGroupResult } from "./lookups/lists/groups";
export type { KisiAccountPlace } from "./lookups/lists/kisiPlaces";
export type { GetLocationResult } from "./lookups/lists/locations";
export type { GetUserResult, UserKinds } from "./lookups/lists/users";
export { Provider, type ProviderArgs } from "./provider";
export { AccessControlGroup, type AccessControlGroupArgs } from "./resources/accessControlGroup/resource";
export type {
  BadgeFaceVerificationMode,
  BadgeOptionsArgs,
  BadgeVerificationArgs,
} from "./resources/fields/badgeOptions";
export type { DoorInfo, DoorInfoArgs } from "./resources/fields/doorInfo";
export { GeneaIntegration, type GeneaIntegrationArgs } from "./resources/geneaIntegration/resource";
export type {
  KisiDefaultOptions,
  KisiDefaultOptionsArgs,
  KisiPlace,
  KisiPlaceArgs,
} from "./resources/kisiIntegration/fields";
export { KisiIntegration, type KisiIntegrationArgs } from "./resources/kisiIntegration/resource";
export { OnGuardIntegration, type OnGuardIntegrationArgs } from "./resources/onGuardIntegration/resource";
