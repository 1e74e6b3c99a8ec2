import { flag, oneOf } from "../../server/shapes";

const faceModes = ["OFF", "SHADOW", "SUPERVISED", "AUTO"] as const;

/** One of the face verification modes of Rhombus. */
export type FaceMode = (typeof faceModes)[number];

/** Flags of a Kisi place: its reactions to badge events. */
export interface KisiPlaceFlags {
  /** Alerts when a face is not authorized. */
  readonly alertUnauthorizedFaces: boolean;
  /** Disarms alarm monitoring on a badge event. */
  readonly badgeAuthDisablesAlarmMonitoring: boolean;
  /** Marks badge events on the camera's timeline. */
  readonly createSeekPoints: boolean;
  /** Learns faces from badge events. */
  readonly identifyFacesFromBadge: boolean;
  /** Saves a clip for each badge event. */
  readonly saveClips: boolean;
}

/** Flags of an OnGuard deployment: its reactions to badge events. */
export interface OnGuardFlags extends KisiPlaceFlags {
  /** Compares faces with badge holders. */
  readonly badgeFaceVerificationMode: FaceMode;
  /** Alerts on unusual access. */
  readonly createAccessAnomalyAlerts: boolean;
}

/** The default flags of a Kisi place. */
export const kisiPlaceDefaults: KisiPlaceFlags = {
  alertUnauthorizedFaces: false,
  badgeAuthDisablesAlarmMonitoring: false,
  createSeekPoints: false,
  identifyFacesFromBadge: false,
  saveClips: false,
};

/** The default flags of an OnGuard deployment. */
export const onGuardDefaults: OnGuardFlags = {
  ...kisiPlaceDefaults,
  badgeFaceVerificationMode: "OFF",
  createAccessAnomalyAlerts: false,
};

/** The fields of a request for the flags of a Kisi place. */
export const kisiPlaceFlagFields = {
  alertUnauthorizedFaces: flag,
  badgeAuthDisablesAlarmMonitoring: flag,
  createSeekPoints: flag,
  identifyFacesFromBadge: flag,
  saveClips: flag,
} as const;

/** The fields of a request for the flags of an OnGuard deployment. */
export const onGuardFlagFields = {
  ...kisiPlaceFlagFields,
  badgeFaceVerificationMode: oneOf(faceModes),
  createAccessAnomalyAlerts: flag,
} as const;
