import assert from "node:assert/strict";
import sinon from "sinon";
import { campusSeed, type Emulator, startEmulator } from "../../../../provider/emulator";
import { RhombusApi } from "../../../../provider/rhombus/api/api";
import { RhombusClient } from "../../../../provider/rhombus/api/client";
import { resolveSettings } from "../../../../provider/rhombus/settings/settings";
import { failureOf, withReplies } from "../loopback";

describe("the api, an absent integration", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  /** Reads Genea after an error text of its own read, with the given listing of all integrations. */
  function reading(errorMsg: string, listing: object) {
    const env = { RHOMBUS_API_KEY: campusSeed.acme.apiKey, RHOMBUS_ENDPOINT_URL: emulator.url };
    const client = new RhombusClient(resolveSettings({ config: () => undefined, env }), { warn() {}, log() {} });
    emulator.fail({ operation: "getGeneaIntegration", with: { kind: "errorEnvelope", errorMsg, when: "before" } });
    emulator.fail({ operation: "getOrgIntegrationsV2", with: { kind: "status", status: 200, body: listing } });
    return new RhombusApi(client, undefined).genea.fresh();
  }

  const genea = { integration: "GENEA", enabled: false };
  const kisi = { integration: "KISI", enabled: true };

  it("is an empty list if its read answers an error text and the listing of all integrations does not show it", async () => {
    for (const orgIntegrationsV2 of [{}, { KISI: kisi }])
      assert.deepEqual(await reading("User not found", { orgIntegrationsV2 }), []);
  });

  for (const [what, listing] of [
    ["shows it with nothing but defaults", { orgIntegrationsV2: { "1": genea } }],
    ["shows it in small letters", { orgIntegrationsV2: { G: { integration: "genea" } } }],
    ["shows it by its key alone", { orgIntegrationsV2: { GENEA: { integration: "OTHER" } } }],
    ["is null", { orgIntegrationsV2: null }],
    ["has a row that is null", { orgIntegrationsV2: { KISI: null } }],
    ["has a row that does not say what it is", { orgIntegrationsV2: { "1": { enabled: true } } }],
    ["comes with error words", { orgIntegrationsV2: {}, errorMsg: "partly unavailable" }],
    ["fails", { error: true, errorMsg: "not now" }],
  ] as const) {
    it(`is an error if Rhombus answers "not configured" and the listing of all integrations ${what}`, async () => {
      const { kind, outcome, message } = await failureOf(reading("Not configured.", listing));
      assert.deepEqual([kind, outcome], ["silent", "refused"]);
      const said = 'the answer may be incomplete: Rhombus reported "Not configured."; getOrgIntegrationsV2 ';
      assert.ok(message.includes(` getGeneaIntegration failed: ${said}`), message);
      assert.match(
        message,
        /^Run the command again\. If the (?:error persists, check|integration is in the state and)/,
      );
      // What another operation shows cannot be gone.
      assert.equal(message.includes("pulumi state delete"), !message.includes("shows the GENEA integration"));
    });
  }
});

const organization = "Y1vE5bXrQvqmgMIFBqNtEA";

describe("the api, the organization of the key", () => {
  it("is read once", async () => {
    await withReplies({ body: { org: { uuid: organization, name: "Acme" } } }, async ({ client, received }) => {
      const api = new RhombusApi(client, undefined);
      const asked = await Promise.all([api.organization(), api.organization()]);
      assert.deepEqual([...asked, await api.organization()], Array(3).fill({ uuid: organization, name: "Acme" }));
      assert.equal(received.length, 1);
    });
  });

  for (const body of [{}, { org: { uuid: " " } }]) {
    it(`is an error, and not undefined, after the answer ${JSON.stringify(body)}`, async () => {
      await withReplies([{ body }, {}], async ({ client }) => {
        const api = new RhombusApi(client, undefined);
        const { kind, message } = await failureOf(api.organization());
        assert.equal(kind, "malformed");
        assert.match(
          message,
          /^Look for a newer version .* getOrgV2 failed: an unexpected answer: org(?:\.uuid)? is missing\.$/,
        );
        assert.equal((await api.organization())?.uuid, organization);
      });
    });
  }

  for (const [status, expected, calls] of [
    [403, undefined, 1],
    [404, undefined, 1],
    [401, { uuid: organization, name: "" }, 2],
  ] as const) {
    it(`is ${calls === 1 ? "undefined" : "an error"} after ${status}, and is read ${calls} times`, async () => {
      await withReplies([{ status }, { body: { org: { uuid: organization } } }], async ({ client, received }) => {
        const api = new RhombusApi(client, undefined);
        if (calls === 1) assert.equal(await api.organization(), undefined);
        else assert.equal((await failureOf(api.organization())).status, status);
        assert.deepEqual([await api.organization(), received.length], [expected, calls]);
      });
    });
  }
});

describe("the api, a list", () => {
  for (const [what, body] of [
    ["is missing", {}],
    ["is null", { users: null }],
    ["has an item that is null", { users: [null] }],
    ["has an item without id", { users: [{ name: "Ada" }] }],
    ["comes with a message beside users", { users: [{ uuid: "u" }], message: "upstream timed out" }],
    ["comes with errors", { users: [], errors: ["timeout"] }],
    ["comes with a detail", { users: [], detail: { code: 7 } }],
    ["reports that it is no success", { users: [], success: false }],
    ["has a status of an error", { users: [], status: "error" }],
    ["has the number of an error", { users: [], status: 504 }],
    ["has a next page", { users: [], nextPageToken: "2" }],
    ["comes with a warning", { users: [], warningMsg: "The list is incomplete." }],
  ] as const) {
    it(`is incomplete if it ${what}`, async () => {
      await withReplies({ body }, async ({ client }) => {
        await assert.rejects(new RhombusApi(client, undefined).listing("getUsersInOrg").fresh(), {
          kind: "silent",
          message: /^Run the command again\. getUsersInOrg failed: the answer may be incomplete: [^\n]*[."]$/,
        });
      });
    });
  }

  it("quotes no secret in its error, not even half of one at the cut", async () => {
    const body = { users: null, errorMsg: `${"x".repeat(190)}loopbackKeyLoopback22A` };
    await withReplies({ body }, async ({ client }) => {
      const { message } = await failureOf(new RhombusApi(client, undefined).listing("getUsersInOrg").fresh());
      assert.ok(!message.includes("loopbackKey"), message);
    });
  });
});

describe("the api, an OnGuard deployment", () => {
  it("has its key as the token if its own token is masked or missing", async () => {
    for (const lengthOnly of ["********", "", null]) {
      const deploymentToSettingsMap = { Y1vE5bXrQvqmgMIFBqNtEA: { rhombusToken: lengthOnly, displayName: "HQ" } };
      await withReplies({ body: { orgIntegrationV2: { deploymentToSettingsMap } } }, async ({ client }) => {
        const [deployment] = await new RhombusApi(client, undefined).onGuard.fresh();
        assert.equal(deployment?.token, "Y1vE5bXrQvqmgMIFBqNtEA");
      });
    }
  });
});

describe("the api, a write of a whole object", () => {
  const row = ["updateGeneaIntegrationV2", { geneaSettings: {} }] as const;
  afterEach(() => sinon.restore());

  for (const [what, reply, pausesMs] of [
    [
      "a lost answer, after the pause that Rhombus asks for",
      { status: 503, headers: { "retry-after": "7" } },
      [7e3, 7e3],
    ],
    ["a lost answer, at most for five minutes", { status: 503, headers: { "retry-after": "9999" } }, [300_000]],
    ["a lost answer, after longer and longer pauses", { status: 503 }, [1_500, 2_500]],
    ["429, as often as the settings say", { status: 429, headers: { "retry-after": "9" } }, [9e3, 9e3, 9e3]],
    ["a refusal, never", { status: 400 }, []],
  ] as const) {
    it(`is sent once, and may be made again after ${what}`, async () => {
      sinon.stub(Math, "random").returns(0.5);
      await withReplies(
        reply,
        async ({ client, received }) => {
          const api = new RhombusApi(client, undefined);
          const error = await failureOf(api.call(...row));
          assert.equal(received.length, 1);
          const retries = api.retries();
          const pauses = [1, 2, 3, 4].map(() => retries.pauseAfter(error));
          assert.deepEqual(
            pauses.filter((pause) => pause !== undefined),
            pausesMs,
          );
        },
        { maxRetries: "3" },
      );
    });
  }

  it("is not sent if it became stale in the pause of another call, and may be made again at once", async () => {
    const replies = [{ status: 429, headers: { "retry-after": "0.7" } }, {}];
    await withReplies(replies, async ({ client, received, logged }) => {
      const api = new RhombusApi(client, undefined);
      const other = api.call("getLocations", {});
      while (logged.length === 0) await new Promise((resolve) => setImmediate(resolve));
      const error = await failureOf(api.call(...row));
      await other;
      assert.match(error.message, /not sent: it waited 1 s and its data is out of date/);
      assert.ok(received.every(({ path }) => path.endsWith("getLocations")));
      assert.deepEqual([api.outcomeOf(error), api.retries().pauseAfter(error)], ["refused", 0]);
    });
  });

  it("logs the wait that a failed answer asks for, unless the rate limit logs it", async () => {
    const replies = [503, 502, 429].map((status) => ({
      status,
      headers: status === 502 ? {} : { "retry-after": "0.1" },
    }));
    await withReplies(replies, async ({ client, logged }) => {
      const api = new RhombusApi(client, undefined);
      for (const _reply of replies) api.retries().pauseAfter(await failureOf(api.call(...row)));
      assert.deepEqual(logged, [
        "rhombus: updateGeneaIntegrationV2 was answered 503, resuming in 1 s",
        "rhombus: rate limited, resuming in 1 s (2 calls done)",
      ]);
    });
  });
});
