import * as v from "valibot";
import { fields, flag, list, map, oneOfOrNewer, text } from "./schema";

/** The fields that every answer of the integration operations may have beside its content. */
export const envelopeFields = {
  /** True if the call failed although the status is 200; the client throws. */
  error: flag,
  /** The error text. */
  errorMsg: text,
  /** A warning of a call that succeeded; the client shows it. */
  warningMsg: text,
};

/** The answer to a deletion of an integration. */
export const envelope = fields(envelopeFields);

/** The fields of every answer for which Rhombus asks Genea or Kisi. */
export const vendorAnswerFields = {
  ...envelopeFields,
  /** True if the badge vendor refused its key; the client throws. */
  authError: flag,
};

/** The fields of the answer to a write of integration settings. It does not contain the settings. */
export const updateAnswerFields = {
  ...vendorAnswerFields,
  /** The ids that could not be updated: a partial failure; the client warns. */
  failedGuids: list(v.string()),
  /** Names of doors assigned to cameras of more than one Rhombus location; the client warns. */
  misconfiguredDoors: list(v.string()),
};

/** The answer to a write of integration settings. */
export const updateAnswer = fields(updateAnswerFields);

/** The answer to a write of integration settings. */
export type UpdateAnswer = v.InferOutput<typeof updateAnswer>;

/** The fields of every integration's settings. */
export const integrationSettingsFields = {
  /** True while the integration is on. */
  enabled: flag,
  /** Not nullable in the schemas of Rhombus: omit it in a request instead of sending null. */
  integration: oneOfOrNewer<"GENEA" | "KISI" | "HONEYWELL_ONGUARD">(),
  /** The organization, an RUUID. */
  orgUuid: text,
  /** The user who configured it, an RUUID. */
  userUuid: text,
};

const integrationSettings = fields(integrationSettingsFields);

/** The settings of any integration. */
export type IntegrationSettings = v.InferOutput<typeof integrationSettings>;

/** An integration in the listing of all, with its key there, which Rhombus does not describe. */
export type ListedIntegration = IntegrationSettings & { readonly key: string };

/** The answer of `getOrgIntegrationsV2`. */
export const orgIntegrationsAnswer = fields({
  ...envelopeFields,
  /** All integrations of the organization. The keys are not documented. */
  orgIntegrationsV2: map(integrationSettings),
});
