import assert from "node:assert/strict";
import sinon from "sinon";
import { Redactor } from "../../../../provider/rhombus/redaction/redactor";
import { clientFor, failureOf, type Scene, withReplies } from "../loopback";

const LEVELS = 200_000;
const uuid = "Y1vE5bXrQvqmgMIFBqNtEA";
const once = { maxRetries: "0" };

/** The answer of a group, with another field. */
const groupWith = (more: string) => `{"group":{"uuid":"${uuid}","more":${more}}}`;

const created = ({ client }: Pick<Scene, "client">) => client.call("createAccessControlGroup", { name: "Staff" });

describe("a hostile answer", () => {
  for (const [what, opening, closing] of [
    ["arrays", "[", "]"],
    ["objects with secrets", '{"rhombusToken":"kTokenToken","a":[', "]}"],
    ["keys of deployments", '{"deploymentToSettingsMap":', "}"],
  ] as const) {
    it(`leaves the outcome of a write unknown if it has ${LEVELS} nested ${what}, whatever its status`, async () => {
      const json = `${opening.repeat(LEVELS)}"not kTokenToken"${closing.repeat(LEVELS)}`;
      const failed = { status: 500, body: `{"msg":"out of order","more":${json}}` };
      await withReplies(
        [{ body: groupWith(json) }, failed],
        async (scene) => {
          const error = await failureOf(created(scene));
          assert.deepEqual([error.kind, error.outcome, error.status], ["malformed", "unknown", 200]);
          assert.match(error.message, /^Check that 127.* failed: an answer that is nested more than 100 levels deep\./);
          const other = await failureOf(created(scene));
          assert.deepEqual([other.kind, other.outcome], ["server", "unknown"]);
          assert.match(other.message, /failed: 500 Internal Server Error\./);
          if (json.includes("rhombusToken")) assert.equal(scene.client.redact("kTokenToken"), "[secret]");
        },
        once,
      );
    });
  }

  it("leaves the outcome of a write unknown, without much memory, if it is 32 MiB of brackets", async () => {
    await withReplies({ body: Buffer.alloc(32 * 1024 * 1024, "[") }, async (scene) => {
      const error = await failureOf(created(scene));
      assert.deepEqual([error.kind, error.outcome], ["malformed", "unknown"]);
      assert.match(error.message, /nested more than 100 levels deep/);
    });
  });

  it("leaves the outcome of a write unknown if its warning cannot be shown", async () => {
    await withReplies({ body: { group: { uuid }, warningMsg: "hm" } }, async (scene) => {
      scene.warned.push = () => {
        throw new Error("no terminal");
      };
      const error = await failureOf(created(scene));
      assert.deepEqual([error.kind, error.outcome], ["malformed", "unknown"]);
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
      await withReplies({ body }, async (scene) => {
        const answer = await created(scene);
        assert.equal(answer.group?.uuid, uuid);
        assert.equal(Object.getPrototypeOf(answer), Object.prototype);
      });
    });
  }

  it("leaves the outcome unknown if it is not UTF-8; of a refusal, the readable part is shown", async () => {
    const [answer, refusal] = [groupWith('"Z\u00fcrich"'), '{"msg":"Z\u00fcrich is closed"}'].map((text) =>
      Buffer.from(text, "latin1"),
    );
    await withReplies([{ body: answer }, { status: 400, body: refusal }], async (scene) => {
      const error = await failureOf(created(scene));
      assert.deepEqual([error.kind, error.outcome], ["malformed", "unknown"]);
      assert.match(error.message, /^Check that .* failed: an answer that is not UTF-8\./);
      assert.match((await failureOf(created(scene))).message, /failed: 400 Z\ufffdrich is closed\./);
    });
  });

  for (const status of [200, 503]) {
    it(`leaves the outcome of a write unknown if reading the body of a ${status} fails in any way`, async () => {
      await withReplies({ status, body: groupWith("0") }, async ({ url }) => {
        const redactor = new Redactor();
        const learn = sinon.stub(redactor, "learn").onSecondCall();
        learn.throws(new RangeError(`no room for ${uuid}`));
        const error = await failureOf(created(clientFor(url, once, redactor)));
        assert.deepEqual([error.kind, error.outcome, error.status], ["malformed", "unknown", status]);
        assert.match(error.message, /failed: an answer that cannot be processed \(RangeError\)\./);
      });
    });
  }
});
