import { epochMs } from "../../clock";
import { isJsonObject } from "../json/jsonObject";

/** The result of one attempt of a call: the body of an answer with status 200, or a failure. */
export type Reply = { readonly kind: "answer"; readonly body: string } | Failure;

/**
 * The reason why one attempt of a call got no usable answer.
 *
 * - `status`: an answer with a status other than 200.
 * - `unreachable`: no connection, so nothing was sent; `permanent` if a retry would fail in the same way.
 * - `noTunnel`: no tunnel through the proxy, so nothing was sent.
 * - `broken`: the connection broke after the request may have arrived.
 * - `timeout`: no complete answer in time.
 * - `tooLarge`: an answer above the limit.
 * - `unreadable`: an answer whose compression is broken.
 * - `notUtf8`: an answer that is not UTF-8.
 * - `stale`: not sent, because its content became too old in the queue.
 */
export type Failure =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly retryAfterMs?: number | undefined;
      readonly location?: string | undefined;
      readonly body: string;
    }
  | { readonly kind: "unreachable"; readonly code: string; readonly permanent: boolean }
  | { readonly kind: "noTunnel"; readonly fault: TunnelFault; readonly permanent: boolean }
  | { readonly kind: "broken"; readonly code: string }
  | { readonly kind: "stale"; readonly waitedMs: number }
  | { readonly kind: "timeout" | "tooLarge" | "unreadable" | "notUtf8" };

/**
 * The reason why a proxy made no tunnel.
 *
 * - `malformed`: the variable of the proxy does not contain an address.
 * - `unsupported`: the proxy is neither http nor https, for example SOCKS.
 * - `noAnswer`: no answer in time.
 * - `status`: an answer with a status other than 200.
 * - `broken`: no connection to the proxy, or one that broke.
 */
export type TunnelFault =
  | { readonly kind: "malformed" | "unsupported" | "noAnswer" }
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "broken"; readonly code: string };

/** A proxy made no tunnel, so nothing was sent. */
export class NoTunnel extends Error {
  /** Takes the reason. */
  constructor(readonly fault: TunnelFault) {
    super(fault.kind);
  }
}

const LONGEST_RETRY_AFTER_MS = 300_000;

const UNSENT = /^(?:ECONNREFUSED|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EHOSTDOWN|EADDRNOTAVAIL)$/;

// Node's codes for an unknown host, an untrusted certificate and a server that does not speak TLS.
const UNTRUSTED =
  /^(ENOTFOUND|CERT_|ERR_TLS_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|EPROTO|ERR_SSL_WRONG_VERSION_NUMBER)/;

// zlib's codes for broken gzip, deflate, brotli and zstd.
const BROKEN_COMPRESSION = /^(Z_|ERR__ERROR_|ERR_BROTLI_|ZSTD_)/;

// Node's codes for the alert of a server that refuses or misses the client certificate. It is sent before the server reads a request.
const REFUSED_CERTIFICATE = /^ERR_SSL_.*ALERT_(?:\w*CERTIFICATE\w*|UNKNOWN_CA|ACCESS_DENIED)$/;

/** True if a code means that the server refuses the client certificate or requires one. */
export function isRefusedCertificate(code: string): boolean {
  return REFUSED_CERTIFICATE.test(code);
}

/** The failure behind an error of the HTTP library. */
export function failureOf(error: unknown): Failure {
  if (textAt(error, "message")?.startsWith("maxContentLength")) return { kind: "tooLarge" };
  const code = textAt(error, "code") ?? "";
  const refusal = refusalIn(at(error, "response"));
  if (refusal !== undefined) return refusal;
  if (BROKEN_COMPRESSION.test(code)) return { kind: "unreadable" };
  return isUnsent(error, code) ? unreachable(code) : { kind: "broken", code };
}

function refusalIn(response: unknown): Failure | undefined {
  const status = at(response, "status");
  if (typeof status !== "number" || status === 200) return undefined;
  const headers = at(response, "headers");
  const retryAfter = retryAfterMs(textAt(headers, "retry-after"), epochMs());
  const body = textAt(response, "data") ?? "";
  return { kind: "status", status, retryAfterMs: retryAfter, location: textAt(headers, "location"), body };
}

/**
 * The pause that a `Retry-After` header asks for, in milliseconds, at most 300 s; `undefined` if the header is absent, unreadable or in the past.
 * @param header Seconds or an HTTP date.
 * @param now Milliseconds since 1970.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const value = header?.trim() ?? "";
  const waitMs = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return waitMs > 0 ? Math.min(Math.ceil(waitMs), LONGEST_RETRY_AFTER_MS) : undefined;
}

function isUnsent(error: unknown, code: string): boolean {
  const syscall = textAt(at(error, "cause"), "syscall") ?? "";
  if (UNSENT.test(code) || UNTRUSTED.test(code) || isRefusedCertificate(code)) return true;
  return syscall === "connect" || syscall === "getaddrinfo";
}

/** The failure of an attempt that got no connection or no TLS session. */
export function unreachable(code: string): Failure {
  return { kind: "unreachable", code, permanent: isPermanent(code) };
}

/** The failure of an attempt that got no tunnel. Only a busy or slow proxy, or one that cannot reach the endpoint, may recover. */
export function noTunnel(fault: TunnelFault): Failure {
  return { kind: "noTunnel", fault, permanent: isPermanentFault(fault) };
}

function isPermanentFault(fault: TunnelFault): boolean {
  if (fault.kind === "status") return fault.status < 500 && fault.status !== 408 && fault.status !== 429;
  return fault.kind === "broken" ? isPermanent(fault.code) : fault.kind !== "noAnswer";
}

function isPermanent(code: string): boolean {
  return UNTRUSTED.test(code) || /^(ERR_SSL_|HPE_)/.test(code);
}

/** True if a write that failed in this way may have been carried out. */
export function mayBeCarriedOut(failure: Failure): boolean {
  if (failure.kind === "unreachable" || failure.kind === "noTunnel" || failure.kind === "stale") return false;
  return failure.kind !== "status" || failure.status < 400 || failure.status > 499;
}

function at(value: unknown, name: string): unknown {
  return isJsonObject(value) ? value[name] : undefined;
}

function textAt(value: unknown, name: string): string | undefined {
  const found = at(value, name);
  return typeof found === "string" ? found : undefined;
}
