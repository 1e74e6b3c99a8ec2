import * as v from "valibot";
import { fields, flag, list, map, number, text } from "./schema";

const door = fields({
  /** The cameras that watch the door, as RUUIDs without a facet suffix. */
  assignedCameraList: list(v.string()),
  /** The length of the clip kept for an event; the vendor does not state the unit. */
  clipDuration: number,
  doorName: text,
  /** The seconds before the event at which the clip starts. */
  leadingSeconds: number,
  /** The Rhombus location of the door, an RUUID. */
  locationUuid: text,
  /** Whether Rhombus may unlock the door. */
  remoteUnlock: flag,
  /** The path of sub-locations to the door: one or more RUUIDs joined by dots. */
  subLocationsHierarchyKey: text,
});

/** Doors by the key that their vendor knows them by (vendor: `BadgeIntegrationDoorInfoType`). */
export const doorInfoMap = map(door);

/** Doors by the key that their vendor knows them by. */
export type DoorInfoMap = NonNullable<v.InferOutput<typeof doorInfoMap>>;

/** The flags of a place about its events. */
export const badgeFlags = {
  /** Whether a badge used with an unauthorized face raises an alert. */
  alertUnauthorizedFaces: flag,
  /** Whether an authorized badge switches alarm monitoring off. */
  badgeAuthDisablesAlarmMonitoring: flag,
  /** Whether an event marks its moment in the footage. */
  createSeekPoints: flag,
  /** Whether faces are named from the badges they use. */
  identifyFacesFromBadge: flag,
  /** Whether an event saves a clip. */
  saveClips: flag,
};

/** The defaults for places without settings of their own (vendor: `BadgeIntegrationDefaultOptions`). */
export const defaultOptions = fields({
  ...badgeFlags,
  /** Whether these defaults apply at all. */
  defaultOptionsEnabled: flag,
});

/** The settings of one place (vendor: `BadgeIntegrationSettings`). */
export const placeSettings = fields({
  ...badgeFlags,
  /** The vendor's number for the place. */
  placeId: number,
  placeName: text,
  doorInfoMap,
  /** Door numbers assigned to cameras of more than one Rhombus location, set by the server; the envelope of a write names them instead. */
  misconfiguredDoors: list(v.number()),
  /** The webhook credential of the place, an RUUID set by the server; secret. */
  rhombusToken: text,
  /** The vendor's number for the webhook, set by the server. */
  webhookId: number,
});

/** The settings of one place. */
export type PlaceSettings = v.InferOutput<typeof placeSettings>;
