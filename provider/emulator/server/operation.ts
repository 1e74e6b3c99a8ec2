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

/** Who makes a call, as audit entries name them. */
export interface Caller {
  /** A person's or a partner's name. */
  readonly name: string;
  /** The user's uuid, null for a partner. */
  readonly userUuid: string | null;
}

/** What a call inside one organization works with. */
export interface Call {
  /** The organization. */
  readonly organization: Organization;
  /** Everything else, the vendor accounts above all. */
  readonly store: Store;
  /** How the vendor behaves at this moment. */
  readonly behaviours: Behaviours;
  /** Where the emulator listens, without a slash at the end. */
  readonly baseUrl: string;
  /** Who makes the call. */
  readonly caller: Caller;
  /** The moment that reads see, in milliseconds since 1970; undefined when reads see the latest. */
  readonly asOfMillis: number | undefined;
}

/** What a call for a partner's whole fleet works with. */
export interface PartnerCall {
  /** The partner. */
  readonly partner: SeedPartner;
  /** All organizations. */
  readonly store: Store;
}

interface OperationOf<Scope extends string, Context> {
  /** Its name. */
  readonly name: OperationName;
  /** Its whole path. */
  readonly path: string;
  /** Whether it works inside one organization, or on a partner's whole fleet. */
  readonly scope: Scope;
  /** Whether the vendor has it under these behaviours. */
  isServed(behaviours: Behaviours): boolean;
  /** Checks the request body, runs, and returns the body of the answer. Throws a {@link Refusal} or a {@link ShapeMismatch}. */
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

/** Defines an operation that works on a partner's whole fleet. */
export function partnerOperation<Body>(plan: Plan<Body, PartnerCall>): Operation {
  return { scope: "partner", ...completed(plan) };
}

/** Thrown by an operation that answers with an HTTP status other than 200. */
export class Refusal extends Error {
  /** The name of this kind of error. */
  override readonly name = "Refusal";

  /** `status` is the HTTP status, `reason` its word, `msg` what the vendor says. */
  constructor(
    readonly status: number,
    readonly reason: string,
    msg: string,
  ) {
    super(msg);
  }
}

/** What every answer of the integration operations carries, here for a success. */
export const succeeded = { error: false, errorMsg: null, warningMsg: null } as const;

/** An answer of the integration operations that says, with HTTP 200, that the call failed. */
export function failed(errorMsg: string): object {
  return { ...succeeded, error: true, errorMsg };
}

/** The answer of the updating operations: they never echo settings. */
export function updated(
  partly: { failedGuids?: readonly string[]; misconfiguredDoors?: readonly string[] } = {},
): object {
  const { failedGuids = [], misconfiguredDoors = [] } = partly;
  const warningMsg = misconfiguredDoors.length > 0 ? "Some doors are assigned to more than one location." : null;
  return { ...succeeded, authError: false, failedGuids, misconfiguredDoors, warningMsg };
}

/** The answer of the updating operations when nothing was written. `authError` says that the vendor credential is to blame. */
export function notUpdated(errorMsg: string, authError: boolean): object {
  return { ...failed(errorMsg), authError, failedGuids: [], misconfiguredDoors: [] };
}

/** How many audit entries a row keeps. */
const maxAuditEvents = 100;

/** An audit trail with one more entry. */
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
