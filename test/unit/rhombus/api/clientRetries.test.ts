import assert from "node:assert/strict";
import sinon from "sinon";
import { clientFor, elapse, failureOf, type Received, type Reply, withReplies } from "../loopback";

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

  it("accepts Retry-After as a date", async () => {
    const until = new Date(Date.now() + 7_000).toUTCString();
    await withReplies(
      [{ status: 429, headers: { "retry-after": until } }, made],
      async ({ client, received }) => {
        await elapse(clock, client.call("createAccessControlGroup", { name: "Staff" }));
        assert.deepEqual(waits(received), [7]);
      },
      patient,
    );
  });

  it("backs off after 429 without Retry-After, longer each time", async () => {
    await withReplies(
      [{ status: 429 }, { status: 429 }, { status: 429 }, made],
      async ({ client, received }) => {
        await elapse(clock, client.call("createAccessControlGroup", { name: "Staff" }));
        assert.deepEqual(waits(received), [1, 2, 4]);
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

  it("stops after maxRetries for 429", async () => {
    await withReplies(
      limited,
      async ({ client, received }) => {
        const error = await elapse(clock, failureOf(client.call("getOrgV2", {})));
        assert.equal(error.kind, "rateLimited");
        assert.equal(received.length, 3);
      },
      { ...patient, maxRetries: "2" },
    );
  });

  const trouble: [string, Reply][] = [
    ["500", { status: 500 }],
    ["503", { status: 503 }],
    ["a connection that broke", "reset"],
    ["an answer that broke off", "cut off"],
  ];
  for (const [what, reply] of trouble) {
    it(`retries an idempotent call after ${what}, with backoff`, async () => {
      await withReplies(
        [reply, reply, {}],
        async ({ client, received }) => {
          await elapse(clock, client.call("deleteHoneywellOnGuardIntegration", { rhombusToken: token }));
          assert.deepEqual(waits(received), [1, 2]);
        },
        patient,
      );
    });

    it(`does not retry a create after ${what}`, async () => {
      await withReplies(
        [reply, made],
        async ({ client, received }) => {
          const error = await elapse(clock, failureOf(client.call("createAccessControlGroup", { name: "Staff" })));
          assert.equal(error.outcome, "unknown");
          assert.equal(received.length, 1);
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

  it("stops after 4 retries for 5xx", async () => {
    await withReplies(
      { status: 500 },
      async ({ client, received }) => {
        const error = await elapse(clock, failureOf(client.call("getOrgV2", {})));
        assert.equal(error.kind, "server");
        assert.deepEqual(waits(received), [1, 2, 4, 8]);
      },
      patient,
    );
  });

  for (const [what, request, attempts] of [
    ["repeats an OnGuard activation with a token", { rhombusToken: token }, 2],
    ["does not repeat an OnGuard activation without a token", { displayName: "HQ" }, 1],
  ] as const) {
    it(`${what} after 500`, async () => {
      await withReplies(
        [{ status: 500 }, { body: { rhombusToken: token } }],
        async ({ client, received }) => {
          const call = client.call("createOrUpdateHoneywellOnGuardIntegration", request);
          await elapse(clock, call).catch(() => undefined);
          assert.equal(received.length, attempts);
        },
        patient,
      );
    });
  }

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

  it("leaves the outcome of a write unknown if an earlier attempt may have been carried out", async () => {
    await withReplies(
      [{ status: 500 }, { status: 403 }],
      async ({ client }) => {
        const error = await elapse(clock, failureOf(client.call("deleteAccessControlGroup", { groupUuid: token })));
        assert.deepEqual([error.kind, error.outcome], ["auth", "unknown"]);
      },
      patient,
    );
    await withReplies(
      [{ status: 500 }, { body: { error: true } }],
      async ({ client }) => {
        const error = await elapse(clock, failureOf(client.call("deleteAccessControlGroup", { groupUuid: token })));
        assert.deepEqual([error.kind, error.outcome], ["domain", "unknown"]);
      },
      patient,
    );
  });

  it("retries any call after a refused connection", async () => {
    let url = "";
    await withReplies({}, async (scene) => {
      url = scene.url;
    });
    const { client } = clientFor(url, patient);
    const startedAt = clock.now;
    const error = await elapse(clock, failureOf(client.call("createAccessControlGroup", { name: "Staff" })));
    assert.deepEqual([error.kind, error.outcome], ["network", "refused"]);
    // Four retries: 1 + 2 + 4 + 8 s.
    assert.equal(Math.floor((clock.now - startedAt) / 1_000), 15);
  });

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
