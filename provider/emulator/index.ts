export { type Behaviours, behaviourSettings, defaultBehaviours } from "./behaviours/behaviours";
export { campus, campusSeed } from "./data/campusSeed";
export { livedIn, livedInSeed } from "./data/livedInSeed";
export { isRuuid, newRuuid, ruuidFromUuid, uuidFromRuuid } from "./data/ruuid";
export type {
  GeneaAccount,
  KisiAccount,
  KisiAccountPlace,
  SeedApiKey,
  SeedCamera,
  SeedClient,
  SeedLocation,
  SeedPartner,
  SeedUser,
} from "./data/seed";
export type {
  AccessGrantMode,
  ConsoleAccessGrant,
  ConsoleAccessRevocation,
  SeedAccessGrant,
  SeedAccessRevocation,
} from "./domains/access/accessConditions";
export type {
  ConsoleAccessControlledDoor,
  DoorLicence,
  SeedAccessControlledDoor,
} from "./domains/access/accessControlledDoors";
export type { AbsoluteInterval, ConsoleSchedule, SeedSchedule, WeeklyInterval } from "./domains/access/schedules";
export type { ScheduleUse, ScheduleUseKind } from "./domains/access/storedScheduleUses";
export type { DoorInfo } from "./domains/badge/doors";
export type { FaceMode, KisiPlaceFlags, OnGuardFlags } from "./domains/badge/flags";
export type { OperationName, OrganizationConsole, Seed, SeedOrganization } from "./domains/domains";
export type { ConsoleGenea, GeneaFlags, SeedGenea } from "./domains/genea";
export type { ConsoleGroup, GroupType, SeedGroup } from "./domains/groups";
export type { ConsoleKisi, ConsoleKisiPlace, ConsoleKisiV1 } from "./domains/kisi/kisi";
export type { KisiDefaultOptions, SeedKisi, SeedKisiPlace, SeedKisiV1 } from "./domains/kisi/storedKisi";
export type { ConsoleOnGuard, SeedOnGuard } from "./domains/onGuard/storedOnGuard";
export { type BadgeEvent, signBadgeEvent } from "./domains/onGuard/webhook";
export { type Emulator, type EmulatorOptions, type SeedName, startEmulator } from "./emulator";
export type { EmulatorTls } from "./server/access";
export type { Fault, FaultMoment, FaultPlan, FaultTarget, PlannedFault } from "./server/faults";
export type { RateLimit } from "./server/rateLimit";
export type { LoggedRequest } from "./server/requestLog";
