import * as v from "valibot";
import { fields, flag, list, map, number, oneOfOrNewer, text } from "./schema";

const door = fields({
  /** The cameras at the door, as RUUIDs without a facet suffix. */
  assignedCameraList: list(v.string()),
  /** The length of the clip of an event. The unit is not documented. */
  clipDuration: number,
  doorName: text,
  /** The seconds before the event at which the clip starts. */
  leadingSeconds: number,
  /** The Rhombus location of the door, an RUUID. */
  locationUuid: text,
  /** Allow Rhombus to unlock the door. */
  remoteUnlock: flag,
  /** The path of sub-locations to the door: one or more RUUIDs joined by dots. */
  subLocationsHierarchyKey: text,
});

/** Doors by the badge vendor's key (Rhombus: `BadgeIntegrationDoorInfoType`). */
export const doorInfoMap = map(door);

/** Doors by the badge vendor's key. */
export type DoorInfoMap = NonNullable<v.InferOutput<typeof doorInfoMap>>;

/** The event flags of an organization or of a place. */
export const eventFlags = {
  /** Raise an alert for a badge used with an unauthorized face. */
  alertUnauthorizedFaces: flag,
  /** Create a seek point in the footage for each event. */
  createSeekPoints: flag,
  /** Name faces from the badges they use. */
  identifyFacesFromBadge: flag,
  /** Save a clip for each event. */
  saveClips: flag,
};

/** The event flags, and one for alarms. */
const badgeFlags = {
  ...eventFlags,
  /** Turn off alarm monitoring for an authorized badge. */
  badgeAuthDisablesAlarmMonitoring: flag,
};

/** The settings that Genea and an OnGuard deployment share. */
export const deploymentFields = {
  ...badgeFlags,
  /** The mode of matching faces with badges. Not nullable in the schemas of Rhombus: omit it in a request instead of sending null. */
  badgeFaceVerificationMode: oneOfOrNewer<"OFF" | "SHADOW" | "SUPERVISED" | "AUTO">(),
  /** Raise an alert for anomalies of access. */
  createAccessAnomalyAlerts: flag,
  /** The doors by the badge vendor's key. Of OnGuard only `createOrUpdateHoneywellOnGuardIntegration` writes them. */
  doorInfoMap,
  /** Names of doors assigned to cameras of more than one Rhombus location, set by the server. */
  misconfiguredDoors: list(v.string()),
  /** The webhook credential, an RUUID set by the server; secret. It identifies an OnGuard deployment and is part of its webhook URL. */
  rhombusToken: text,
};

/** The defaults for places without settings of their own (Rhombus: `BadgeIntegrationDefaultOptions`). */
export const defaultOptions = fields({
  ...badgeFlags,
  /** Apply these defaults. */
  defaultOptionsEnabled: flag,
});

/** The settings of one place (Rhombus: `BadgeIntegrationSettings`). */
export const placeSettings = fields({
  ...badgeFlags,
  /** The badge vendor's number for the place. */
  placeId: number,
  placeName: text,
  doorInfoMap,
  /** The numbers of doors assigned to cameras of more than one Rhombus location, set by the server. Answers to writes show their names instead. */
  misconfiguredDoors: list(v.number()),
  /** The webhook credential of the place, an RUUID set by the server; secret. */
  rhombusToken: text,
  /** The badge vendor's number for the webhook, set by the server. */
  webhookId: number,
});

/** The settings of one place. */
export type PlaceSettings = v.InferOutput<typeof placeSettings>;
