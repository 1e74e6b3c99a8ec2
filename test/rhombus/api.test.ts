import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed, type Emulator, startEmulator } from "../../provider/emulator";
import { RhombusApi } from "../../provider/rhombus/api";
import { RhombusClient } from "../../provider/rhombus/client";
import { resolveSettings } from "../../provider/rhombus/settings";
import { failureOf, withReplies } from "./loopback";

describe("the api, an integration that is not there", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  function reading(errorMsg: string) {
    const env = { RHOMBUS_API_KEY: campusSeed.acme.apiKey, RHOMBUS_ENDPOINT_URL: emulator.url };
    const client = new RhombusClient(resolveSettings({ config: () => undefined, env }), { warn() {}, log() {} });
    emulator.fail({
      operation: "getGeneaIntegration",
      times: 1,
      with: { kind: "errorEnvelope", errorMsg, when: "before" },
    });
    return new RhombusApi(client, undefined).genea.fresh();
  }

  for (const words of [
    "The integration is not configured for this organization.",
    "Genea integration not found",
    "This integration has not been set up",
    "No Genea integration",
    "integration does not exist",
    "No integration found for this organization.",
    "Access control integration is not configured. Set it up in the console.",
  ]) {
    it(`is empty when Rhombus says "${words}"`, async () => {
      assert.deepEqual(await reading(words), []);
    });
  }

  for (const words of [
    "User not found",
    "Organization does not exist",
    "Could not read the integration: token not found",
    "The feature is not enabled",
    "Internal failure",
    "You have no integration permission.",
    "No Genea integration access for this role",
    "No integration, as this key has no access",
    "Access control integration not enabled for this API key",
    "Integration not enabled: your plan does not include it",
    "Integration not found, or you are not authorized to see it",
    "The integration has no licence, the integration is not enabled",
    "Your organization has no integration add-on",
    "Integration not found in the cache, try again",
  ]) {
    it(`is an error when Rhombus says "${words}"`, async () => {
      await assert.rejects(reading(words), { name: "RhombusError", kind: "domain" });
    });
  }
});

describe("the api, an OnGuard deployment", () => {
  for (const hidden of ["********", "", null]) {
    it(`has the token that is its key when its own reads ${JSON.stringify(hidden)}`, async () => {
      const deploymentToSettingsMap = { Y1vE5bXrQvqmgMIFBqNtEA: { rhombusToken: hidden, displayName: "HQ" } };
      await withReplies({ body: { orgIntegrationV2: { deploymentToSettingsMap } } }, async ({ client }) => {
        const [deployment] = await new RhombusApi(client, undefined).onGuard.fresh();
        assert.equal(deployment?.token, "Y1vE5bXrQvqmgMIFBqNtEA");
      });
    });
  }
});

describe("the api, a call that is made again", () => {
  afterEach(() => sinon.restore());

  for (const [what, headers, delaysMs] of [
    ["waits as long as Rhombus asks for", { "retry-after": "7" }, [7_000, 7_000, 7_000]],
    ["never waits for longer than five minutes", { "retry-after": "9999" }, [300_000, 300_000, 300_000]],
    ["waits longer each time where Rhombus asks for nothing", {}, [1_500, 2_500, 4_500]],
  ] as const) {
    it(what, async () => {
      sinon.stub(Math, "random").returns(0.5);
      await withReplies({ status: 503, headers }, async ({ client }) => {
        const api = new RhombusApi(client, undefined);
        const lost = await failureOf(api.call("updateGeneaIntegrationV2", { geneaSettings: {} }));
        const sent = [1, 2, 3];
        assert.deepEqual(
          sent.map((times) => api.retryDelayMs(lost, times)),
          delaysMs,
        );
      });
    });
  }
});

describe("the api, a call that is made at once or not at all", () => {
  const row = ["updateGeneaIntegrationV2", { geneaSettings: {} }] as const;

  for (const [what, reply, config, again] of [
    ["429, as often as the settings say", { status: 429, headers: { "retry-after": "9" } }, { maxRetries: "2" }, 2],
    ["429, not where the settings say so", { status: 429 }, { maxRetries: "0" }, 0],
    ["a refusal, never", { status: 400 }, {}, 0],
    ["a lost answer, which is another matter", { status: 502 }, {}, 0],
  ] as const) {
    it(`is made once, and may be made again after ${what}`, async () => {
      await withReplies(
        reply,
        async ({ client, received }) => {
          const api = new RhombusApi(client, undefined);
          const error = await failureOf(api.callAtOnce(...row));
          assert.equal(received.length, 1);
          assert.equal([0, 1, 2, 3].filter((repeated) => api.mayBeMadeAgain(error, repeated)).length, again);
        },
        config,
      );
    });
  }

  it("is not made when another call's pause held it up, and may be made again at once", async () => {
    const replies = [{ status: 429, headers: { "retry-after": "0.7" } }, {}];
    await withReplies(replies, async ({ client, received }) => {
      const api = new RhombusApi(client, undefined);
      const other = api.call("getLocations", {});
      while (client.stats().rateLimited === 0) await new Promise((resolve) => setImmediate(resolve));
      const error = await failureOf(api.callAtOnce(...row));
      await other;
      assert.match(error.message, /not sent, as it would have been 1 s late/);
      assert.ok(received.every(({ path }) => path.endsWith("getLocations")));
      assert.deepEqual(
        [api.outcomeOf(error), api.mayBeMadeAgain(error, 0), api.retryDelayMs(error, 1)],
        ["refused", true, 0],
      );
    });
  });

  it("has the wait announced that a failing answer asks for, unless the rate limit has said it", async () => {
    const replies = [503, 502, 429].map((status) => ({
      status,
      headers: status === 502 ? {} : { "retry-after": "0.1" },
    }));
    await withReplies(replies, async ({ client, logged }) => {
      const api = new RhombusApi(client, undefined);
      for (const _reply of replies) api.announceWait(await failureOf(api.callAtOnce(...row)));
      assert.deepEqual(logged, [
        "rhombus: updateGeneaIntegrationV2 was answered 503, resuming in 1 s",
        "rhombus: rate limited, resuming in 1 s (2 calls done)",
      ]);
    });
  });
});
