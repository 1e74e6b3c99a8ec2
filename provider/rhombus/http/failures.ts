import { isJsonObject } from "../json/jsonObject";

/**
 * Why one try of a call got no usable answer.
 * `status`: an answer with another status than 200. `unreachable`: no connection came about, so nothing was sent; `lasting` where waiting does not help.
 * `noTunnel`: the same, because of the proxy.
 * `broken`: the connection broke when the request may have arrived. `unreadable`: the answer's compression is broken.
 * `notUtf8`: the answer is no UTF-8 text. `heldUp`: it was not sent, because what it holds is too old by now. `timeout` and `tooLarge`: as they say.
 */
export type Failure =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly retryAfter?: string | undefined;
      readonly location?: string | undefined;
      readonly date?: string | undefined;
      readonly body: string;
    }
  | { readonly kind: "unreachable"; readonly code: string; readonly lasting: boolean }
  | { readonly kind: "noTunnel"; readonly fault: TunnelFault; readonly lasting: boolean }
  | { readonly kind: "broken"; readonly code: string }
  | { readonly kind: "unreadable" }
  | { readonly kind: "notUtf8" }
  | { readonly kind: "heldUp"; readonly waitedMs: number }
  | { readonly kind: "timeout" }
  | { readonly kind: "tooLarge" };

/**
 * Why there is no tunnel through a proxy.
 * `malformed`: the variable that names the proxy holds no address. `unsupported`: the proxy is of another kind than http and https, such as SOCKS.
 * `status`: it answered with another status than 200. `silent`: it did not answer in time. `broken`: no connection to it, or one that broke.
 */
export type TunnelFault =
  | { readonly kind: "malformed" | "unsupported" | "silent" }
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "broken"; readonly code: string };

/** A proxy made no tunnel, so nothing was sent. */
export class NoTunnel extends Error {
  /** Takes the reason. */
  constructor(readonly fault: TunnelFault) {
    super(fault.kind);
  }
}

/** A try that failed in a way which the HTTP library has no error for. */
export class FailedTry extends Error {
  /** Takes the failure, and the library's configuration of the call, without which it does not ask for another try. */
  constructor(
    readonly failure: Failure,
    readonly config: unknown,
  ) {
    super(failure.kind);
  }
}

const passing = new Set([
  "ECONNREFUSED",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
  "EHOSTDOWN",
  "EADDRNOTAVAIL",
]);

// What Node calls a certificate it does not trust, and a server that does not speak TLS.
const untrusted =
  /^(ENOTFOUND|CERT_|ERR_TLS_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|EPROTO|ERR_SSL_WRONG_VERSION_NUMBER)/;

// What zlib calls broken gzip and deflate, broken brotli, and broken zstd.
const brokenPacking = /^(Z_|ERR__ERROR_|ERR_BROTLI_|ZSTD_)/;

// What Node calls the alert with which a server refuses the client's certificate, or its absence, before it reads anything.
const refusedCertificate = /^ERR_SSL_.*ALERT_(?:\w*CERTIFICATE\w*|UNKNOWN_CA|ACCESS_DENIED)$/;

/** Whether a code says that the server did not accept the client's certificate, or wants one. */
export function isRefusedCertificate(code: string): boolean {
  return refusedCertificate.test(code);
}

/** Reads an error of the HTTP library. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FailedTry) return error.failure;
  const cause = at(error, "cause");
  const code = textAt(error, "code") ?? "";
  if (code === "ETIMEDOUT" && textAt(cause, "syscall") === undefined) return { kind: "timeout" };
  if ((textAt(error, "message") ?? "").startsWith("maxContentLength")) return { kind: "tooLarge" };
  const response = at(error, "response");
  const status = at(response, "status");
  if (typeof status === "number" && status !== 200) {
    const headers = at(response, "headers");
    const [retryAfter, location] = [textAt(headers, "retry-after"), textAt(headers, "location")];
    const body = textAt(response, "data") ?? "";
    return { kind: "status", status, retryAfter, location, date: textAt(headers, "date"), body };
  }
  if (brokenPacking.test(code)) return { kind: "unreadable" };
  const syscall = textAt(cause, "syscall");
  const isUnsent = passing.has(code) || syscall === "connect" || syscall === "getaddrinfo";
  return isUnsent || untrusted.test(code) || isRefusedCertificate(code) ? unreachable(code) : { kind: "broken", code };
}

/** A try that failed before a request could be sent: no connection, or no TLS. */
export function unreachable(code: string): Failure {
  return { kind: "unreachable", code, lasting: isLasting(code) };
}

/** A try for which there was no tunnel. A proxy may be busy, or may not reach the endpoint for a moment; all else that it refuses, it refuses again. */
export function noTunnel(fault: TunnelFault): Failure {
  switch (fault.kind) {
    case "status":
      return { kind: "noTunnel", fault, lasting: fault.status < 500 && fault.status !== 408 && fault.status !== 429 };
    case "broken":
      return { kind: "noTunnel", fault, lasting: isLasting(fault.code) };
    default:
      return { kind: "noTunnel", fault, lasting: fault.kind !== "silent" };
  }
}

/** Whether what answers there speaks another language, or cannot be trusted: it will be the same next time. */
function isLasting(code: string): boolean {
  return untrusted.test(code) || /^(ERR_SSL_|HPE_)/.test(code);
}

/** Whether a write that failed this way may have taken effect. */
export function leavesDoubt(failure: Failure): boolean {
  if (failure.kind === "unreachable" || failure.kind === "noTunnel" || failure.kind === "heldUp") return false;
  return failure.kind !== "status" || failure.status < 400 || failure.status > 499;
}

function at(value: unknown, name: string): unknown {
  return isJsonObject(value) ? value[name] : undefined;
}

function textAt(value: unknown, name: string): string | undefined {
  const found = at(value, name);
  return typeof found === "string" ? found : undefined;
}
