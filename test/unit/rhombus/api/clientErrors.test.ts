import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { ErrorKind, Outcome } from "../../../../provider/rhombus/errors/rhombusError";
import { clientFor, failureOf, type Reply, withReplies } from "../loopback";

const uuid = "Y1vE5bXrQvqmgMIFBqNtEA";
const html = "<html><head><title>Sign in to Guest Wi-Fi</title></head><body>internal details</body></html>";

interface Row {
  what: string;
  reply: Reply;
  kind: ErrorKind;
  read: Outcome;
  write: Outcome;
  message: RegExp;
  status?: number;
}

const rows: Row[] = [
  {
    what: "400 with the vendor's message",
    reply: { status: 400, body: { msg: "JSON doesn't match expected object structure" } },
    kind: "badRequest",
    read: "refused",
    write: "refused",
    status: 400,
    message: /failed: 400 JSON doesn't match expected object structure\. Rhombus does not accept a value/,
  },
  {
    what: "400 with error and msg",
    reply: { status: 400, body: { error: "BadRequest", msg: "uuid is empty" } },
    kind: "badRequest",
    read: "refused",
    write: "refused",
    status: 400,
    message: /failed: 400 uuid is empty\./,
  },
  {
    what: "401",
    reply: { status: 401, headers: { "www-authenticate": "Bearer x" }, body: { authenticationFailed: true } },
    kind: "auth",
    read: "refused",
    write: "refused",
    status: 401,
    message: /failed: 401 Unauthorized\. The key \(from rhombus:apiKey\) may be wrong or revoked/,
  },
  {
    what: "403 with the vendor's message",
    reply: { status: 403, body: { status: 403, error: "Forbidden", timestamp: 1, msg: "Access Denied" } },
    kind: "auth",
    read: "refused",
    write: "refused",
    status: 403,
    message: /failed: 403 Access Denied\. The key .* its role may lack this permission/,
  },
  {
    what: "a bare 403",
    reply: { status: 403, body: "" },
    kind: "auth",
    read: "refused",
    write: "refused",
    status: 403,
    message: /failed: 403 Forbidden\. The key/,
  },
  {
    what: "404",
    reply: { status: 404, body: "" },
    kind: "notFound",
    read: "refused",
    write: "refused",
    status: 404,
    message: /failed: 404 Not Found\. Rhombus did not find the operation/,
  },
  {
    what: "407 of a proxy",
    reply: { status: 407, body: html },
    kind: "badRequest",
    read: "refused",
    write: "refused",
    status: 407,
    message: /failed: 407 Sign in to Guest Wi-Fi\. Check that/,
  },
  {
    what: "429 to the end",
    reply: { status: 429, headers: { "retry-after": "1" }, body: "Too many api requests. Enhance your calm." },
    kind: "rateLimited",
    read: "refused",
    write: "refused",
    status: 429,
    message: /failed: 429 Too many api requests\. Enhance your calm\. Rhombus limits the calls of an organization/,
  },
  {
    what: "500 without a body",
    reply: { status: 500, body: "" },
    kind: "server",
    read: "refused",
    write: "unknown",
    status: 500,
    message: /failed: 500 Internal Server Error\. The servers of Rhombus failed; try again later\./,
  },
  {
    what: "502 as a web page",
    reply: { status: 502, body: html },
    kind: "server",
    read: "refused",
    write: "unknown",
    status: 502,
    message: /failed: 502 Sign in to Guest Wi-Fi\./,
  },
  {
    what: "a web page with HTTP 200",
    reply: { body: html },
    kind: "malformed",
    read: "refused",
    write: "unknown",
    status: 200,
    message:
      /failed: an answer that is not JSON: Sign in to Guest Wi-Fi\. Check that 127\.0\.0\.1:\d+ \(from rhombus:endpoint\)/,
  },
  {
    what: "an empty body",
    reply: { body: "" },
    kind: "malformed",
    read: "refused",
    write: "unknown",
    status: 200,
    message: /failed: an empty answer\./,
  },
  {
    what: "half a JSON text",
    reply: { body: '{"group":{"uuid":' },
    kind: "malformed",
    read: "refused",
    write: "unknown",
    status: 200,
    message: /failed: an answer that is not JSON/,
  },
  {
    what: "a JSON text that is no object",
    reply: { body: "[]" },
    kind: "malformed",
    read: "refused",
    write: "unknown",
    status: 200,
    message: /failed: an answer that is not a JSON object\./,
  },
  {
    what: "a field of another type",
    reply: { body: { group: { uuid, name: ["Staff"] } } },
    kind: "malformed",
    read: "refused",
    write: "unknown",
    status: 200,
    message: /failed: an unexpected answer: text expected at group\.name\. The API may have changed/,
  },
  {
    what: "broken compression",
    reply: { headers: { "content-encoding": "gzip" }, body: "this is not gzip" },
    kind: "malformed",
    read: "refused",
    write: "unknown",
    message: /failed: an answer that cannot be unpacked\./,
  },
  {
    what: "an answer that unpacks to more than 32 MiB",
    reply: { headers: { "content-encoding": "gzip" }, body: gzipSync(Buffer.alloc(33 * 1024 * 1024)) },
    kind: "tooLarge",
    read: "refused",
    write: "unknown",
    message: /failed: the answer is larger than 32 MiB\./,
  },
  {
    what: "a connection that ends without an answer",
    reply: "reset",
    kind: "network",
    read: "refused",
    write: "unknown",
    message:
      /failed: the connection to 127\.0\.0\.1:\d+ broke \(ECONNRESET\)\. The host .* comes from rhombus:endpoint/,
  },
  {
    what: "a connection that ends within the answer",
    reply: "cut off",
    kind: "network",
    read: "refused",
    write: "unknown",
    message: /failed: the connection to 127\.0\.0\.1:\d+ broke/,
  },
  {
    what: "error: true with HTTP 200",
    reply: { body: { error: true, errorMsg: "Group limit\n reached" } },
    kind: "domain",
    read: "refused",
    write: "refused",
    status: 200,
    message: /failed: Group limit reached$/,
  },
  {
    what: "error: true without a reason",
    reply: { body: { error: true } },
    kind: "domain",
    read: "refused",
    write: "refused",
    status: 200,
    message: /failed: Rhombus gives no reason$/,
  },
  {
    what: "error: true with some failedGuids, a partial failure",
    reply: { body: { error: true, errorMsg: "Some failed", failedGuids: ["g1", "g2"] } },
    kind: "domain",
    read: "refused",
    write: "unknown",
    status: 200,
    message: /failed: Some failed\. Not updated: g1, g2\./,
  },
];

for (const status of [201, 202, 203, 206, 299]) {
  rows.push({
    what: `${status} with the body of a success`,
    reply: { status, body: { group: { uuid, name: "Staff" } } },
    kind: "malformed",
    read: "refused",
    write: "unknown",
    status,
    message: new RegExp(`failed: ${status}.*; 200 was expected\\. Check that 127`),
  });
}

const once = { maxRetries: "0" };

describe("client errors", () => {
  for (const { what, reply, kind, read, write, message, status } of rows) {
    it(`reports ${what}`, async () => {
      await withReplies(
        reply,
        async ({ client: writer, url }) => {
          const reader = clientFor(url, once).client;
          const ofRead = await failureOf(reader.call("findAccessControlGroupByExactName", { groupName: "Staff" }));
          const ofWrite = await failureOf(writer.call("createAccessControlGroup", { name: "Staff" }));
          assert.deepEqual([ofRead.kind, ofRead.outcome, ofRead.status], [kind, read, status]);
          assert.deepEqual([ofWrite.kind, ofWrite.outcome, ofWrite.status], [kind, write, status]);
          assert.match(ofWrite.message, message);
          assert.match(ofWrite.message, /^createAccessControlGroup failed: [^\n]+$/);
          assert.doesNotMatch(ofWrite.message, /internal details/);
          assert.equal(ofWrite.cause, undefined);
        },
        once,
      );
    });
  }

  it("says that a lost write may have taken effect, but not a lost read", async () => {
    await withReplies(
      { status: 500 },
      async ({ client }) => {
        const doubt = /It may have taken effect\.$/;
        assert.match((await failureOf(client.call("deleteAccessControlGroup", { groupUuid: uuid }))).message, doubt);
        assert.doesNotMatch((await failureOf(client.call("getOrgV2", {}))).message, doubt);
      },
      once,
    );
  });

  for (const status of [202, 204, 206]) {
    it(`does not retry after ${status}, even if the call is idempotent`, async () => {
      await withReplies({ status, body: "" }, async ({ client, received }) => {
        const error = await failureOf(client.call("getOrgV2", {}));
        assert.deepEqual([error.kind, error.status, received.length], ["malformed", status, 1]);
      });
    });
  }

  it("has the vendor's words beside the message", async () => {
    const reply = { status: 403, body: { msg: "Access Denied" } };
    await withReplies(reply, async ({ client }) => {
      const error = await failureOf(client.call("getOrgV2", {}));
      assert.equal(error.vendorMessage, "Access Denied");
      assert.match(error.remedy ?? "", /^The key/);
    });
  });

  it("reports that a write was refused after a refused connection", async () => {
    const { url } = await new Promise<{ url: string }>(
      (resolve) => void withReplies({}, async (scene) => resolve(scene)),
    );
    const error = await failureOf(clientFor(url, once).client.call("createAccessControlGroup", { name: "x" }));
    assert.deepEqual([error.kind, error.outcome], ["network", "refused"]);
    assert.match(
      error.message,
      /no connection to 127\.0\.0\.1:\d+ \(ECONNREFUSED\)\. The host .* from rhombus:endpoint\./,
    );
  });

  for (const [what, body] of [
    ["no group", {}],
    ["null for a group", { group: null }],
    ["a group without uuid", { group: { name: "Staff" } }],
    ["a group with a blank uuid", { group: { uuid: " " } }],
  ] as const) {
    it(`leaves the outcome of a create unknown if the answer has ${what}`, async () => {
      await withReplies({ body }, async ({ client, received }) => {
        const error = await failureOf(client.call("createAccessControlGroup", { name: "Staff" }));
        assert.deepEqual([error.kind, error.outcome], ["malformed", "unknown"]);
        assert.match(error.message, /: an unexpected answer: group(?:\.uuid)? is missing\. /);
        assert.equal(received.length, 1);
      });
    });
  }

  it("leaves the outcome of an OnGuard activation unknown if the answer has no token", async () => {
    await withReplies({ body: { webhookUrl: "https://a.example/webhook/x" } }, async ({ client }) => {
      const error = await failureOf(client.call("createOrUpdateHoneywellOnGuardIntegration", { displayName: "HQ" }));
      assert.deepEqual([error.kind, error.outcome], ["malformed", "unknown"]);
      assert.match(error.message, /: an unexpected answer: rhombusToken is missing\. /);
    });
  });

  for (const [operation, setting] of [
    ["getGeneaDoors", "Genea refused its own key: check apiToken"],
    ["getKisiPlaces", "Kisi refused its own key: check apiSecretKey"],
    ["getKisiIntegration", "Kisi refused its own key: check apiSecretKey"],
    ["getUsersInOrg", "The third party refused the key"],
  ] as const) {
    it(`names the third party's key if ${operation} answers authError`, async () => {
      const body = { error: true, authError: true, errorMsg: "unauthorized" };
      await withReplies({ body }, async ({ client }) => {
        const error = await failureOf(client.call(operation, {}));
        assert.deepEqual([error.kind, error.outcome], ["vendorKey", "refused"]);
        assert.ok(error.message.startsWith(`${operation} failed: unauthorized. ${setting}`), error.message);
        assert.match(error.message, /The Rhombus API key is not at fault\.|the Rhombus API key is not at fault\./);
      });
    });
  }
});
