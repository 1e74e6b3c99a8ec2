import assert from "node:assert/strict";
import type { Failure } from "../../../../provider/rhombus/http/failures";
import { mayBeCarriedOut } from "../../../../provider/rhombus/http/failures";
import { backoffMs, mayRepeat, mayRetry, retryAfterMs, retryClassOf } from "../../../../provider/rhombus/http/retry";

const status = (code: number): Failure => ({ kind: "status", status: code, body: "" });
const refused: Failure = { kind: "unreachable", code: "ECONNREFUSED", permanent: false };

/** True if a call is retried after a failure. */
function retried(failure: Failure, { idempotent = false, attempt = 0, maxRetries = 8 } = {}): boolean {
  return mayRetry({ retryClass: retryClassOf(failure), idempotent, attempt, maxRetries });
}

describe("retry policy", () => {
  const table: [what: string, failure: Failure, write: boolean, idempotent: boolean][] = [
    ["429", status(429), true, true],
    ["a refused connection", refused, true, true],
    ["an unknown host", { kind: "unreachable", code: "ENOTFOUND", permanent: true }, false, false],
    ["500", status(500), false, true],
    ["503", status(503), false, true],
    ["501", status(501), false, false],
    ["a broken connection", { kind: "broken", code: "ECONNRESET" }, false, true],
    ["a timeout", { kind: "timeout" }, false, true],
    ["202", status(202), false, false],
    ["302", status(302), false, false],
    ["400", status(400), false, false],
    ["401", status(401), false, false],
    ["403", status(403), false, false],
    ["404", status(404), false, false],
    ["an answer too large", { kind: "tooLarge" }, false, false],
    ["an answer that cannot be unpacked", { kind: "unreadable" }, false, false],
  ];
  for (const [what, failure, write, idempotent] of table) {
    it(`after ${what}: ${write ? "any call" : idempotent ? "idempotent calls only" : "no call"}`, () => {
      assert.equal(retried(failure), write);
      assert.equal(retried(failure, { idempotent: true }), idempotent);
    });
  }

  it("stops after maxRetries for 429", () => {
    const again = (attempt: number) => retried(status(429), { attempt });
    assert.deepEqual([7, 8].map(again), [true, false]);
  });

  for (const [what, failure] of [
    ["5xx", status(500)],
    ["refused connections", refused],
  ] as const) {
    it(`stops after 4 retries, or maxRetries if that is less, for ${what}`, () => {
      const again = (attempt: number, maxRetries: number) =>
        retried(failure, { idempotent: true, attempt, maxRetries });
      assert.deepEqual(
        [again(3, 8), again(4, 8), again(1, 2), again(2, 2), again(0, 0)],
        [true, false, true, false, false],
      );
    });
  }
});

describe("retry policy for a stale call", () => {
  it("allows 8 retries, or maxRetries if that is more", () => {
    const again = (attempt: number, maxRetries: number) =>
      retried({ kind: "stale", waitedMs: 900 }, { attempt, maxRetries });
    assert.deepEqual([again(7, 0), again(8, 0), again(8, 12), again(12, 12)], [true, false, true, false]);
  });
});

describe("retry policy for a call whose caller looks for its effect before it repeats it", () => {
  for (const [what, retryClass, pauseMs, maximum] of [
    ["a lost answer that asks for 301 s", "lost", 301_000, 1],
    ["lost answers that ask for 300 s", "lost", 300_000, 2],
    ["lost answers, whatever the settings are", "lost", 0, 3],
    ["429 that asks for 200 s", "limited", 200_000, 2],
    ["429 that asks for 100 s", "limited", 100_000, 4],
    ["429, as the settings say", "limited", 0, 6],
    ["a refusal", "final", 0, 1],
  ] as const) {
    it(`is sent ${maximum} times at most after ${what}`, () => {
      const isLost = retryClass === "lost";
      const again = [1, 2, 3, 4, 5, 6, 7].filter((attempts) =>
        mayRepeat({ isLost, attempts, pausesMs: attempts * pauseMs, retryClass, maxRetries: 5 }),
      );
      assert.equal(again.length + 1, maximum);
    });
  }
});

describe("a failed write", () => {
  for (const [failure, inDoubt] of [
    [status(202), true],
    [status(302), true],
    [status(400), false],
    [status(403), false],
    [status(429), false],
    [status(500), true],
    [status(504), true],
    [refused, false],
    [{ kind: "broken", code: "ECONNRESET" }, true],
    [{ kind: "timeout" }, true],
    [{ kind: "tooLarge" }, true],
    [{ kind: "unreadable" }, true],
  ] satisfies [Failure, boolean][]) {
    it(`${inDoubt ? "may have been" : "was not"} carried out after ${JSON.stringify(failure)}`, () =>
      assert.equal(mayBeCarriedOut(failure), inDoubt));
  }
});

describe("backoff", () => {
  it("doubles from one second to a minute and adds up to one second", () => {
    assert.deepEqual(
      [0, 1, 2, 5, 6, 40].map((attempt) => backoffMs(attempt, 0)),
      [1e3, 2e3, 4e3, 32e3, 60e3, 60e3],
    );
    assert.equal(backoffMs(0, 0.5), 1_500);
    assert.equal(backoffMs(6, 0.9), 60_000);
  });
});

describe("Retry-After", () => {
  const now = Date.parse("2026-11-20T10:00:00Z");
  for (const [header, expected] of [
    ["3", 3_000],
    [" 7 ", 7_000],
    ["1.5", 1_500],
    ["Fri, 20 Nov 2026 10:00:09 GMT", 9_000],
    ["Fri, 20 Nov 2026 09:00:00 GMT", undefined],
    ["86400", 300_000],
    ["0", undefined],
    ["-4", undefined],
    ["soon", undefined],
    ["", undefined],
    [undefined, undefined],
  ] as const) {
    it(`${JSON.stringify(header)} means ${expected === undefined ? "nothing" : `${expected} ms`}`, () => {
      assert.equal(retryAfterMs(header, now), expected);
    });
  }
});
