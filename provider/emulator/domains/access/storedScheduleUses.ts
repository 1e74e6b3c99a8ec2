import { perOrganization } from "../../data/store";
import { Timeline } from "../../data/timeline";

/** The kinds of alert policies. */
export const policyKinds = [
  "accessControlledDoorPolicy",
  "audioPolicy",
  "cameraPolicy",
  "climatePolicy",
  "doorPolicy",
  "occupancyPolicy",
  "proximityPolicy",
  "videoIntercomPolicy",
] as const;

/** Kind of an object, other than a grant or a revocation, that can use a schedule. */
export type ScheduleUseKind =
  | (typeof policyKinds)[number]
  | "alarmMonitoring"
  | "customEvent"
  | "doorSetting"
  | "rule"
  | "sharedStream";

/** An object that uses a schedule, as it is stored, seeded and shown by the console. */
export interface ScheduleUse {
  /** Its id. */
  readonly uuid: string;
  /** Its kind. */
  readonly kind: ScheduleUseKind;
  /** Its name. */
  readonly name: string;
  /** The schedule, null when it has none any more. */
  readonly scheduleUuid: string | null;
}

/** The alert policies, rules and others of an organization that use a schedule, by uuid. */
export const scheduleUsesOf = perOrganization(() => new Timeline<ScheduleUse>());
