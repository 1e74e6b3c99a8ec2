import { type Accepted, flag, int32, int64, list, map, object, oneOf, ruuid, ruuidPath, text } from "../server/shapes";

/** Modes of the comparison of a badge with the face at the camera. */
const faceModes = ["OFF", "SHADOW", "SUPERVISED", "AUTO"] as const;

/** One of the vendor's face verification modes. */
export type FaceMode = (typeof faceModes)[number];

const integrationNames =
  `AVIGILON_ALTA BOULEVARD BRIVO BUTTERFLY_MX DEVICE_INTEGRATION DICE ENVOY FLIC GENEA GOOGLE HONEYWELL_ELEMENTS
  GUEST_MANAGEMENT INFORMACAST INNER_RANGE KISI LUMEO MICROSOFT_TEAMS OMNIALERT OPENAI OPENTECH_ALLIANCE PIMLOC PLACE_OS
  PRODATAKEY SHELLY TOAST WEBHOOKS ZAPIER RAPTOR NINEONEONE_CELLULAR SLACK APERIO PAR_POS HONEYWELL_ONGUARD
  HONEYWELL_NETBOX SIGNATURE_API UNKNOWN`.split(/\s+/);

const auditEvent = object({
  enabledTimestampMs: int64,
  integrationAuditEvent: oneOf(["UPDATE", "DELETE"]),
  user: text,
  userUuid: ruuid,
});

/** The fields of every integration row. Callers may set only `enabled`. */
const integrationRow = {
  enabled: flag,
  integration: oneOf(integrationNames),
  integrationAuditMap: map(auditEvent),
  orgUuid: ruuid,
  userUuid: ruuid,
} as const;

/** A door of any badge integration (`BadgeIntegrationDoorInfoType`). */
export const doorInfo = object({
  assignedCameraList: list(ruuid),
  clipDuration: int32,
  doorName: text,
  leadingSeconds: int32,
  locationUuid: ruuid,
  remoteUnlock: flag,
  subLocationsHierarchyKey: ruuidPath,
});

/** A door in a request. */
export type DoorInfoBody = NonNullable<Accepted<typeof doorInfo>>;

/** The flags of every badge integration. */
const badgeFlags = {
  alertUnauthorizedFaces: flag,
  badgeAuthDisablesAlarmMonitoring: flag,
  createSeekPoints: flag,
  identifyFacesFromBadge: flag,
  saveClips: flag,
} as const;

/** One OnGuard deployment (`OnGuardDeploymentSettings`). `webhookUrl` needs {@link Behaviours.onGuardUrlReads}. */
export const onGuardDeployment = object({
  ...badgeFlags,
  badgeFaceVerificationMode: oneOf(faceModes),
  createAccessAnomalyAlerts: flag,
  displayName: text,
  doorInfoMap: map(doorInfo),
  doorsValidated: flag,
  misconfiguredDoors: list(text),
  presharedSecret: text,
  rhombusToken: ruuid,
  webhookUrl: text,
});

/** The body of createOrUpdateHoneywellOnGuardIntegration. Its token is declared as plain text. */
export const onGuardWrite = object({ displayName: text, doorInfoMap: map(doorInfo), rhombusToken: text });

/** The OnGuard row of an organization (`IHoneywellOnGuardType`), with all its deployments. */
export const onGuardSettings = object({ ...integrationRow, deploymentToSettingsMap: map(onGuardDeployment) });

/** The Genea row of an organization (`IGeneaType`). */
export const geneaSettings = object({
  ...integrationRow,
  ...badgeFlags,
  apiToken: text,
  badgeFaceVerificationMode: oneOf(faceModes),
  createAccessAnomalyAlerts: flag,
  doorInfoMap: map(doorInfo),
  doorsValidated: flag,
  indexFaces: flag,
  misconfiguredDoors: list(text),
  refreshToken: text,
  rhombusToken: ruuid,
  tokenValid: flag,
  webhookSignatureSecret: text,
  webhookUuid: text,
});

const kisiDefaultOptions = object({
  ...badgeFlags,
  defaultOptionsEnabled: flag,
});

/** One place of a Kisi integration (`BadgeIntegrationSettings`). Misconfigured doors are ids here, names elsewhere. */
export const kisiPlace = object({
  ...badgeFlags,
  doorInfoMap: map(doorInfo),
  misconfiguredDoors: list(int32),
  placeId: int32,
  placeName: text,
  rhombusToken: ruuid,
  webhookId: int32,
});

/** A place in a request. */
export type KisiPlaceBody = NonNullable<Accepted<typeof kisiPlace>>;

/** The fields of both versions of the Kisi settings. */
const kisiShared = {
  apiSecretKey: text,
  defaultOptions: kisiDefaultOptions,
  doorsValidated: flag,
  placeToSettingsMap: map(kisiPlace),
} as const;

/** The Kisi row of an organization, V2 (`IKisiType`). */
export const kisiSettingsV2 = object({ ...integrationRow, ...kisiShared });

/** The Kisi settings of the deprecated V1 operations (`KisiSettings`). */
export const kisiSettingsV1 = object({
  ...kisiShared,
  alertUnauthorizedFaces: flag,
  createSeekPoints: flag,
  doorInfoMap: map(doorInfo),
  doorToCameraMap: map(list(ruuid)),
  enabled: flag,
  enabledTimestampMs: int64,
  enablingUser: text,
  enablingUserUuid: ruuid,
  identifyFacesFromBadge: flag,
  migrated: flag,
  placeId: int32,
  rhombusToken: ruuid,
  saveClips: flag,
  webhookId: int32,
});

/** The body of an operation that takes no fields. */
export const noFields = object({});
