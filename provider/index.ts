export { LookupError } from "./lookups/define/lookupError";
export * from "./lookups/define/lookupOptions";
export type { LookupFailure } from "./lookups/define/searchError";
export * from "./lookups/getAccessControlGroups";
export * from "./lookups/getAccessControlledDoors";
export * from "./lookups/getAccessGrants";
export * from "./lookups/getCameras";
export * from "./lookups/getClientOrganizations";
export * from "./lookups/getDoorLabels";
export * from "./lookups/getGeneaDoors";
export * from "./lookups/getKisiDoors";
export * from "./lookups/getKisiPlaces";
export * from "./lookups/getLocations";
export * from "./lookups/getOnGuardIntegrations";
export * from "./lookups/getOrganization";
export * from "./lookups/getSchedules";
export * from "./lookups/getUsers";
export type { GetAccessControlledDoorResult } from "./lookups/lists/accessControlledDoors";
export type { CameraPlace, GetCameraResult } from "./lookups/lists/cameras";
export type { GetAccessControlGroupResult } from "./lookups/lists/groups";
export type { KisiAccountPlace } from "./lookups/lists/kisiPlaces";
export type { GetLocationResult } from "./lookups/lists/locations";
export type { GetScheduleResult } from "./lookups/lists/schedules";
export type { GetUserResult, UserKinds } from "./lookups/lists/users";
export { Provider, type ProviderArgs } from "./provider";
export * from "./resources/accessControlGroup/resource";
export * from "./resources/accessGrant/resource";
export type {
  BadgeFaceVerificationMode,
  BadgeOptionsArgs,
  BadgeVerificationArgs,
} from "./resources/fields/badgeOptions";
export type { DoorInfo, DoorInfoArgs } from "./resources/fields/doorInfo";
export * from "./resources/geneaIntegration/resource";
export type {
  KisiDefaultOptions,
  KisiDefaultOptionsArgs,
  KisiPlace,
  KisiPlaceArgs,
} from "./resources/kisiIntegration/fields";
export * from "./resources/kisiIntegration/resource";
export * from "./resources/onGuardIntegration/resource";
export type { ScheduleDay, ScheduleInterval, ScheduleIntervalArgs } from "./resources/schedule/fields";
export * from "./resources/schedule/resource";
export {
  type ErrorFacts,
  type ErrorKind,
  type Outcome,
  type RetryClass,
  RhombusError,
} from "./rhombus/errors/rhombusError";
export { SettingsError, type SettingsProblem } from "./rhombus/settings/settingsError";
