export { type Behaviours, behaviourSettings, defaultBehaviours } from "./behaviours/behaviours";
export type { OrganizationConsole } from "./console";
export type {
  ConsoleGenea,
  ConsoleGroup,
  ConsoleKisi,
  ConsoleKisiPlace,
  ConsoleKisiV1,
  ConsoleOnGuard,
} from "./consoleViews";
export { campus, campusSeed } from "./data/campusSeed";
export { livedIn, livedInSeed } from "./data/livedInSeed";
export type {
  BadgeEvent,
  DoorInfo,
  GeneaFlags,
  GroupType,
  KisiDefaultOptions,
  KisiPlaceFlags,
  OnGuardFlags,
} from "./data/rows";
export { isRuuid, newRuuid, ruuidFromUuid, uuidFromRuuid } from "./data/ruuid";
export type * from "./data/seed";
export type { FaceMode } from "./domains/schemas";
export { signBadgeEvent } from "./domains/webhook";
export { type Emulator, type EmulatorOptions, type SeedName, startEmulator } from "./emulator";
export type { Fault, FaultMoment, FaultPlan, FaultTarget, PlannedFault } from "./server/faults";
export type { OperationName } from "./server/operation";
export type { RateLimit } from "./server/rateLimit";
export type { LoggedRequest } from "./server/requestLog";
export type { EmulatorTls } from "./server/tls";
