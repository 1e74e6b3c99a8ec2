import { flag, oneOf } from "../../core/schema/fields";
import type { ArgsOf } from "./args";

/** The strictness with which Rhombus compares a face with the badge that is used. */
export type BadgeFaceVerificationMode = "OFF" | "SHADOW" | "SUPERVISED" | "AUTO";

/** A flag that adds monitoring. */
export const monitoring: { readonly protection: readonly boolean[] } = { protection: [false, true] };

const modes = ["OFF", "SHADOW", "SUPERVISED", "AUTO"] as const;

/** The fields that control the handling of badge events. */
export const badgeOptions = {
  /** Raises an alert if a badge is used with an unauthorized face. Default: false, also if it is no longer declared. */
  alertUnauthorizedFaces: flag(monitoring),
  /** Disables alarm monitoring when an authorized badge is used. Default: false, also if it is no longer declared. */
  badgeAuthDisablesAlarmMonitoring: flag({ protection: [true, false] }),
  /** Creates a seek point in the footage for each badge event. Default: false, also if it is no longer declared. */
  createSeekPoints: flag(monitoring),
  /** Names faces after the badges they use. Default: false, also if it is no longer declared. */
  identifyFacesFromBadge: flag(monitoring),
  /** Saves a clip for each badge event. Default: false, also if it is no longer declared. */
  saveClips: flag(monitoring),
};

/** The fields of {@link badgeOptions}, and those that compare faces with badges. */
export const badgeVerification = {
  ...badgeOptions,
  /** The strictness with which a face is compared with the badge. Default: `"OFF"`, also if it is no longer declared. */
  badgeFaceVerificationMode: oneOf<BadgeFaceVerificationMode>(modes, { protection: modes }),
  /** Raises an alert for access anomalies. Default: false, also if it is no longer declared. */
  createAccessAnomalyAlerts: flag(monitoring),
};

/** The arguments that control the handling of badge events. */
export interface BadgeOptionsArgs extends ArgsOf<typeof badgeOptions> {}

/** The arguments that control the handling of badge events and the comparison of faces with badges. */
export interface BadgeVerificationArgs extends BadgeOptionsArgs, ArgsOf<typeof badgeVerification> {}
