import assert from "node:assert/strict";
import { clientFor, failureOf, type Reply, withReplies } from "../loopback";

const uuid = "Y1vE5bXrQvqmgMIFBqNtEA";
const html = "<html><head><title>Sign in to Guest Wi-Fi</title></head><body>internal details</body></html>";
const once = { maxRetries: "0" };

/** Replies with the kind of the error, the outcome of a write, the status, and the failure with the remedy. */
const rows: [reply: Reply, result: string, message: RegExp][] = [
  [{ status: 400, body: { error: "BadRequest", msg: "no" } }, "badRequest refused 400", /^400 no\. Check the values /],
  [
    { status: 401, body: { authenticationFailed: true } },
    "auth refused 401",
    /^401 Unauthorized\. Check the key from rho/,
  ],
  [
    { status: 403, body: { msg: "Access Denied" } },
    "auth refused 403",
    /^403 Access Denied\. Check the key .* lack this permission/,
  ],
  [{ status: 404, body: "" }, "notFound refused 404", /^404 Not Found\. .* Rhombus did not find the operation/],
  [{ status: 407, body: html }, "badRequest refused 407", /^407 Sign in to Guest Wi-Fi\. Check that/],
  [
    { status: 429, body: "Calm." },
    "rateLimited refused 429",
    /^429 Calm\. Run again later, .* Rhombus limits the calls/,
  ],
  [
    { status: 500, body: "" },
    "server unknown 500",
    /^500 Internal Server Error\. Try again later: the servers of Rhombus failed\./,
  ],
  [{ status: 502, body: html }, "server unknown 502", /^502 Sign in to Guest Wi-Fi\./],
  [{ body: html }, "malformed unknown 200", /^an answer that is not JSON: Sign in to Guest Wi-Fi\. Check that 127/],
  [{ body: "" }, "malformed unknown 200", /^an empty answer\./],
  [{ body: '{"group":{"uuid":' }, "malformed unknown 200", /^an answer that is not JSON, or ended early\. Check/],
  [{ body: "[]" }, "malformed unknown 200", /^an answer that is not a JSON object\./],
  [
    { body: { group: { uuid, name: [] } } },
    "malformed unknown 200",
    /^an unexpected answer: text expected at group\.n/,
  ],
  [
    { status: 201, body: { group: { uuid } } },
    "malformed unknown 201",
    /^201 Created; 200 was expected\. Check that 127/,
  ],
  [{ status: 299, body: { group: { uuid } } }, "malformed unknown 299", /^299; 200 was expected\. Check that 127/],
  [
    "reset",
    "network unknown undefined",
    /^the connection to 127\.0\.0\.1:\d+ broke \(ECONNRESET\)\. Run the command again; .*endpoint/,
  ],
  ["cut off", "network unknown undefined", /^the connection to 127\.0\.0\.1:\d+ broke/],
  [
    { body: { error: true, errorMsg: "Group limit\n reached" } },
    "domain refused 200",
    /^Rhombus reported "Group limit reached"\. undefined$/,
  ],
  [{ body: { error: true } }, "domain refused 200", /^Rhombus gives no reason\. undefined$/],
  [{ body: { error: true, failedGuids: ["g1", "g2"] } }, "domain unknown 200", /reason\. undefined$/],
];

describe("client errors", () => {
  for (const [reply, result, message] of rows) {
    it(`are "${result}" after ${JSON.stringify(reply).slice(0, 80)}`, async () => {
      await withReplies(
        reply,
        async ({ client: writer, url }) => {
          const reader = clientFor(url, once).client;
          const ofRead = await failureOf(reader.call("findAccessControlGroupByExactName", { groupName: "Staff" }));
          const ofWrite = await failureOf(writer.call("createAccessControlGroup", { name: "Staff" }));
          assert.equal(`${ofWrite.kind} ${ofWrite.outcome} ${ofWrite.status}`, result);
          assert.deepEqual([ofRead.kind, ofRead.outcome, ofRead.status], [ofWrite.kind, "refused", ofWrite.status]);
          const failure = ofWrite.summary.replace("createAccessControlGroup failed: ", "");
          const said = `${failure.replace(/\.$/, "")}. ${ofWrite.remedy}`;
          assert.match(said, message);
          assert.ok(ofWrite.message.startsWith(ofWrite.remedy ?? ofWrite.summary), "the remedy leads");
          assert.doesNotMatch(ofWrite.message, /\n/);
          const unknown = "The change may have been made; the next run checks it.";
          assert.equal(ofWrite.message.endsWith(` ${unknown}`), /^(?!domain).*unknown/.test(result));
          assert.doesNotMatch(ofRead.message, /may have been made/);
          assert.doesNotMatch(`${ofRead.message} ${said}`, /internal details/);
          assert.equal(ofWrite.cause, undefined);
        },
        once,
      );
    });
  }

  it("quote nothing of JSON that cannot be read", async () => {
    for (const body of [' \n["Acme"', "\uFEFF{Acme"]) {
      await withReplies([{ body }, { status: 400, body }], async ({ client }) => {
        const error = await failureOf(client.call("getOrgV2", {}));
        assert.match(error.message, /^Check .* failed: an answer that is not JSON, or ended early\./);
        const refusal = await failureOf(client.call("getOrgV2", {}));
        assert.match(refusal.message, /failed: 400 Bad Request\./);
        assert.equal(refusal.vendorMessage, undefined);
      });
    }
  });

  it("have the message of Rhombus and the remedy beside the message", async () => {
    await withReplies({ status: 403, body: { msg: "Access Denied" } }, async ({ client }) => {
      const error = await failureOf(client.call("getOrgV2", {}));
      assert.equal(error.vendorMessage, "Access Denied");
      assert.match(error.remedy ?? "", /^Check the key/);
    });
  });

  for (const [operation, setting] of [
    ["getGeneaDoors", "Check apiToken, which Genea does not accept"],
    ["getKisiPlaces", "Check apiSecretKey, which Kisi does not accept"],
    ["getUsersInOrg", "Check the key that Rhombus uses with the badge vendor"],
  ] as const) {
    it(`name the badge vendor's key if ${operation} answers authError`, async () => {
      await withReplies({ body: { error: true, authError: true, errorMsg: "unauthorized" } }, async ({ client }) => {
        const error = await failureOf(client.call(operation, {}));
        assert.deepEqual([error.kind, error.outcome], ["vendorKey", "refused"]);
        assert.ok(error.message.startsWith(setting), error.message);
        const end = ` The Rhombus API key is not at fault. ${operation} failed: Rhombus reported "unauthorized".`;
        assert.ok(error.message.endsWith(end), error.message);
      });
    });
  }
});
