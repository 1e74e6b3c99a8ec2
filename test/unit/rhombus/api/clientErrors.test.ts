import assert from "node:assert/strict";
import { clientFor, failureOf, type Reply, withReplies } from "../loopback";

const uuid = "Y1vE5bXrQvqmgMIFBqNtEA";
const html = "<html><head><title>Sign in to Guest Wi-Fi</title></head><body>internal details</body></html>";
const once = { maxRetries: "0" };

/** Replies with the kind of the error, the outcome of a write, and the status. A failed read is always refused. */
const rows: [what: string, reply: Reply, result: string, message: RegExp][] = [
  [
    "400 with the vendor's message",
    { status: 400, body: { msg: "JSON doesn't match expected object structure" } },
    "badRequest refused 400",
    /failed: 400 JSON doesn't match expected object structure\. Rhombus refused a value/,
  ],
  [
    "400 with error and msg",
    { status: 400, body: { error: "BadRequest", msg: "uuid is empty" } },
    "badRequest refused 400",
    /failed: 400 uuid is empty\./,
  ],
  [
    "401",
    { status: 401, headers: { "www-authenticate": "Bearer x" }, body: { authenticationFailed: true } },
    "auth refused 401",
    /failed: 401 Unauthorized\. The key \(from rhombus:apiKey\) may be wrong or revoked/,
  ],
  [
    "403 with the vendor's message",
    { status: 403, body: { status: 403, error: "Forbidden", timestamp: 1, msg: "Access Denied" } },
    "auth refused 403",
    /failed: 403 Access Denied\. The key .* its role may lack this permission/,
  ],
  ["a bare 403", { status: 403, body: "" }, "auth refused 403", /failed: 403 Forbidden\. The key/],
  [
    "404",
    { status: 404, body: "" },
    "notFound refused 404",
    /failed: 404 Not Found\. Rhombus did not find the operation/,
  ],
  [
    "407 of a proxy",
    { status: 407, body: html },
    "badRequest refused 407",
    /failed: 407 Sign in to Guest Wi-Fi\. Check that/,
  ],
  [
    "429 to the end",
    { status: 429, headers: { "retry-after": "1" }, body: "Too many api requests. Enhance your calm." },
    "rateLimited refused 429",
    /failed: 429 Too many api requests\. Enhance your calm\. Rhombus limits the calls of an organization/,
  ],
  [
    "500 without a body",
    { status: 500, body: "" },
    "server unknown 500",
    /failed: 500 Internal Server Error\. The servers of Rhombus failed; try again later\./,
  ],
  ["502 as a web page", { status: 502, body: html }, "server unknown 502", /failed: 502 Sign in to Guest Wi-Fi\./],
  [
    "a web page with HTTP 200",
    { body: html },
    "malformed unknown 200",
    /failed: an answer that is not JSON: Sign in to Guest Wi-Fi\. Check that 127\.0\.0\.1:\d+ \(from rhombus:endpoint\)/,
  ],
  ["an empty body", { body: "" }, "malformed unknown 200", /failed: an empty answer\./],
  ["half a JSON text", { body: '{"group":{"uuid":' }, "malformed unknown 200", /failed: an answer that is not JSON/],
  [
    "a JSON text that is no object",
    { body: "[]" },
    "malformed unknown 200",
    /failed: an answer that is not a JSON object\./,
  ],
  [
    "a field of another type",
    { body: { group: { uuid, name: ["Staff"] } } },
    "malformed unknown 200",
    /failed: an unexpected answer: text expected at group\.name\. The API may have changed/,
  ],
  [
    "broken compression",
    { headers: { "content-encoding": "gzip" }, body: "this is not gzip" },
    "malformed unknown undefined",
    /failed: an answer that cannot be unpacked\./,
  ],
  [
    "a connection that ends without an answer",
    "reset",
    "network unknown undefined",
    /failed: the connection to 127\.0\.0\.1:\d+ broke \(ECONNRESET\)\. The host .* comes from rhombus:endpoint/,
  ],
  [
    "a connection that ends within the answer",
    "cut off",
    "network unknown undefined",
    /failed: the connection to 127\.0\.0\.1:\d+ broke/,
  ],
  [
    "error: true with HTTP 200",
    { body: { error: true, errorMsg: "Group limit\n reached" } },
    "domain refused 200",
    /failed: Group limit reached$/,
  ],
  ["error: true without a reason", { body: { error: true } }, "domain refused 200", /failed: Rhombus gives no reason$/],
  [
    "error: true with some failedGuids, a partial failure",
    { body: { error: true, errorMsg: "Some failed", failedGuids: ["g1", "g2"] } },
    "domain unknown 200",
    /failed: Some failed\. Not updated: g1, g2\./,
  ],
  ...[201, 202, 203, 206, 299].map((status): [string, Reply, string, RegExp] => [
    `${status} with the body of a success`,
    { status, body: { group: { uuid, name: "Staff" } } },
    `malformed unknown ${status}`,
    new RegExp(`failed: ${status}.*; 200 was expected\\. Check that 127`),
  ]),
];

describe("client errors", () => {
  for (const [what, reply, result, message] of rows) {
    it(`reports ${what}`, async () => {
      await withReplies(
        reply,
        async ({ client: writer, url }) => {
          const reader = clientFor(url, once).client;
          const ofRead = await failureOf(reader.call("findAccessControlGroupByExactName", { groupName: "Staff" }));
          const ofWrite = await failureOf(writer.call("createAccessControlGroup", { name: "Staff" }));
          assert.equal(`${ofWrite.kind} ${ofWrite.outcome} ${ofWrite.status}`, result);
          assert.deepEqual([ofRead.kind, ofRead.outcome, ofRead.status], [ofWrite.kind, "refused", ofWrite.status]);
          assert.match(ofWrite.message, message);
          assert.match(ofWrite.message, /^createAccessControlGroup failed: [^\n]+$/);
          assert.equal(
            /It may have taken effect\.$/.test(ofWrite.message),
            /unknown/.test(result) && !/domain/.test(result),
          );
          assert.doesNotMatch(`${ofRead.message} ${ofWrite.message}`, /internal details|getAcc.*taken effect/);
          assert.equal(ofWrite.cause, undefined);
        },
        once,
      );
    });
  }

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
    const error = await failureOf(
      clientFor("http://127.0.0.1:1", once).client.call("createAccessControlGroup", { name: "x" }),
    );
    assert.deepEqual([error.kind, error.outcome], ["network", "refused"]);
    assert.match(
      error.message,
      /no connection to 127\.0\.0\.1:1 \(ECONNREFUSED\)\. The host .* from rhombus:endpoint\./,
    );
  });

  for (const [operation, request, body, missing] of [
    ["createAccessControlGroup", { name: "Staff" }, {}, "group"],
    ["createAccessControlGroup", { name: "Staff" }, { group: null }, "group"],
    ["createAccessControlGroup", { name: "Staff" }, { group: { name: "Staff" } }, "group.uuid"],
    ["createAccessControlGroup", { name: "Staff" }, { group: { uuid: " " } }, "group.uuid"],
    ["createOrUpdateHoneywellOnGuardIntegration", { displayName: "HQ" }, { webhookUrl: "https://a" }, "rhombusToken"],
  ] as const) {
    it(`leaves the outcome of ${operation} unknown after the answer ${JSON.stringify(body)}`, async () => {
      await withReplies({ body }, async ({ client, received }) => {
        const error = await failureOf(client.call(operation, request));
        assert.deepEqual([error.kind, error.outcome, received.length], ["malformed", "unknown", 1]);
        assert.ok(error.message.includes(`: an unexpected answer: ${missing} is missing. `), error.message);
      });
    });
  }

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
