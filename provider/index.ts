export { Provider, type ProviderArgs } from "./provider";
export { AccessControlGroup, type AccessControlGroupArgs } from "./resources/accessControlGroup/resource";
export type { BadgeFaceVerificationMode, BadgeOptionsArgs, BadgeVerificationArgs } from "./resources/badgeOptions";
export type { DoorInfo, DoorInfoArgs } from "./resources/doorInfo";
export { GeneaIntegration, type GeneaIntegrationArgs } from "./resources/geneaIntegration/resource";
export {
  type KisiDefaultOptions,
  type KisiDefaultOptionsArgs,
  KisiIntegration,
  type KisiIntegrationArgs,
  type KisiPlace,
  type KisiPlaceArgs,
} from "./resources/kisiIntegration/resource";
export { OnGuardIntegration, type OnGuardIntegrationArgs } from "./resources/onGuardIntegration/resource";
