import * as v from "valibot";
import { deploymentFields } from "./doors";
import { envelopeFields, integrationSettingsFields, vendorAnswerFields } from "./integration";
import { fields, flag, list, text } from "./schema";

const geneaSettings = fields({
  ...integrationSettingsFields,
  ...deploymentFields,
  /** The Genea Global API Key; secret. A write with it activates the integration. */
  apiToken: text,
  /** Index faces. */
  indexFaces: flag,
  /** A credential of the server; secret. */
  refreshToken: text,
  /** True if Genea accepts the token; set by the server. */
  tokenValid: flag,
  /** The key that signs Genea's events, set by the server; secret. */
  webhookSignatureSecret: text,
  /** Genea's id of the webhook, set by the server. */
  webhookUuid: text,
});

/** The Genea settings of an organization, in their second version (Rhombus: `IGeneaType`). */
export type GeneaSettings = v.InferOutput<typeof geneaSettings>;

/** The answer of `getGeneaIntegration`; null or absent settings if nothing is configured. */
export const geneaReadAnswer = fields({ ...envelopeFields, orgIntegrationV2: v.nullish(geneaSettings) });

/** A Genea door (Rhombus: `PanelType`). */
const geneaDoor = fields({
  /** The key in `doorInfoMap`. */
  id: text,
  name: text,
});

/** The answer of `getGeneaDoors`. */
export const geneaDoorsAnswer = fields({
  ...vendorAnswerFields,
  panelList: list(geneaDoor),
});
