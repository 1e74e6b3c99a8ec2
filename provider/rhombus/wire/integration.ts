import { fields, flag, list, map, number, type Shape, text } from "./shape";

/** A text of which some values are known; others are let through, because the vendor's enumerations grow. */
export type OneOfOrNewer<Known extends string> = Known | (string & {});

/** A request without fields; `{}` is sent. */
export type NoFields = Record<string, never>;

/** What every answer of the integration operations may carry besides its content. */
export interface Envelope {
  /** True when the call failed although HTTP says 200; the client throws. */
  error?: boolean | null;
  /** The vendor's words for the failure. */
  errorMsg?: string | null;
  /** A caveat of a call that succeeded; the client warns. */
  warningMsg?: string | null;
}

/** The answer to a write of integration settings. The settings themselves are not echoed. */
export interface UpdateAnswer extends Envelope {
  /** True when the third party (Genea, Kisi) refused the vendor key; the client throws. */
  authError?: boolean | null;
  /** What could not be updated: a partial failure; the client warns. */
  failedGuids?: (string | null)[] | null;
  /** Names of doors assigned to cameras of more than one Rhombus location; the client warns. */
  misconfiguredDoors?: (string | null)[] | null;
}

/** One entry of an integration's audit trail. */
export interface IntegrationAuditEvent {
  /** When it happened, in milliseconds since 1970. */
  enabledTimestampMs?: number | null;
  /** What happened; there is no value for a creation, which is an update too. */
  integrationAuditEvent?: OneOfOrNewer<"UPDATE" | "DELETE"> | null;
  /** Who did it, by name. */
  user?: string | null;
  /** Who did it, as an RUUID. */
  userUuid?: string | null;
}

/** What the rows of all integrations share. */
export interface IntegrationRow {
  /** Whether the integration is on. */
  enabled?: boolean | null;
  /** Which integration it is; the one field of a row that is not nullable, so leave it out rather than send null. */
  integration?: OneOfOrNewer<"GENEA" | "KISI" | "HONEYWELL_ONGUARD">;
  /** The audit trail, kept by the server. */
  integrationAuditMap?: Record<string, IntegrationAuditEvent | null> | null;
  /** The organization the row belongs to, as an RUUID. */
  orgUuid?: string | null;
  /** Who set it up, as an RUUID. */
  userUuid?: string | null;
}

/** The answer of `getOrgIntegrationsV2`. */
export interface OrgIntegrationsAnswer extends Envelope {
  /** Every integration of the organization; the vendor does not describe the keys. */
  orgIntegrationsV2?: Record<string, IntegrationRow | null> | null;
}

/** The fields of `Envelope`, for shapes that extend it. */
export const envelopeFields = { error: flag, errorMsg: text, warningMsg: text };

/** The fields of `UpdateAnswer`, for shapes that extend it. */
export const updateAnswerFields = {
  ...envelopeFields,
  authError: flag,
  failedGuids: list(text),
  misconfiguredDoors: list(text),
};

const auditEvent: Shape<IntegrationAuditEvent> = fields<IntegrationAuditEvent>({
  enabledTimestampMs: number,
  integrationAuditEvent: text,
  user: text,
  userUuid: text,
});

/** The fields of `IntegrationRow`, for shapes that extend it. */
export const integrationRowFields = {
  enabled: flag,
  integration: text,
  integrationAuditMap: map(auditEvent),
  orgUuid: text,
  userUuid: text,
};

/** Shape of `Envelope`. */
export const envelope = fields<Envelope>(envelopeFields);

/** Shape of `UpdateAnswer`. */
export const updateAnswer = fields<UpdateAnswer>(updateAnswerFields);

/** Shape of `OrgIntegrationsAnswer`. */
export const orgIntegrationsAnswer = fields<OrgIntegrationsAnswer>({
  ...envelopeFields,
  orgIntegrationsV2: map(fields<IntegrationRow>(integrationRowFields)),
});
