import assert from "node:assert/strict";
import sinon from "sinon";
import { elapse, failureOf, type Received, type Reply, withReplies } from "../loopback";

const token = "kTokenTokenTokenTokenA";
const limited: Reply = { status: 429, headers: { "retry-after": "3" }, body: "Enhance your calm." };

/** The waits between requests, in whole seconds. */
const waits = (received: readonly Received[]) =>
  received.slice(1).map(({ at }, index) => Math.round((at - (received[index]?.at ?? 0)) / 1_000));

describe("client retries", () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
    sinon.stub(Math, "random").returns(0);
  });
  afterEach(() => sinon.restore());

  // The fake clock runs ahead of the sockets, so the time limit of an attempt is long.
  const withRetries: typeof withReplies = (replies, test, config = {}) =>
    withReplies(replies, test, { timeoutSeconds: "600", ...config });

  it("repeat even a create after 429, after the time of Retry-After", async () => {
    await withRetries([limited, { body: { group: { uuid: token } } }], async ({ client, received, logged }) => {
      await elapse(clock, client.call("createAccessControlGroup", { name: "Staff" }));
      assert.deepEqual(waits(received), [3]);
      assert.equal(received[0]?.body, received[1]?.body);
      assert.deepEqual(logged, ["rhombus: rate limited, resuming in 3 s (0 calls done)"]);
    });
  });

  for (const [what, reply, expected] of [
    ["503", { status: 503 }, [1, 2]],
    ["503 with Retry-After", { status: 503, headers: { "retry-after": "9" } }, [9, 9]],
    ["a connection that broke", "reset", [1, 2]],
    ["an answer that broke off", "cut off", [1, 2]],
  ] satisfies [string, Reply, number[]][]) {
    it(`repeat an idempotent call after ${what}, with backoff, and leave the outcome of a create unknown`, async () => {
      await withRetries([reply, reply, {}, reply], async ({ client, received }) => {
        await elapse(clock, client.call("deleteHoneywellOnGuardIntegration", { rhombusToken: token }));
        assert.deepEqual(waits(received), expected);
        const error = await elapse(clock, failureOf(client.call("createAccessControlGroup", { name: "Staff" })));
        assert.deepEqual([error.outcome, received.length], ["unknown", 4]);
      });
    });
  }

  it("repeat an idempotent call without an answer in time, and leave the outcome of a create unknown", async () => {
    await withReplies(
      ["hang", {}, "hang"],
      async ({ client, received }) => {
        await elapse(clock, client.call("getOrgV2", {}));
        assert.equal(received.length, 2);
        const error = await elapse(clock, failureOf(client.call("createAccessControlGroup", { name: "Staff" })));
        assert.deepEqual([error.kind, error.outcome, received.length], ["timeout", "unknown", 3]);
        assert.match(error.message, /rhombus:timeoutSeconds.* no full answer from 127\.0\.0\.1:\d+ within 20 s\./);
      },
      { timeoutSeconds: "20" },
    );
  });

  for (const [kind, reply] of [
    ["auth", { status: 403 }],
    ["domain", { body: { error: true } }],
  ] as const) {
    it(`leave the outcome of a write unknown if an attempt before the error "${kind}" may have been carried out`, async () => {
      await withRetries([{ status: 500 }, reply], async ({ client }) => {
        const error = await elapse(clock, failureOf(client.call("deleteAccessControlGroup", { groupUuid: token })));
        assert.deepEqual([error.kind, error.outcome], [kind, "unknown"]);
      });
    });
  }

  it("admit other calls while a call backs off", async () => {
    await withRetries(
      [{ status: 500 }, {}, {}],
      async ({ client, received }) => {
        const backingOff = client.call("getOrgV2", {});
        while (received.length < 1) await new Promise((resolve) => setImmediate(resolve));
        await elapse(clock, Promise.all([backingOff, client.call("getUsersInOrg", {})]));
        assert.equal(received[1]?.path, "/api/user/getUsersInOrg");
      },
      { maxConcurrency: "1" },
    );
  });
});
