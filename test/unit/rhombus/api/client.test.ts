import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { gzipSync } from "node:zlib";
import { apiKey, clientFor, failureOf, withReplies } from "../loopback";

const organization = "Y1vE5bXrQvqmgMIFBqNtEA";

describe("client", () => {
  it("posts JSON as it is, null, __proto__ and text beyond ASCII included, with the key", async () => {
    const body = '{"name":"Zürich 🚪","description":null,"userUuids":[],"__proto__":{"a":1}}';
    await withReplies({ body: { group: { uuid: "g" } } }, async ({ client, url, received }) => {
      await client.call("createAccessControlGroup", JSON.parse(body));
      await clientFor(`${url}/gateway/`).client.call("createAccessControlGroup", JSON.parse(body));
      for (const [index, root] of ["", "/gateway"].entries()) {
        const { method, path, headers, body: sent } = received[index] ?? assert.fail("no request");
        assert.equal(`${method} ${path}`, `POST ${root}/api/accesscontrol/createAccessControlGroup`);
        assert.equal(sent, body);
        assert.deepEqual([headers["x-auth-apikey"], headers["content-type"]], [apiKey, "application/json"]);
        assert.equal(headers.accept, "application/json");
      }
    });
  });

  for (const [what, partner, sent] of [
    ["does not send the organization with an organization's own key", "false", ["api-token", undefined]],
    ["sends the organization with a partner's key", "true", ["partner-api-token", organization]],
  ] as const) {
    it(`${what}, and never in calls about the partner`, async () => {
      const config = { partner, orgUuid: organization };
      await withReplies({}, async ({ url, received }) => {
        const { client } = clientFor(url, config);
        await client.call("getLocations", {});
        await client.call("getClientsV2", {});
        const headers = received.map((each) => [each.headers["x-auth-scheme"], each.headers["x-auth-org"]]);
        assert.deepEqual(headers, [sent, [sent[0], undefined]]);
        assert.equal(received[0]?.port, received[1]?.port, "the connection is reused");
      });
    });
  }

  for (const rhombusToken of ["  ", undefined, null]) {
    it(`refuses to delete OnGuard with the token ${JSON.stringify(rhombusToken)}, which would delete every deployment`, async () => {
      await withReplies({}, async ({ client, received }) => {
        const request = JSON.parse(JSON.stringify({ rhombusToken }));
        const error = await failureOf(client.call("deleteHoneywellOnGuardIntegration", request));
        assert.match(error.message, /not sent: without a deployment's token it would delete every OnGuard deployment/);
        assert.deepEqual([error.outcome, received], ["refused", []]);
      });
    });
  }

  it("unpacks a compressed answer, and keeps undeclared fields", async () => {
    const body = { orgIntegrationV2: { saveClips: true, newestFlag: { on: true }, integration: "GENEA_NEXT" } };
    const packed = { headers: { "content-encoding": "gzip" }, body: gzipSync(JSON.stringify(body)) };
    await withReplies(packed, async ({ client }) => {
      assert.deepEqual(await client.call("getGeneaIntegration", {}), body);
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

  it("shows a warning for every write, but once for the same read", async () => {
    await withReplies({ body: { warningMsg: "Slow" } }, async ({ client, warned }) => {
      for (const _ of [1, 2]) {
        await client.call("getGeneaIntegration", {});
        await client.call("deleteGeneaIntegrationV2", {});
      }
      const [read, write] = ["getGeneaIntegration", "deleteGeneaIntegrationV2"].map(
        (name) => `${name}: Rhombus warns: Slow.`,
      );
      assert.deepEqual(warned, [read, write, write]);
    });
  });

  for (const [url, loaded] of [
    ["https://127.0.0.1:9", ["axios"]],
    ["https://rhombus.example", ["axios", "hpagent"]],
  ] as const) {
    it(`loads ${loaded.join(" and ")} with the first call to ${url}, and nothing before it`, () => {
      const script = `
        const { clientFor } = require("./test/unit/rhombus/loopback");
        const { client } = clientFor(${JSON.stringify(url)}, { maxRetries: "0" });
        const loaded = () => ["axios", "hpagent"].filter((name) => Object.keys(require.cache).some((path) => path.includes("node_modules/" + name + "/")));
        console.log(JSON.stringify(loaded()));
        client.call("getOrgV2", {}).catch(() => console.log(JSON.stringify(loaded())));
      `;
      const env = { PATH: process.env.PATH, HTTPS_PROXY: "http://127.0.0.1:9" };
      const printed = execFileSync(process.execPath, ["--import", "tsx", "-e", script], { encoding: "utf8", env });
      assert.deepEqual(printed.trim().split("\n"), ["[]", JSON.stringify(loaded)]);
    });
  }
});
