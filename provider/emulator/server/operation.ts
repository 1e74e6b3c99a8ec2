import type { Behaviours } from "../behaviours/behaviours";
import type { AuditEvent, AuditTrail } from "../data/rows";
import type { SeedPartner } from "../data/seed";
import type { Organization, Store } from "../data/store";
import { type Shape, ShapeMismatch } from "./shapes";

/** The name of an operation: the last part of its path. */
export type OperationName =
  | "createOrUpdateHoneywellOnGuardIntegration"
  | "updateHoneywellOnGuardIntegration"
  | "getHoneywellOnGuardIntegration"
  | "listHoneywellOnGuardIntegrations"
  | "deleteHoneywellOnGuardIntegration"
  | "updateGeneaIntegrationV2"
  | "getGeneaIntegration"
  | "deleteGeneaIntegrationV2"
  | "getGeneaDoors"
  | "updateKisiIntegration"
  | "updateKisiIntegrationV2"
  | "getKisiIntegration"
  | "getKisiIntegrationV2"
  | "deleteKisiIntegration"
  | "deleteKisiIntegrationV2"
  | "getKisiPlaces"
  | "getKisiDoors"
  | "createAccessControlGroup"
  | "updateAccessControlGroup"
  | "deleteAccessControlGroup"
  | "findAccessControlGroupsByOrg"
  | "findAccessControlGroupByExactName"
  | "findAccessControlGroupsByNamePrefix"
  | "findAccessControlGroupsByUserMembership"
  | "findAllUsersForAccessControlGroup"
  | "findAccessControlGroupMembershipsByUser"
  | "addUsersToAccessControlGroup"
  | "removeUsersFromAccessControlGroup"
  | "getOrgIntegrations"
  | "getOrgIntegrationsV2"
  | "getOrgV2"
  | "getClientsV2"
  | "getLocations"
  | "getUsersInOrg"
  | "getMinimalCameraStateList";

/** The caller, as audit events name it. */
export interface Caller {
  /** Name of the user or the partner. */
  readonly name: string;
  /** Id of the user; null for a partner. */
  readonly userUuid: string | null;
}

/** The context of a call inside one organization. */
export interface Call {
  /** The organization. */
  readonly organization: Organization;
  /** All data of the emulator, with the vendor accounts. */
  readonly store: Store;
  /** The behaviours at the moment of the call. */
  readonly behaviours: Behaviours;
  /** The URL of the emulator, without a trailing slash. */
  readonly baseUrl: string;
  /** The caller. */
  readonly caller: Caller;
  /** The moment that reads show, in milliseconds since 1970; undefined for the latest state. */
  readonly asOfMillis: number | undefined;
}

/** The context of a call for all organizations of a partner. */
export interface PartnerCall {
  /** The partner. */
  readonly partner: SeedPartner;
  /** All data of the emulator. */
  readonly store: Store;
}

interface OperationOf<Scope extends string, Context> {
  /** Its name. */
  readonly name: OperationName;
  /** Its path. */
  readonly path: string;
  /** `organization`: it works inside one organization. `partner`: on all organizations of a partner. */
  readonly scope: Scope;
  /** Tells whether the operation exists under these behaviours. */
  isServed(behaviours: Behaviours): boolean;
  /**
   * Checks the body of the request, carries the call out, and returns the body of the answer.
   * Throws a {@link Refusal} or a {@link ShapeMismatch}.
   */
  run(context: Context, body: unknown): object;
}

/** One operation of the emulated API. */
export type Operation = OperationOf<"organization", Call> | OperationOf<"partner", PartnerCall>;

interface Plan<Body, Context> {
  readonly name: OperationName;
  readonly area: string;
  readonly body: Shape<Body | null>;
  readonly isServed?: (behaviours: Behaviours) => boolean;
  readonly run: (context: Context, body: Body) => object;
}

/** Defines an operation that works inside one organization. */
export function operation<Body>(plan: Plan<Body, Call>): Operation {
  return { scope: "organization", ...completed(plan) };
}

/** Defines an operation that works on all organizations of a partner. */
export function partnerOperation<Body>(plan: Plan<Body, PartnerCall>): Operation {
  return { scope: "partner", ...completed(plan) };
}

/** Thrown by an operation that answers with an HTTP status other than 200. */
export class Refusal extends Error {
  /** The name of this kind of error. */
  override readonly name = "Refusal";

  /** `status` is the HTTP status, `reason` its phrase, `msg` the vendor's message. */
  constructor(
    readonly status: number,
    readonly reason: string,
    msg: string,
  ) {
    super(msg);
  }
}

/** The common fields of the integration operations' answers, for a success. */
export const succeeded = { error: false, errorMsg: null, warningMsg: null } as const;

/** A failure of an integration operation, which is answered with HTTP 200. */
export function failed(errorMsg: string): object {
  return { ...succeeded, error: true, errorMsg };
}

/** The answer to an update. It never contains settings. */
export function updated(
  partly: { failedGuids?: readonly string[]; misconfiguredDoors?: readonly string[] } = {},
): object {
  const { failedGuids = [], misconfiguredDoors = [] } = partly;
  const warningMsg = misconfiguredDoors.length > 0 ? "Some doors are assigned to more than one location." : null;
  return { ...succeeded, authError: false, failedGuids, misconfiguredDoors, warningMsg };
}

/** The answer to an update that wrote nothing. `authError`: the vendor's key is the reason. */
export function notUpdated(errorMsg: string, authError: boolean): object {
  return { ...failed(errorMsg), authError, failedGuids: [], misconfiguredDoors: [] };
}

/** Number of audit events that a row holds. */
const maxAuditEvents = 100;

/** Adds an event to an audit trail. */
export function withAuditEvent(
  trail: AuditTrail,
  caller: Caller,
  event: AuditEvent["integrationAuditEvent"],
): AuditTrail {
  const newest = Number([...trail.keys()].at(-1) ?? 0);
  const key = Math.max(Date.now(), newest + 1);
  const entry = {
    enabledTimestampMs: Date.now(),
    integrationAuditEvent: event,
    user: caller.name,
    userUuid: caller.userUuid,
  };
  return new Map([...trail, [`${key}`, entry] as const].slice(-maxAuditEvents));
}

function completed<Body, Context>(plan: Plan<Body, Context>) {
  return {
    name: plan.name,
    path: `${plan.area}/${plan.name}`,
    isServed: plan.isServed ?? (() => true),
    run(context: Context, body: unknown): object {
      const checked = plan.body.check(body);
      if (checked === null) throw new ShapeMismatch("an object");
      return plan.run(context, checked);
    },
  };
}
