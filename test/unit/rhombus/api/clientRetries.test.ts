import assert from "node:assert/strict";
import sinon from "sinon";
import { elapse, failureOf, type Received, type Reply, withReplies } from "../loopback";

const token = "kTokenTokenTokenTokenA";
const limited: Reply = {
  status: 429,
  headers: { "retry-after": "3" },
  body: "Too many api requests. Enhance your calm.",
};
const made: Reply = { body: { group: { uuid: token } } };

/** The waits between requests, in whole seconds. */
const waits = (received: readonly Received[]) =>
  received.slice(1).map(({ at }, index) => Math.round((at - (received[index]?.at ?? 0)) / 1_000));

describe("client retries", () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers({
      toFake: ["setTimeout", "clearTimeout", "Date", "performance"],
      now: Date.UTC(2026, 10, 20),
    });
    sinon.stub(Math, "random").returns(0);
  });
  afterEach(() => sinon.restore());

  // The fake clock runs ahead of the sockets, so the time limit of an attempt is long.
  const patient = { timeoutSeconds: "600" };

  it("retries even a create after 429, after the time of Retry-After", async () => {
    await withReplies(
      [limited, made],
      async ({ client, received, logged }) => {
        await elapse(clock, client.call("createAccessControlGroup", { name: "Staff" }));
        assert.deepEqual(waits(received), [3]);
        assert.equal(received[0]?.body, received[1]?.body);
        assert.deepEqual(logged, ["rhombus: rate limited, resuming in 3 s (0 calls done)"]);
        assert.equal(received.length, 2);
      },
      patient,
    );
  });

  it("delays other calls during the pause", async () => {
    await withReplies(
      [limited, {}, {}],
      async ({ client, received, logged }) => {
        const first = client.call("getOrgV2", {});
        while (logged.length === 0) await new Promise((resolve) => setImmediate(resolve));
        await elapse(clock, Promise.all([client.call("getUsersInOrg", {}), first]));
        assert.deepEqual(
          received.map(({ path }) => path.split("/").at(-1)),
          ["getOrgV2", "getOrgV2", "getUsersInOrg"],
        );
        assert.deepEqual(waits(received), [3, 0]);
      },
      patient,
    );
  });

  for (const [what, reply] of [
    ["503", { status: 503 }],
    ["a connection that broke", "reset"],
    ["an answer that broke off", "cut off"],
  ] satisfies [string, Reply][]) {
    it(`retries an idempotent call after ${what}, with backoff, and leaves the outcome of a create unknown`, async () => {
      await withReplies(
        [reply, reply, {}, reply],
        async ({ client, received }) => {
          await elapse(clock, client.call("deleteHoneywellOnGuardIntegration", { rhombusToken: token }));
          assert.deepEqual(waits(received), [1, 2]);
          const error = await elapse(clock, failureOf(client.call("createAccessControlGroup", { name: "Staff" })));
          assert.deepEqual([error.outcome, received.length], ["unknown", 4]);
        },
        patient,
      );
    });
  }

  it("honours Retry-After of a 503", async () => {
    await withReplies(
      [{ status: 503, headers: { "retry-after": "9" } }, {}],
      async ({ client, received }) => {
        await elapse(clock, client.call("getOrgV2", {}));
        assert.deepEqual(waits(received), [9]);
      },
      patient,
    );
  });

  it("ends an attempt without an answer in time, and retries idempotent calls", async () => {
    await withReplies(
      ["hang", {}],
      async ({ client, received }) => {
        await elapse(clock, client.call("getOrgV2", {}));
        assert.equal(received.length, 2);
      },
      { timeoutSeconds: "20" },
    );
  });

  it("leaves the outcome of a create unknown without an answer in time", async () => {
    await withReplies(
      "hang",
      async ({ client, received }) => {
        const error = await elapse(clock, failureOf(client.call("createAccessControlGroup", { name: "Staff" })));
        assert.deepEqual([error.kind, error.outcome], ["timeout", "unknown"]);
        assert.match(error.message, /no full answer from 127\.0\.0\.1:\d+ within 20 s\..*rhombus:timeoutSeconds/);
        assert.equal(received.length, 1);
      },
      { timeoutSeconds: "20" },
    );
  });

  for (const [kind, reply] of [
    ["auth", { status: 403 }],
    ["domain", { body: { error: true } }],
  ] as const) {
    it(`leaves the outcome of a write unknown if an attempt before the error "${kind}" may have been carried out`, async () => {
      await withReplies(
        [{ status: 500 }, reply],
        async ({ client }) => {
          const error = await elapse(clock, failureOf(client.call("deleteAccessControlGroup", { groupUuid: token })));
          assert.deepEqual([error.kind, error.outcome], [kind, "unknown"]);
        },
        patient,
      );
    });
  }

  it("admits other calls while a call backs off", async () => {
    await withReplies(
      [{ status: 500 }, {}, {}],
      async ({ client, received }) => {
        const backingOff = client.call("getOrgV2", {});
        while (received.length < 1) await new Promise((resolve) => setImmediate(resolve));
        const other = client.call("getUsersInOrg", {});
        await elapse(clock, Promise.all([backingOff, other]));
        assert.equal(received[1]?.path, "/api/user/getUsersInOrg");
      },
      { ...patient, maxConcurrency: "1" },
    );
  });
});
