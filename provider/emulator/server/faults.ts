import type { OperationName } from "../domains/domains";
import { jsonReply, type Reply, retryAfterHeader, tooManyCalls } from "./reply";

/**
 * The moment of a fault: instead of the call (`before`), after the call was carried out (`after`), or before the call,
 * which is carried out later by `carryOut` of the fault, when the client no longer waits (`late`).
 */
export type FaultMoment = "before" | "after" | "late";

/** A failure of a call. */
export type Fault = {
  /** The moment of the fault. Default `before`. */
  readonly when?: FaultMoment;
} & (
  | {
      /**
       * `timeout`: no answer, the connection stays open until the client gives up. `reset`: the connection is reset.
       * `hang`: head and first half of the body arrive, then nothing. `truncated`: the same, then the connection closes.
       * `emptyBody`: status 200 without a body. `html502`: status 502 with the HTML page of a gateway.
       */
      readonly kind: "timeout" | "reset" | "hang" | "truncated" | "emptyBody" | "html502";
    }
  | {
      /** The given status and body. */
      readonly kind: "status";
      /** The HTTP status. */
      readonly status: number;
      /** The body: a text goes out as plain text, anything else as JSON. Default: no body. */
      readonly body?: string | object;
      /** The header `Retry-After` in seconds. Default: no such header. */
      readonly retryAfterSeconds?: number;
    }
  | {
      /** Status 429, as the rate limit answers. */
      readonly kind: "rateLimited";
      /** The header `Retry-After` in seconds. Default: no such header. */
      readonly retryAfterSeconds?: number;
    }
  | {
      /** Status 200 with the error fields of Rhombus. */
      readonly kind: "errorEnvelope";
      /** The error message. */
      readonly errorMsg: string | null;
      /** Default true. If false, the fields are merged into the real answer of the call, where it was carried out. */
      readonly error?: boolean;
      /** True if the vendor key is the reason. */
      readonly authError?: boolean;
      /** Ids that were not updated. */
      readonly failedGuids?: readonly string[];
      /** Names of doors in several locations. */
      readonly misconfiguredDoors?: readonly string[];
      /** A warning. */
      readonly warningMsg?: string;
    }
);

/** A call that can fail: an operation, the OnGuard webhook, or `*` for any. */
export type FaultTarget = OperationName | "onGuardWebhook" | "*";

/** Which calls fail, and how. */
export interface FaultPlan {
  /** The operation, `onGuardWebhook`, or `*` for any. */
  readonly operation: FaultTarget;
  /** The failure. */
  readonly with: Fault;
  /** Number of calls that fail. Default 1. */
  readonly times?: number;
  /** Number of calls that succeed first. Default 0. */
  readonly skip?: number;
  /** Only calls of the organization with this uuid. Default: any. */
  readonly organization?: string;
}

/** A planned fault. */
export interface PlannedFault {
  /** Number of calls that are still to fail. */
  readonly remaining: number;
  /** Cancels the fault. Calls that it has held back are not carried out by this. */
  cancel(): void;
  /** Carries out, in their order, the calls that it has held back (`when: "late"`). */
  carryOut(): void;
}

interface QueuedFault {
  readonly plan: FaultPlan;
  readonly held: (() => unknown)[];
  toSkip: number;
  remaining: number;
}

/** The planned faults in their order. */
export class FaultQueue {
  #open: QueuedFault[] = [];

  /** Plans a fault. If several match a call, the first one applies and the others wait. */
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

  /**
   * The fault of this call, if any, and a function that holds the call back until `carryOut`. Reduces the count of the
   * fault.
   */
  take(operation: FaultTarget, organizationUuid: string | undefined) {
    this.#open = this.#open.filter(({ remaining }) => remaining > 0);
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
    return { fault: first.plan.with, hold: (call: () => unknown) => first.held.push(call) };
  }

  /** Cancels every fault. */
  clear(): void {
    this.#open = [];
  }
}

/** The answer of a call with a fault. Faults of the transport leave `real`, the call's own answer, as it is. */
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
