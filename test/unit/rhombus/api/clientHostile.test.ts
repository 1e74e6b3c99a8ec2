import assert from "node:assert/strict";
import sinon from "sinon";
import { Redactor } from "../../../../provider/rhombus/redaction/redactor";
import { clientFor, failureOf, type Reply, withReplies } from "../loopback";

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
    it(`leaves the outcome of a write unknown if it has ${LEVELS} nested ${what}`, async () => {
      await withReplies({ body: groupWith(json) }, async ({ client, received }) => {
        const error = await failureOf(client.call("createAccessControlGroup", { name: "Staff" }));
        assert.deepEqual([error.kind, error.outcome, error.status], ["malformed", "unknown", 200]);
        assert.match(error.message, /failed: an answer that is nested more than 100 levels deep\. Check that 127/);
        assert.equal(received.length, 1);
      });
    });

    it(`is an ordinary failure if a 500 has ${LEVELS} nested ${what}`, async () => {
      const reply: Reply = { status: 500, body: `{"msg":"out of order","more":${json}}` };
      await withReplies(
        reply,
        async ({ client }) => {
          const error = await failureOf(client.call("createAccessControlGroup", { name: "Staff" }));
          assert.deepEqual([error.kind, error.outcome, error.status], ["server", "unknown", 500]);
          assert.match(error.message, /failed: 500 Internal Server Error\./);
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

  it("is read if it is nested far deeper than documented answers", async () => {
    await withReplies({ body: groupWith(`${"[".repeat(90)}${"]".repeat(90)}`) }, async ({ client }) => {
      const { group } = await client.call("createAccessControlGroup", { name: "Staff" });
      assert.equal(group?.uuid, uuid);
    });
  });

  it("is read if only a text in it has many brackets", async () => {
    const name = `\\"${"[{".repeat(1_000)}\\\\`;
    const body = `{"group":{"uuid":"${uuid}","name":"${name}"},"more":"${"[".repeat(200)}"}`;
    await withReplies({ body }, async ({ client }) => {
      const { group } = await client.call("createAccessControlGroup", { name: "Staff" });
      assert.equal(group?.name, JSON.parse(`"${name}"`));
    });
  });

  it("is read if its keys are __proto__ and constructor", async () => {
    const body = `{"__proto__":{"error":true,"msg":"x"},"constructor":{"a":1},"group":{"uuid":"${uuid}","__proto__":{"uuid":1}}}`;
    await withReplies({ body }, async ({ client }) => {
      const answer = await client.call("createAccessControlGroup", { name: "Staff" });
      assert.equal(answer.group?.uuid, uuid);
      assert.equal(Object.getPrototypeOf(answer), Object.prototype);
    });
  });

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

  it("is read if it begins with a byte order mark", async () => {
    await withReplies({ body: `\ufeff${groupWith("0")}` }, async ({ client }) => {
      assert.equal((await client.call("createAccessControlGroup", { name: "Staff" })).group?.uuid, uuid);
    });
  });

  it("leaves the outcome of a write unknown if reading it fails in any way", async () => {
    await withReplies({ body: groupWith("0") }, async ({ url }) => {
      const redactor = new Redactor();
      const { client } = clientFor(url, {}, redactor);
      const failing = sinon
        .stub(redactor, "learn")
        .onSecondCall()
        .throws(new RangeError(`no room for ${uuid}`));
      const error = await failureOf(client.call("createAccessControlGroup", { name: "Staff" }));
      assert.equal(failing.callCount, 2);
      assert.deepEqual([error.kind, error.outcome, error.status], ["malformed", "unknown", 200]);
      assert.match(error.message, /failed: an answer that cannot be processed \(RangeError\)\./);
    });
  });

  it("leaves the outcome of a write unknown if reading the body of a refusal fails", async () => {
    await withReplies(
      { status: 503, body: {} },
      async ({ url }) => {
        const redactor = new Redactor();
        const { client } = clientFor(url, once, redactor);
        sinon.stub(redactor, "learn").onSecondCall().throws(new RangeError("no room"));
        const error = await failureOf(client.call("createAccessControlGroup", { name: "Staff" }));
        assert.deepEqual([error.kind, error.outcome, error.status], ["malformed", "unknown", 503]);
      },
      once,
    );
  });

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
