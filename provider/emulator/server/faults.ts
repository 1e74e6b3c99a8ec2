import type { OperationName } from "./operation";
import { jsonReply, type Reply, retryAfterHeader, tooManyCalls } from "./reply";

/**
 * Whether a fault strikes instead of the call (`before`), after its write was committed (`after`), or before a write that is
 * committed all the same when nobody waits for it any more (`late`): the call is held back until `carryOut` of its fault.
 */
export type FaultMoment = "before" | "after" | "late";

/** What goes wrong with a call. `when` is `before` by default. */
export type Fault = {
  /** Whether the call is carried out before the fault strikes. */
  readonly when?: FaultMoment;
} & (
  | {
      /** `timeout`: no answer, the connection stays open until the client gives up. `reset`: the connection is reset. */
      readonly kind: "timeout" | "reset";
    }
  | {
      /** `hang`: head and first half of the body arrive, then nothing. `truncated`: the same, then the connection closes. */
      readonly kind: "hang" | "truncated";
    }
  | {
      /** Status 200 without a body. */
      readonly kind: "emptyBody";
    }
  | {
      /** Status 502 with the HTML page of a gateway. */
      readonly kind: "html502";
    }
  | {
      /** A status of choice. */
      readonly kind: "status";
      /** The HTTP status. */
      readonly status: number;
      /** The body: a text goes out as plain text, anything else as JSON. Default: no body. */
      readonly body?: string | object;
      /** The header `Retry-After` in seconds. Default: no such header. */
      readonly retryAfterSeconds?: number;
    }
  | {
      /** Status 429 as the rate limit answers it. */
      readonly kind: "rateLimited";
      /** The header `Retry-After` in seconds. Default: no such header. */
      readonly retryAfterSeconds?: number;
    }
  | {
      /** Status 200 with the vendor's error fields. */
      readonly kind: "errorEnvelope";
      /** What went wrong. */
      readonly errorMsg: string | null;
      /** Default true. With false the fields are put over the real answer of the call, if it was carried out. */
      readonly error?: boolean;
      /** Whether the vendor credential is to blame. */
      readonly authError?: boolean;
      /** What could not be updated. */
      readonly failedGuids?: readonly string[];
      /** Doors in more than one location. */
      readonly misconfiguredDoors?: readonly string[];
      /** A caveat. */
      readonly warningMsg?: string;
    }
);

/** A call that can fail: an operation, the webhook of OnGuard, or any call. */
export type FaultTarget = OperationName | "onGuardWebhook" | "*";

/** Which calls fail, and how. */
export interface FaultPlan {
  /** The operation, `onGuardWebhook`, or `*` for any. */
  readonly operation: FaultTarget;
  /** What goes wrong. */
  readonly with: Fault;
  /** How many calls fail. Default 1. */
  readonly times?: number;
  /** How many calls pass before the first one fails. Default 0. */
  readonly skip?: number;
  /** Only calls of the organization with this uuid. Default: any. */
  readonly organization?: string;
}

/** A fault that was planned. */
export interface PlannedFault {
  /** How many calls it has yet to strike. */
  readonly remaining: number;
  /** Takes it back. Calls that it holds back stay so. */
  cancel(): void;
  /** Carries out, in their order, the calls that it holds back since it struck with `when: "late"`. */
  carryOut(): void;
}

/** A fault that strikes a call. */
export interface TakenFault {
  /** What goes wrong. */
  readonly fault: Fault;
  /** Keeps the call for `carryOut`. */
  hold(call: () => unknown): void;
}

interface QueuedFault {
  readonly plan: FaultPlan;
  readonly held: (() => unknown)[];
  toSkip: number;
  remaining: number;
}

/** The faults that are planned, in the order in which they were. */
export class FaultQueue {
  #open: QueuedFault[] = [];

  /** Plans a fault. Of several for one call, the one planned first strikes, and the others wait. */
  plan(plan: FaultPlan): PlannedFault {
    const open: QueuedFault = { plan, held: [], toSkip: plan.skip ?? 0, remaining: plan.times ?? 1 };
    this.#open.push(open);
    return {
      get remaining() {
        return open.remaining;
      },
      cancel: () => {
        open.remaining = 0;
      },
      carryOut: () => {
        for (const call of open.held.splice(0)) call();
      },
    };
  }

  /** The fault that strikes this call, if any. It counts as struck. */
  take(operation: FaultTarget, organizationUuid: string | undefined): TakenFault | undefined {
    this.#open = this.#open.filter(({ remaining: toStrike }) => toStrike > 0);
    const first = this.#open.find(({ plan }) => {
      const isOperation = plan.operation === operation || plan.operation === "*";
      return isOperation && (plan.organization === undefined || plan.organization === organizationUuid);
    });
    if (!first) return undefined;
    if (first.toSkip > 0) {
      first.toSkip--;
      return undefined;
    }
    first.remaining--;
    return { fault: first.plan.with, hold: (call) => first.held.push(call) };
  }

  /** Takes back every fault. */
  clear(): void {
    this.#open = [];
  }
}

/** The answer that a fault puts in the place of `real`, the call's own. Faults that spoil the transport leave it as it is. */
export function faultyReply(fault: Fault, real: Reply | undefined): Reply {
  switch (fault.kind) {
    case "status":
      return statusReply(fault);
    case "html502":
      return { status: 502, headers: { "content-type": "text/html" }, body: gatewayPage };
    case "rateLimited":
      return tooManyCalls(fault.retryAfterSeconds);
    case "emptyBody":
      return { status: 200, headers: { "content-type": "application/json" }, body: "" };
    case "errorEnvelope": {
      const { kind: _kind, when: _when, error = true, ...fields } = fault;
      const covered: unknown = error || !real ? {} : JSON.parse(real.body);
      return jsonReply(200, Object.assign({}, covered, { error, warningMsg: null, ...fields }));
    }
    default:
      return real ?? jsonReply(200, { error: false, errorMsg: null, warningMsg: null });
  }
}

function statusReply({ status, body, retryAfterSeconds }: Extract<Fault, { kind: "status" }>): Reply {
  const retryAfter = retryAfterHeader(retryAfterSeconds);
  if (typeof body === "object") return jsonReply(status, body, retryAfter);
  return { status, headers: { "content-type": "text/plain", ...retryAfter }, body: body ?? "" };
}

const gatewayPage = `<html>
<head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body>
</html>
`;
