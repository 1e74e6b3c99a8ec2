import { Refusal } from "./operation";
import { ShapeMismatch } from "./shapes";

/** An HTTP answer. */
export interface Reply {
  /** The HTTP status. */
  readonly status: number;
  /** Headers, without the content length. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body's text. */
  readonly body: string;
}

/** A JSON answer. Maps become objects. */
export function jsonReply(status: number, body: object, headers: Reply["headers"] = {}): Reply {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body, mapAsObject),
  };
}

/** The header `Retry-After`; no header when `seconds` is undefined. */
export function retryAfterHeader(seconds: number | undefined): Reply["headers"] {
  return seconds === undefined ? {} : { "retry-after": `${seconds}` };
}

/** The answer of Rhombus to a call beyond the rate limit. Without `retryAfterSeconds` there is no such header. */
export function tooManyCalls(retryAfterSeconds: number | undefined): Reply {
  return {
    status: 429,
    headers: { "content-type": "text/plain", ...retryAfterHeader(retryAfterSeconds) },
    body: "Too many api requests. Enhance your calm.",
  };
}

/** The answer of Rhombus to a call that threw. An error of the emulator itself is a 500 with its message. */
export function refusalReply(error: unknown, baseUrl: string): Reply {
  if (error instanceof ShapeMismatch) return jsonReply(400, { msg: "JSON doesn't match expected object structure" });
  if (!(error instanceof Refusal)) return jsonReply(500, { error: "Internal Server Error", msg: `Emulator: ${error}` });
  const { status, reason, message: msg } = error;
  switch (status) {
    case 400:
      return jsonReply(400, { error: reason, msg });
    case 401: {
      const metadata = `Bearer resource_metadata="${baseUrl}/.well-known/oauth-protected-resource"`;
      return jsonReply(401, { authenticationFailed: true }, { "www-authenticate": metadata });
    }
    default: {
      const allow: Reply["headers"] = status === 405 ? { allow: "POST" } : {};
      return jsonReply(status, { status, error: reason, timestamp: Date.now(), msg }, allow);
    }
  }
}

function mapAsObject(_name: string, value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}
