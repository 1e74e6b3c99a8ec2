import type { Behaviours } from "../../behaviours/behaviours";
import { notConfigured } from "../../behaviours/readAnswers";
import type { Register } from "../../data/store";
import { type Call, failed, operationsIn, succeeded } from "../../server/operation";
import { type FieldTable, flag, int64, map, object, oneOf, ruuid, text } from "../../server/shapes";

const integrationNames =
  `AVIGILON_ALTA BOULEVARD BRIVO BUTTERFLY_MX DEVICE_INTEGRATION DICE ENVOY FLIC GENEA GOOGLE HONEYWELL_ELEMENTS
  GUEST_MANAGEMENT INFORMACAST INNER_RANGE KISI LUMEO MICROSOFT_TEAMS OMNIALERT OPENAI OPENTECH_ALLIANCE PIMLOC PLACE_OS
  PRODATAKEY SHELLY TOAST WEBHOOKS ZAPIER RAPTOR NINEONEONE_CELLULAR SLACK APERIO PAR_POS HONEYWELL_ONGUARD
  HONEYWELL_NETBOX SIGNATURE_API UNKNOWN`.split(/\s+/);

/** One entry of an integration's audit map. */
export interface AuditEvent {
  /** Time of the event, in milliseconds since 1970. */
  readonly enabledTimestampMs: number;
  /** Kind of the event. Rhombus has no kind for a creation: the first update is one. */
  readonly integrationAuditEvent: "UPDATE" | "DELETE";
  /** Name of the caller. */
  readonly user: string;
  /** User of the organization who called; null for any other caller. */
  readonly userUuid: string | null;
}

/** The audit events of an integration by their time, oldest first. */
export type AuditTrail = ReadonlyMap<string, AuditEvent>;

/** Number of audit events that an integration contains. */
const maxAuditEvents = 100;

/** The fields of every integration in a request. Callers may set only `enabled`. */
export const integrationFields = {
  enabled: flag,
  integration: oneOf(integrationNames),
  integrationAuditMap: map(
    object({
      enabledTimestampMs: int64,
      integrationAuditEvent: oneOf(["UPDATE", "DELETE"]),
      user: text,
      userUuid: ruuid,
    }),
  ),
  orgUuid: ruuid,
  userUuid: ruuid,
} as const;

/** Defines an operation of a badge integration. */
export const integrationOperation = operationsIn("/api/integrations/accessControl");

/** Defines the read of an integration. `show` returns undefined where it was never configured. */
export function readOperation<Name extends string>(
  name: Name,
  show: (call: Call) => object | undefined,
  showDefaults: (call: Call) => object,
) {
  const slot = "orgIntegrationV2";
  return integrationOperation({
    name,
    handle: (call) => {
      const integration = show(call);
      return integration ? { ...succeeded, [slot]: integration } : notConfigured(call, slot, showDefaults(call));
    },
  });
}

/** Defines the delete of an integration of which an organization has one, by {@link Behaviours.deleteUnconfigured}. */
export function deleteOperation<Name extends string>(
  name: Name,
  registerOf: (call: Call) => Register<object>,
  isServed?: (behaviours: Behaviours) => boolean,
) {
  return integrationOperation({
    name,
    kind: "delete",
    isServed,
    handle: (call) => {
      const register = registerOf(call);
      if (call.behaviours.deleteUnconfigured === "error" && register.read() === undefined) {
        return failed("The integration is not configured for this organization.");
      }
      return register.write(undefined);
    },
  });
}

/** The audit event of a call that is carried out now. */
export function newAuditEvent(
  { caller }: Call,
  integrationAuditEvent: AuditEvent["integrationAuditEvent"] = "UPDATE",
): AuditEvent {
  return { enabledTimestampMs: Date.now(), integrationAuditEvent, user: caller.name, userUuid: caller.userUuid };
}

/** An audit trail with an event added. */
export function withAuditEvent(
  trail: AuditTrail = new Map(),
  call: Call,
  kind: AuditEvent["integrationAuditEvent"] = "UPDATE",
): AuditTrail {
  const newest = Number([...trail.keys()].at(-1) ?? 0);
  const key = Math.max(Date.now(), newest + 1);
  return new Map([...trail, [`${key}`, newAuditEvent(call, kind)] as const].slice(-maxAuditEvents));
}

/** The fields of an integration that the server owns, as answers return them. */
export function shownIntegrationFields({ organization }: Call, integration: string, audit?: AuditTrail): object {
  const userUuid = [...(audit?.values() ?? [])].at(-1)?.userUuid;
  return { integration, integrationAuditMap: audit, orgUuid: organization.seed.uuid, userUuid };
}

/** An object as answers return it: with every field of the table, null where it is unset. */
export function shown(fields: FieldTable, values: object): object {
  const known = new Map<string, unknown>(Object.entries(values));
  return Object.fromEntries(Object.keys(fields).map((name) => [name, known.get(name) ?? null]));
}

/** The answer to an update. It never contains settings. */
export function updated(misconfiguredDoors: readonly string[], failedGuids: readonly string[] = []): object {
  const warningMsg = misconfiguredDoors.length > 0 ? "Some doors are assigned to more than one location." : null;
  return { ...succeeded, authError: false, failedGuids, misconfiguredDoors, warningMsg };
}

/** The answer to an update that wrote nothing. `authError`: the vendor key is the reason. */
export function notUpdated(errorMsg: string, authError: boolean): object {
  return { ...failed(errorMsg), authError, failedGuids: [], misconfiguredDoors: [] };
}

/**
 * The answer that refuses a write with doors in several locations; undefined if {@link Behaviours.misconfiguredDoors}
 * stores them, or if there are none. `misconfiguredDoors` are their names.
 */
export function refuseMisconfigured(misconfiguredDoors: readonly string[], behaviours: Behaviours): object | undefined {
  if (behaviours.misconfiguredDoors === "stored" || misconfiguredDoors.length === 0) return undefined;
  return { ...notUpdated("Some doors are assigned to more than one location.", false), misconfiguredDoors };
}
