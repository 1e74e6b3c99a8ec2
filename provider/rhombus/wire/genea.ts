import { type DoorInfoMap, doorInfoMap } from "./doors";
import { type Envelope, envelopeFields, type IntegrationRow, integrationRowFields } from "./integration";
import type { BadgeFaceVerificationMode } from "./onGuard";
import { fields, flag, list, text } from "./shape";

/** The Genea settings of an organization, in their second version (vendor: `IGeneaType`). */
export interface GeneaSettings extends IntegrationRow {
  /** Whether a badge used with an unauthorized face raises an alert. */
  alertUnauthorizedFaces?: boolean | null;
  /** The Genea Global API Key; secret. Supplying it activates the integration. */
  apiToken?: string | null;
  /** Whether an authorized badge switches alarm monitoring off. */
  badgeAuthDisablesAlarmMonitoring?: boolean | null;
  /** How strictly a face has to match its badge; not nullable. */
  badgeFaceVerificationMode?: BadgeFaceVerificationMode;
  /** Whether anomalies of access raise an alert. */
  createAccessAnomalyAlerts?: boolean | null;
  /** Whether an event marks its moment in the footage. */
  createSeekPoints?: boolean | null;
  /** The doors by Genea's id. */
  doorInfoMap?: DoorInfoMap | null;
  /** Whether the doors were found valid; the vendor does not say who sets it. */
  doorsValidated?: boolean | null;
  /** Whether faces are named from the badges they use. */
  identifyFacesFromBadge?: boolean | null;
  /** Whether faces are indexed. */
  indexFaces?: boolean | null;
  /** Names of doors assigned to cameras of more than one Rhombus location, set by the server. */
  misconfiguredDoors?: (string | null)[] | null;
  /** A credential of the server's; secret. */
  refreshToken?: string | null;
  /** The webhook credential, an RUUID set by the server; secret. */
  rhombusToken?: string | null;
  /** Whether an event saves a clip. */
  saveClips?: boolean | null;
  /** Whether Genea accepts the token, set by the server. */
  tokenValid?: boolean | null;
  /** The key that signs Genea's events, set by the server; secret. */
  webhookSignatureSecret?: string | null;
  /** Genea's id of the webhook, set by the server. */
  webhookUuid?: string | null;
}

/** The request of `updateGeneaIntegrationV2`, which creates as well. */
export interface GeneaUpdateRequest {
  /** The settings to write. */
  geneaSettings: GeneaSettings;
}

/** The answer of `getGeneaIntegration`. */
export interface GeneaReadAnswer extends Envelope {
  /** The settings, null or absent when nothing is configured. */
  orgIntegrationV2?: GeneaSettings | null;
}

/** The request of the door look-ups that need a Genea token. */
export interface GeneaDoorsRequest {
  /** The Genea token to ask with; secret. Left out, the stored one serves. */
  apiToken?: string | null;
}

/** A Genea door (vendor: `PanelType`). */
export interface GeneaDoor {
  /** Genea's id, the key in `doorInfoMap`. */
  id?: string | null;
  /** The door's name. */
  name?: string | null;
}

/** The answer of `getGeneaDoors`. */
export interface GeneaDoorsAnswer extends Envelope {
  /** True when Genea refused the token; the client throws. */
  authError?: boolean | null;
  /** The doors. */
  panelList?: (GeneaDoor | null)[] | null;
}

/** Shape of `GeneaReadAnswer`. */
export const geneaReadAnswer = fields<GeneaReadAnswer>({
  ...envelopeFields,
  orgIntegrationV2: fields<GeneaSettings>({
    ...integrationRowFields,
    alertUnauthorizedFaces: flag,
    apiToken: text,
    badgeAuthDisablesAlarmMonitoring: flag,
    badgeFaceVerificationMode: text,
    createAccessAnomalyAlerts: flag,
    createSeekPoints: flag,
    doorInfoMap,
    doorsValidated: flag,
    identifyFacesFromBadge: flag,
    indexFaces: flag,
    misconfiguredDoors: list(text),
    refreshToken: text,
    rhombusToken: text,
    saveClips: flag,
    tokenValid: flag,
    webhookSignatureSecret: text,
    webhookUuid: text,
  }),
});

/** Shape of `GeneaDoorsAnswer`. */
export const geneaDoorsAnswer = fields<GeneaDoorsAnswer>({
  ...envelopeFields,
  authError: flag,
  panelList: list(fields<GeneaDoor>({ id: text, name: text })),
});
