import type { Input } from "@pulumi/pulumi";
import { flag, oneOf } from "../../core/schema/fields";

/** What Rhombus does with badge events. */
export interface BadgeOptionsArgs {
  /** Whether a badge used with an unauthorized face raises an alert. Default, also when no longer declared: false. */
  alertUnauthorizedFaces?: Input<boolean>;
  /** Whether an authorized badge switches alarm monitoring off. Default, also when no longer declared: false. */
  badgeAuthDisablesAlarmMonitoring?: Input<boolean>;
  /** Whether an event marks its moment in the footage. Default, also when no longer declared: false. */
  createSeekPoints?: Input<boolean>;
  /** Whether faces are named from the badges they use. Default, also when no longer declared: false. */
  identifyFacesFromBadge?: Input<boolean>;
  /** Whether an event saves a clip. Default, also when no longer declared: false. */
  saveClips?: Input<boolean>;
}

/** How strictly Rhombus compares a face with the badge that is used. */
export type BadgeFaceVerificationMode = "OFF" | "SHADOW" | "SUPERVISED" | "AUTO";

/** What Rhombus does with badge events where it also compares faces with badges. */
export interface BadgeVerificationArgs extends BadgeOptionsArgs {
  /** How strictly a face is compared with the badge. Default, also when no longer declared: `"OFF"`. */
  badgeFaceVerificationMode?: Input<BadgeFaceVerificationMode>;
  /** Whether anomalies of access raise an alert. Default, also when no longer declared: false. */
  createAccessAnomalyAlerts?: Input<boolean>;
}

/** The fields of {@link BadgeOptionsArgs}. */
export const badgeOptions = {
  alertUnauthorizedFaces: flag(),
  badgeAuthDisablesAlarmMonitoring: flag(),
  createSeekPoints: flag(),
  identifyFacesFromBadge: flag(),
  saveClips: flag(),
};

/** The fields of {@link BadgeVerificationArgs}. */
export const badgeVerification = {
  ...badgeOptions,
  badgeFaceVerificationMode: oneOf<BadgeFaceVerificationMode>(["OFF", "SHADOW", "SUPERVISED", "AUTO"]),
  createAccessAnomalyAlerts: flag(),
};
