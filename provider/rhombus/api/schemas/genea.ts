import * as v from "valibot";
import { badgeFlags, doorInfoMap } from "./doors";
import { envelopeFields, integrationRowFields } from "./integration";
import { badgeFaceVerificationMode } from "./onGuard";
import { fields, flag, list, text } from "./schema";

const geneaSettings = fields({
  ...integrationRowFields,
  ...badgeFlags,
  /** The Genea Global API Key; secret. A write with it activates the integration. */
  apiToken: text,
  badgeFaceVerificationMode,
  /** Raise an alert for anomalies of access. */
  createAccessAnomalyAlerts: flag,
  /** The doors by Genea's id. */
  doorInfoMap,
  /** Set by the server or the client; the vendor does not document which. */
  doorsValidated: flag,
  /** Index faces. */
  indexFaces: flag,
  /** Names of doors assigned to cameras of more than one Rhombus location, set by the server. */
  misconfiguredDoors: list(v.string()),
  /** A credential of the server; secret. */
  refreshToken: text,
  /** The webhook credential, an RUUID set by the server; secret. */
  rhombusToken: text,
  /** True if Genea accepts the token; set by the server. */
  tokenValid: flag,
  /** The key that signs Genea's events, set by the server; secret. */
  webhookSignatureSecret: text,
  /** Genea's id of the webhook, set by the server. */
  webhookUuid: text,
});

/** The Genea settings of an organization, in their second version (vendor: `IGeneaType`). */
export type GeneaSettings = v.InferOutput<typeof geneaSettings>;

/** The request of `updateGeneaIntegrationV2`, which creates as well. */
export interface GeneaUpdateRequest {
  /** The settings to write. */
  geneaSettings: GeneaSettings;
}

/** The answer of `getGeneaIntegration`; null or absent settings if nothing is configured. */
export const geneaReadAnswer = fields({ ...envelopeFields, orgIntegrationV2: v.nullish(geneaSettings) });

/** The request of `getGeneaDoors`. */
export interface GeneaDoorsRequest {
  /** The Genea token; secret. Default: the stored one. */
  apiToken?: string | null;
}

/** A Genea door (vendor: `PanelType`). */
const geneaDoor = fields({
  /** The key in `doorInfoMap`. */
  id: text,
  name: text,
});

/** The answer of `getGeneaDoors`. */
export const geneaDoorsAnswer = fields({
  ...envelopeFields,
  /** True if Genea refused the token; the client throws. */
  authError: flag,
  panelList: list(geneaDoor),
});
