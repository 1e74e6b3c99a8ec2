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
