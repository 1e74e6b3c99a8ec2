import assert from "node:assert/strict";
import sinon from "sinon";
import type { RetryClass } from "../../../../provider/rhombus/errors/rhombusError";
import { RhombusError } from "../../../../provider/rhombus/errors/rhombusError";
import type { Failure } from "../../../../provider/rhombus/http/failures";
import { backoffMs, Retries, withRetries } from "../../../../provider/rhombus/http/retry";

const status = (code: number): Failure => ({ kind: "status", status: code, body: "" });
const refused: Failure = { kind: "unreachable", code: "ECONNREFUSED", permanent: false };
const lost: Failure = { kind: "broken", code: "ECONNRESET" };

describe("retry policy", () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers();
  });
  afterEach(() => clock.restore());

  /** The number of attempts of a call that always fails in one way. */
  async function attempts(failure: Failure, rules: { idempotent?: boolean; once?: boolean; maxRetries?: number } = {}) {
    const attempt = sinon.spy(async () => failure);
    const done = withRetries({ idempotent: false, once: false, maxRetries: 8, ...rules }, attempt);
    await clock.runAllAsync();
    await done;
    return attempt.callCount;
  }

  for (const [what, failure, write, idempotent] of [
    ["429", status(429), 9, 9],
    ["a refused connection", refused, 5, 5],
    ["an unknown host", { kind: "unreachable", code: "ENOTFOUND", permanent: true }, 1, 1],
    ["500", status(500), 1, 5],
    ["501", status(501), 1, 1],
    ["a broken connection", lost, 1, 5],
    ["a timeout", { kind: "timeout" }, 1, 5],
    ["202", status(202), 1, 1],
    ["400", status(400), 1, 1],
    ["an answer too large", { kind: "tooLarge" }, 1, 1],
  ] satisfies [string, Failure, number, number][]) {
    it(`makes ${write} attempts after ${what}, and ${idempotent} of an idempotent call`, async () => {
      assert.deepEqual([await attempts(failure), await attempts(failure, { idempotent: true })], [write, idempotent]);
      assert.equal(await attempts(failure, { idempotent: true, once: true }), 1);
    });
  }

  for (const [maxRetries, limited, unsent] of [
    [0, 1, 1],
    [12, 13, 5],
  ] as const) {
    it(`follows maxRetries = ${maxRetries}, but 4 retries are the maximum unless Rhombus answers 429`, async () => {
      const counts = [await attempts(status(429), { maxRetries }), await attempts(refused, { maxRetries })];
      assert.deepEqual(counts, [limited, unsent]);
    });
  }

  for (const [failures, isOutcomeUnknown] of [
    [[refused], false],
    [[lost, refused], true],
  ] as const) {
    it(`returns the answer, ${isOutcomeUnknown ? "" : "not "}in doubt, after ${JSON.stringify(failures)}`, async () => {
      const answer = { kind: "answer", body: "{}" } as const;
      const rules = { idempotent: true, once: false, maxRetries: 8 };
      const done = withRetries(rules, async (retries) => failures[retries] ?? answer);
      await clock.runAllAsync();
      assert.deepEqual(await done, { reply: answer, isOutcomeUnknown });
    });
  }
});

describe("retry policy for a call whose caller looks for its effect before it repeats it", () => {
  for (const [what, retryClass, retryAfterMs, maxRetries, maximum] of [
    ["a lost answer that asks for 301 s", "lost", 301_000, 5, 1],
    ["lost answers that ask for 150 s", "lost", 150_000, 5, 3],
    ["lost answers, whatever the settings are", "lost", 0, 5, 3],
    ["429 that asks for 200 s", "limited", 200_000, 5, 2],
    ["429 that asks for 100 s", "limited", 100_000, 5, 4],
    ["429, as the settings say", "limited", 0, 5, 6],
    ["a refusal", "final", 0, 5, 1],
    ["stale data, as often as other calls are ahead", "stale", 0, 0, 9],
    ["stale data, as the settings say", "stale", 0, 12, 13],
  ] satisfies [string, RetryClass, number, number, number][]) {
    it(`is sent ${maximum} times at most after ${what}`, () => {
      const outcome = retryClass === "lost" ? "unknown" : "refused";
      const facts = { operation: "x", kind: "rateLimited", what: "failed", outcome, retryClass, retryAfterMs } as const;
      const error = new RhombusError(facts, (text) => text);
      const retries = new Retries(maxRetries, () => {});
      let sent = 1;
      while (retries.pauseAfter(error) !== undefined) sent += 1;
      assert.equal(sent, maximum);
    });
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
