export { behaviourSettings } from "./behaviourSettings";
export { type Behaviours, defaultBehaviours } from "./behaviours";
export { campus, campusSeed } from "./campusSeed";
export type {
  ConsoleGenea,
  ConsoleGroup,
  ConsoleKisi,
  ConsoleKisiPlace,
  ConsoleKisiV1,
  ConsoleOnGuard,
  OrganizationConsole,
} from "./console";
export { type Emulator, type EmulatorOptions, type SeedName, startEmulator } from "./emulator";
export type { Fault, FaultMoment, FaultPlan, FaultTarget, PlannedFault } from "./faults";
export { livedIn, livedInSeed } from "./livedInSeed";
export type { OperationName } from "./operation";
export type { RateLimit } from "./rateLimit";
export type { LoggedRequest } from "./requestLog";
export type {
  BadgeEvent,
  DoorInfo,
  GeneaFlags,
  GroupType,
  KisiDefaultOptions,
  KisiPlaceFlags,
  OnGuardFlags,
} from "./rows";
export { isRuuid, newRuuid, ruuidFromUuid, uuidFromRuuid } from "./ruuid";
export type { FaceMode } from "./schemas";
export type * from "./seed";
export type { EmulatorTls } from "./tls";
export { signBadgeEvent } from "./webhook";
