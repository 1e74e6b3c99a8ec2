import { fields, flag, list, map, number, text } from "./shape";

/** What Rhombus knows about one door of a badge integration (vendor: `BadgeIntegrationDoorInfoType`). */
export interface DoorInfo {
  /** The cameras that watch the door, as RUUIDs without a facet suffix. */
  assignedCameraList?: (string | null)[] | null;
  /** The length of the clip kept for an event; the vendor does not state the unit. */
  clipDuration?: number | null;
  /** The door's name. */
  doorName?: string | null;
  /** How many seconds before the event the clip starts. */
  leadingSeconds?: number | null;
  /** The Rhombus location of the door, as an RUUID. */
  locationUuid?: string | null;
  /** Whether Rhombus may unlock the door. */
  remoteUnlock?: boolean | null;
  /** The path of sub-locations to the door: one or more RUUIDs joined by dots. */
  subLocationsHierarchyKey?: string | null;
}

/** Doors by the key their vendor knows them by. */
export type DoorInfoMap = Record<string, DoorInfo | null>;

/** What places without settings of their own do (vendor: `BadgeIntegrationDefaultOptions`). */
export interface DefaultOptions {
  /** Whether these defaults apply at all. */
  defaultOptionsEnabled?: boolean | null;
  /** Whether a badge used with an unauthorized face raises an alert. */
  alertUnauthorizedFaces?: boolean | null;
  /** Whether an authorized badge switches alarm monitoring off. */
  badgeAuthDisablesAlarmMonitoring?: boolean | null;
  /** Whether an event marks its moment in the footage. */
  createSeekPoints?: boolean | null;
  /** Whether faces are named from the badges they use. */
  identifyFacesFromBadge?: boolean | null;
  /** Whether an event saves a clip. */
  saveClips?: boolean | null;
}

/** The settings of one place (vendor: `BadgeIntegrationSettings`). */
export interface PlaceSettings {
  /** The vendor's number for the place. */
  placeId?: number | null;
  /** The place's name. */
  placeName?: string | null;
  /** The doors of the place. */
  doorInfoMap?: DoorInfoMap | null;
  /** Whether a badge used with an unauthorized face raises an alert. */
  alertUnauthorizedFaces?: boolean | null;
  /** Whether an authorized badge switches alarm monitoring off. */
  badgeAuthDisablesAlarmMonitoring?: boolean | null;
  /** Whether an event marks its moment in the footage. */
  createSeekPoints?: boolean | null;
  /** Whether faces are named from the badges they use. */
  identifyFacesFromBadge?: boolean | null;
  /** Whether an event saves a clip. */
  saveClips?: boolean | null;
  /** Door numbers assigned to cameras of more than one Rhombus location, set by the server; the envelope of a write names them instead. */
  misconfiguredDoors?: (number | null)[] | null;
  /** The webhook credential of the place, an RUUID set by the server; secret. */
  rhombusToken?: string | null;
  /** The vendor's number for the webhook, set by the server. */
  webhookId?: number | null;
}

/** Shape of `DoorInfoMap`. */
export const doorInfoMap = map(
  fields<DoorInfo>({
    assignedCameraList: list(text),
    clipDuration: number,
    doorName: text,
    leadingSeconds: number,
    locationUuid: text,
    remoteUnlock: flag,
    subLocationsHierarchyKey: text,
  }),
);

/** Shape of `DefaultOptions`. */
export const defaultOptions = fields<DefaultOptions>({
  defaultOptionsEnabled: flag,
  alertUnauthorizedFaces: flag,
  badgeAuthDisablesAlarmMonitoring: flag,
  createSeekPoints: flag,
  identifyFacesFromBadge: flag,
  saveClips: flag,
});

/** Shape of `PlaceSettings`. */
export const placeSettings = fields<PlaceSettings>({
  placeId: number,
  placeName: text,
  doorInfoMap,
  alertUnauthorizedFaces: flag,
  badgeAuthDisablesAlarmMonitoring: flag,
  createSeekPoints: flag,
  identifyFacesFromBadge: flag,
  saveClips: flag,
  misconfiguredDoors: list(number),
  rhombusToken: text,
  webhookId: number,
});
