import assert from "node:assert/strict";
import { type Failure, failureOf, mayBeCarriedOut, retryAfterMs } from "../../../../provider/rhombus/http/failures";

const status = (code: number): Failure => ({ kind: "status", status: code, body: "" });
const unreachable = (code: string, permanent: boolean): Failure => ({ kind: "unreachable", code, permanent });

describe("failure behind an error of the HTTP library", () => {
  const required = "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED";
  const badCertificate = "ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE";
  const connecting = { cause: { syscall: "connect" } };
  const table: [what: string, error: unknown, failure: Failure][] = [
    ["a refused connection", { code: "ECONNREFUSED" }, unreachable("ECONNREFUSED", false)],
    ["a name server that does not answer", { code: "EAI_AGAIN" }, unreachable("EAI_AGAIN", false)],
    ["a host that does not exist", { code: "ENOTFOUND" }, unreachable("ENOTFOUND", true)],
    ["a connection that took too long to make", { code: "ETIMEDOUT", ...connecting }, unreachable("ETIMEDOUT", false)],
    ["a reset before the connection was made", { code: "ECONNRESET", ...connecting }, unreachable("ECONNRESET", false)],
    ["an expired certificate", { code: "CERT_HAS_EXPIRED" }, unreachable("CERT_HAS_EXPIRED", true)],
    ["a missing client certificate", { code: required }, unreachable(required, true)],
    ["a refused client certificate", { code: badCertificate }, unreachable(badCertificate, true)],
    ["a reset after sending", { code: "ECONNRESET" }, { kind: "broken", code: "ECONNRESET" }],
    ["an answer that is no HTTP", { code: "HPE_INVALID_CONSTANT" }, { kind: "broken", code: "HPE_INVALID_CONSTANT" }],
    [
      "an answer that broke off",
      { code: "ERR_BAD_RESPONSE", response: { status: 200 } },
      { kind: "broken", code: "ERR_BAD_RESPONSE" },
    ],
    ["broken compression", { code: "Z_DATA_ERROR", response: { status: 200 } }, { kind: "unreadable" }],
    ["an answer too large", { message: "maxContentLength size of 3 exceeded" }, { kind: "tooLarge" }],
    [
      "another status, with the pause that it asks for",
      { code: "ERR_BAD_RESPONSE", response: { status: 503, data: "down", headers: { "retry-after": "2" } } },
      { kind: "status", status: 503, retryAfterMs: 2_000, location: undefined, body: "down" },
    ],
    [
      "another status whose body never came",
      { code: "ECONNRESET", response: { status: 202, data: { stream: true } } },
      { kind: "status", status: 202, retryAfterMs: undefined, location: undefined, body: "" },
    ],
    ["an unknown error", undefined, { kind: "broken", code: "" }],
  ];
  for (const [what, error, failure] of table) {
    it(`recognizes ${what}`, () => assert.deepEqual(failureOf(error), failure));
  }
});

describe("a failed write", () => {
  for (const [failure, isOutcomeUnknown] of [
    [status(202), true],
    [status(400), false],
    [status(429), false],
    [status(500), true],
    [unreachable("ECONNREFUSED", false), false],
    [{ kind: "broken", code: "ECONNRESET" }, true],
    [{ kind: "timeout" }, true],
    [{ kind: "tooLarge" }, true],
  ] satisfies [Failure, boolean][]) {
    it(`${isOutcomeUnknown ? "may have been" : "was not"} carried out after ${JSON.stringify(failure)}`, () =>
      assert.equal(mayBeCarriedOut(failure), isOutcomeUnknown));
  }
});

describe("Retry-After", () => {
  const now = Date.parse("2026-11-20T10:00:00Z");
  for (const [header, expected] of [
    ["3", 3_000],
    ["1.5", 1_500],
    ["Fri, 20 Nov 2026 10:00:09 GMT", 9_000],
    ["Fri, 20 Nov 2026 09:00:00 GMT", undefined],
    ["86400", 300_000],
    ["-4", undefined],
    ["soon", undefined],
    [undefined, undefined],
  ] as const) {
    it(`${JSON.stringify(header)} means ${expected === undefined ? "nothing" : `${expected} ms`}`, () => {
      assert.equal(retryAfterMs(header, now), expected);
    });
  }
});
