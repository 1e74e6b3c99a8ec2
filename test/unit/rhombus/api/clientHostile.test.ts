import assert from "node:assert/strict";
import sinon from "sinon";
import { Redactor } from "../../../../provider/rhombus/redaction/redactor";
import { clientFor, failureOf, withReplies } from "../loopback";

const LEVELS = 200_000;
const uuid = "Y1vE5bXrQvqmgMIFBqNtEA";
const once = { maxRetries: "0" };

const nested = {
  arrays: `${"[".repeat(LEVELS)}${"]".repeat(LEVELS)}`,
  objects: `${'{"a":'.repeat(LEVELS)}0${"}".repeat(LEVELS)}`,
  "objects with secrets": `${'{"rhombusToken":"kTokenToken","a":['.repeat(LEVELS)}${"]}".repeat(LEVELS)}`,
  "keys of deployments": `${'{"deploymentToSettingsMap":'.repeat(LEVELS)}0${"}".repeat(LEVELS)}`,
};

/** The answer of a group, with another field. */
const groupWith = (more: string) => `{"group":{"uuid":"${uuid}","more":${more}}}`;

describe("a hostile answer", () => {
  for (const [what, json] of Object.entries(nested)) {
    it(`leaves the outcome of a write unknown if it has ${LEVELS} nested ${what}, whatever its status`, async () => {
      const failed = { status: 500, body: `{"msg":"out of order","more":${json}}` };
      await withReplies(
        [{ body: groupWith(json) }, failed],
        async ({ client, received }) => {
          const error = await failureOf(client.call("createAccessControlGroup", { name: "Staff" }));
          assert.deepEqual([error.kind, error.outcome, error.status], ["malformed", "unknown", 200]);
          assert.match(error.message, /failed: an answer that is nested more than 100 levels deep\. Check that 127/);
          const other = await failureOf(client.call("createAccessControlGroup", { name: "Staff" }));
          assert.deepEqual([other.kind, other.outcome, received.length], ["server", "unknown", 2]);
          assert.match(other.message, /failed: 500 Internal Server Error\./);
        },
        once,
      );
    });
  }

  it("leaves the outcome of a write unknown, without much memory, if it is 32 MiB of brackets", async () => {
    const body = Buffer.alloc(32 * 1024 * 1024, "[");
    await withReplies({ body }, async ({ client }) => {
      const error = await failureOf(client.call("createAccessControlGroup", { name: "Staff" }));
      assert.deepEqual([error.kind, error.outcome], ["malformed", "unknown"]);
      assert.match(error.message, /nested more than 100 levels deep/);
    });
  });

  it("shows none of its secrets, however deep", async () => {
    const body = `{"msg":"not kTokenToken, not kOther","a":${nested["objects with secrets"]},"apiToken":"kOther"}`;
    await withReplies({ status: 400, body }, async ({ client }) => {
      const error = await failureOf(client.call("createAccessControlGroup", { name: "Staff" }));
      assert.equal(client.redact("kTokenToken kOther"), "[secret] [secret]");
      assert.doesNotMatch(error.message, /kTokenToken|kOther/);
    });
  });

  const bracketed = `\\"${"[{".repeat(1_000)}\\\\`;
  for (const [what, body] of [
    ["is nested far deeper than documented answers", groupWith(`${"[".repeat(90)}${"]".repeat(90)}`)],
    ["has many brackets in a text only", groupWith(`"${bracketed}"`)],
    [
      "has the keys __proto__ and constructor",
      `{"__proto__":{"error":true,"msg":"x"},"constructor":{"a":1},"group":{"uuid":"${uuid}","__proto__":{"uuid":1}}}`,
    ],
    ["begins with a byte order mark", `\ufeff${groupWith("0")}`],
  ] as const) {
    it(`is read if it ${what}`, async () => {
      await withReplies({ body }, async ({ client }) => {
        const answer = await client.call("createAccessControlGroup", { name: "Staff" });
        assert.equal(answer.group?.uuid, uuid);
        assert.equal(Object.getPrototypeOf(answer), Object.prototype);
      });
    });
  }

  it("leaves the outcome of a write unknown if it is not UTF-8, instead of replacing characters", async () => {
    const body = Buffer.from(groupWith('"Z\u00fcrich"'), "latin1");
    await withReplies({ body }, async ({ client }) => {
      const error = await failureOf(client.call("createAccessControlGroup", { name: "Staff" }));
      assert.deepEqual([error.kind, error.outcome], ["malformed", "unknown"]);
      assert.match(error.message, /failed: an answer that is not UTF-8\. Check that/);
    });
  });

  it("shows the readable part of the vendor's words if a refusal is not UTF-8", async () => {
    const body = Buffer.from('{"msg":"Z\u00fcrich is closed"}', "latin1");
    await withReplies({ status: 400, body }, async ({ client }) => {
      const error = await failureOf(client.call("createAccessControlGroup", { name: "Staff" }));
      assert.match(error.message, /failed: 400 Z\ufffdrich is closed\./);
    });
  });

  for (const status of [200, 503]) {
    it(`leaves the outcome of a write unknown if reading the body of a ${status} fails in any way`, async () => {
      await withReplies({ status, body: groupWith("0") }, async ({ url }) => {
        const redactor = new Redactor();
        const { client } = clientFor(url, once, redactor);
        sinon
          .stub(redactor, "learn")
          .onSecondCall()
          .throws(new RangeError(`no room for ${uuid}`));
        const error = await failureOf(client.call("createAccessControlGroup", { name: "Staff" }));
        assert.deepEqual([error.kind, error.outcome, error.status], ["malformed", "unknown", status]);
        assert.match(error.message, /failed: an answer that cannot be processed \(RangeError\)\./);
      });
    });
  }

  it("leaves the outcome of a write unknown if its warning cannot be shown", async () => {
    await withReplies({ body: { group: { uuid }, warningMsg: "hm" } }, async ({ client, warned }) => {
      warned.push = () => {
        throw new Error("no terminal");
      };
      const error = await failureOf(client.call("createAccessControlGroup", { name: "Staff" }));
      assert.deepEqual([error.kind, error.outcome], ["malformed", "unknown"]);
    });
  });
});
