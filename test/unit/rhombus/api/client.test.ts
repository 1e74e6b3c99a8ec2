import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { gzipSync } from "node:zlib";
import { apiKey, clientFor, failureOf, withReplies } from "../loopback";

const organization = "Y1vE5bXrQvqmgMIFBqNtEA";

describe("client", () => {
  it("posts JSON with the key of an organization", async () => {
    await withReplies({ body: { groups: [{ name: "Staff" }] } }, async ({ client, received }) => {
      const answer = await client.call("findAccessControlGroupsByOrg", {});
      assert.deepEqual(answer, { groups: [{ name: "Staff" }] });
      const [request] = received;
      assert.equal(`${request?.method} ${request?.path}`, "POST /api/accesscontrol/findAccessControlGroupsByOrg");
      assert.equal(request?.body, "{}");
      assert.equal(request?.headers["x-auth-scheme"], "api-token");
      assert.equal(request?.headers["x-auth-apikey"], apiKey);
      assert.equal(request?.headers["content-type"], "application/json");
      assert.equal(request?.headers.accept, "application/json");
      assert.equal(request?.headers["x-auth-org"], undefined);
    });
  });

  it("sends the request as it is, null, __proto__ and text beyond ASCII included", async () => {
    const body = '{"name":"Zürich 🚪","description":null,"userUuids":[],"__proto__":{"a":1}}';
    await withReplies({ body: { group: { uuid: "g" } } }, async ({ client, received }) => {
      await client.call("createAccessControlGroup", JSON.parse(body));
      assert.equal(received[0]?.body, body);
    });
  });

  for (const [what, partner, sent] of [
    ["does not send the organization with an organization's own key", "false", ["api-token", undefined]],
    ["sends the organization with a partner's key", "true", ["partner-api-token", organization]],
  ] as const) {
    it(`${what}, and never in calls about the partner`, async () => {
      await withReplies(
        {},
        async ({ client, received }) => {
          await client.call("getLocations", {});
          await client.call("getClientsV2", {});
          const headers = received.map((each) => [each.headers["x-auth-scheme"], each.headers["x-auth-org"]]);
          assert.deepEqual(headers, [sent, [sent[0], undefined]]);
        },
        { partner, orgUuid: organization },
      );
    });
  }

  it("keeps a path in the endpoint", async () => {
    await withReplies({}, async ({ url, received }) => {
      await clientFor(`${url}/gateway/`).client.call("getOrgV2", {});
      assert.equal(received[0]?.path, "/gateway/api/org/getOrgV2");
    });
  });

  for (const rhombusToken of ["", "  ", undefined, null]) {
    it(`refuses to delete OnGuard with the token ${JSON.stringify(rhombusToken)}, which would delete every deployment`, async () => {
      await withReplies({}, async ({ client, received }) => {
        const request = JSON.parse(JSON.stringify({ rhombusToken }));
        const error = await failureOf(client.call("deleteHoneywellOnGuardIntegration", request));
        assert.match(error.message, /not sent: without a deployment's token it would delete every OnGuard deployment/);
        assert.equal(error.outcome, "refused");
        assert.deepEqual(received, []);
      });
    });
  }

  it("keeps undeclared fields in an answer", async () => {
    const body = { orgIntegrationV2: { saveClips: true, newestFlag: { on: true }, integration: "GENEA_NEXT" } };
    await withReplies({ body }, async ({ client }) => {
      assert.deepEqual(await client.call("getGeneaIntegration", {}), body);
    });
  });

  it("unpacks a compressed answer", async () => {
    const packed = { headers: { "content-encoding": "gzip" }, body: gzipSync('{"groups":[{"name":"Staff"}]}') };
    await withReplies(packed, async ({ client }) => {
      assert.deepEqual(await client.call("findAccessControlGroupsByOrg", {}), { groups: [{ name: "Staff" }] });
    });
  });

  it("does not send loopback traffic through a proxy", async () => {
    const before = process.env.HTTP_PROXY;
    process.env.HTTP_PROXY = "http://127.0.0.1:9";
    try {
      await withReplies({}, async ({ client, received }) => {
        await client.call("getOrgV2", {});
        assert.equal(received.length, 1);
      });
    } finally {
      if (before === undefined) delete process.env.HTTP_PROXY;
      else process.env.HTTP_PROXY = before;
    }
  });

  it("reuses connections", async () => {
    await withReplies({}, async ({ client, received }) => {
      await client.call("getOrgV2", {});
      await client.call("getOrgV2", {});
      assert.equal(received.length, 2);
      assert.equal(received[0]?.port, received[1]?.port);
    });
  });

  it("measures the lead of this machine's clock, from answers and from refusals", async () => {
    const dated = (seconds: number, status: number) => {
      return { status, headers: { date: new Date(Date.now() - seconds * 1_000).toUTCString() }, body: {} };
    };
    await withReplies([dated(90, 200), dated(-3_600, 403)], async ({ client }) => {
      assert.equal(client.clockAheadMs(), undefined);
      await client.call("getLocations", {});
      assert.equal(Math.round((client.clockAheadMs() ?? 0) / 10_000), 9);
      await failureOf(client.call("getLocations", {}));
      assert.equal(Math.round((client.clockAheadMs() ?? 0) / 60_000), -60);
    });
  });

  it("loads the HTTP library with the first call", () => {
    const script = `
      const { RhombusClient } = require("./provider/rhombus/api/client");
      const { resolveSettings } = require("./provider/rhombus/settings/settings");
      const values = { "rhombus:apiKey": "k3yk3y", "rhombus:endpoint": "http://127.0.0.1:9", "rhombus:maxRetries": "0" };
      const client = new RhombusClient(resolveSettings({ config: (key) => values[key], env: {} }), {});
      const loaded = () => Object.keys(require.cache).some((path) => /node_modules.axios/.test(path));
      console.log(loaded());
      client.call("getOrgV2", {}).catch(() => console.log(loaded()));
    `;
    const printed = execFileSync(process.execPath, ["--import", "tsx", "-e", script], { encoding: "utf8" });
    assert.deepEqual(printed.trim().split("\n"), ["false", "true"]);
  });

  for (const [what, url, isLoaded] of [
    ["not for this machine", "https://127.0.0.1:9", false],
    ["with the first call through a proxy", "https://rhombus.example", true],
  ] as const) {
    it(`loads the tunnel agent ${what}`, () => {
      const script = `
        const { clientFor } = require("./test/unit/rhombus/loopback");
        const { client } = clientFor(${JSON.stringify(url)}, { maxRetries: "0" });
        const loaded = () => Object.keys(require.cache).some((path) => /node_modules.hpagent/.test(path));
        console.log(loaded());
        client.call("getOrgV2", {}).catch(() => console.log(loaded()));
      `;
      const environment = { PATH: process.env.PATH, HTTPS_PROXY: "http://127.0.0.1:9" };
      const printed = execFileSync(process.execPath, ["--import", "tsx", "-e", script], {
        encoding: "utf8",
        env: environment,
      });
      assert.deepEqual(printed.trim().split("\n"), ["false", String(isLoaded)]);
    });
  }
});
