import assert from "node:assert/strict";
import http from "node:http";
import zlib from "node:zlib";
import { apiKey, clientFor, failureOf, listening, type Reply, withReplies } from "../loopback";

const MIB = 1024 * 1024;
const once = { maxRetries: "0" };

/** A JSON object of this many bytes. */
function json(bytes: number): Buffer {
  const [head, tail] = ['{"groups":[],"more":"', '"}'];
  return Buffer.concat([Buffer.from(head), Buffer.alloc(bytes - head.length - tail.length, "a"), Buffer.from(tail)]);
}

describe("the size limit of an answer", () => {
  const brotli = (body: Buffer) =>
    zlib.brotliCompressSync(body, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } });
  for (const [encoding, pack, operation, request, most, status] of [
    ["gzip", zlib.gzipSync, "findAccessControlGroupByExactName", { groupName: "Staff" }, 32, 200],
    ["deflate", zlib.deflateSync, "findAccessControlGroupByExactName", { groupName: "Staff" }, 32, 200],
    ["br", brotli, "findAccessControlGroupByExactName", { groupName: "Staff" }, 32, 500],
    ["br", brotli, "findAccessControlGroupsByOrg", {}, 256, 200],
  ] as const) {
    it(`rejects ${status} in ${encoding} that is over ${most} MiB unpacked`, async function () {
      this.timeout(60_000);
      const body = pack(json(most * MIB + 1));
      assert.ok(body.length < MIB);
      const reply: Reply = { status, headers: { "content-encoding": encoding, "content-length": body.length }, body };
      await withReplies(reply, async ({ client, received }) => {
        const error = await failureOf(client.call(operation, request));
        assert.deepEqual([error.kind, received.length], ["tooLarge", 1]);
        assert.match(
          error.message,
          new RegExp(`failed: the answer is larger than ${most} MiB\\. Check that 127[^ ]+ \\(from`),
        );
      });
    });
  }

  for (const encoding of ["deflate", "br"]) {
    it(`distinguishes broken ${encoding} from a broken connection`, async () => {
      const reply = { headers: { "content-encoding": encoding }, body: "this is packed in no way at all" };
      await withReplies(reply, async ({ client }) => {
        const error = await failureOf(client.call("createAccessControlGroup", { name: "Staff" }));
        assert.match(error.message, /failed: an answer that cannot be unpacked\./);
      });
    });
  }

  it("accepts a listing of 100,000 users", async () => {
    const user = { uuid: "Y1vE5bXrQvqmgMIFBqNtEA", name: "A user with a name", more: "x".repeat(500) };
    const body = JSON.stringify({ users: Array.from({ length: 100_000 }, () => user) });
    assert.ok(body.length > 50 * MIB);
    await withReplies({ body }, async ({ client }) => {
      assert.equal((await client.call("getUsersInOrg", {})).users?.length, 100_000);
    });
  });

  for (const [what, headers] of [
    ["does not say how long it is", {}],
    ["announces an endless body", { "content-length": 2 ** 50 }],
  ] as const) {
    it(`ends an answer that ${what} soon after 32 MiB`, async () => {
      let written = 0;
      const server = http.createServer((_request, response) => {
        const chunk = Buffer.alloc(MIB, "a");
        const more = () => {
          while (!response.destroyed && response.write(chunk)) written += chunk.length;
        };
        response.writeHead(200, headers).on("drain", more);
        more();
      });
      await listening(server, async (url) => {
        const error = await failureOf(clientFor(url, once).client.call("getOrgV2", {}));
        assert.equal(error.kind, "tooLarge");
      });
      assert.ok(written < 64 * MIB, `${written}`);
    });
  }
});

describe("a redirect", () => {
  it("is not followed: neither key nor body goes to another server", async () => {
    const visits: string[] = [];
    const elsewhere = http.createServer((request) => visits.push(request.url ?? ""));
    await listening(elsewhere, async (other) => {
      const headers = { location: `${other}/steal?it=1` };
      const replies = [301, 302, 303, 307, 308].map((status) => ({ status, headers }));
      await withReplies(replies, async ({ client, received, url }) => {
        const [host, here] = [other, url].map((each) => each.replace("http://", ""));
        for (const _ of replies) {
          const { message, kind } = await failureOf(client.call("createAccessControlGroup", { name: "Staff" }));
          assert.equal(kind, "malformed");
          assert.ok(
            message.includes(`The server redirects to ${host}. The redirect was not followed because it would`),
          );
          assert.ok(
            message.includes(`set rhombus:endpoint to its address. Check that ${here} (from rhombus:endpoint)`),
          );
        }
        assert.deepEqual([received.length, visits], [replies.length, []]);
      });
    });
  });

  for (const [location, shown] of [
    ["/login", "another path"],
    ["//other.example/login", "other.example"],
    ["HTTPS://other.example:8443?next=1", "other.example:8443"],
    [`https://${apiKey}.other.example/`, "[secret].other.example"],
    [`https://${apiKey}@other.example/`, "another path"],
    [`https://${"long.".repeat(100)}example/`, "another path"],
  ] as const) {
    it(`to ${location.slice(0, 60)} is shown as ${shown}`, async () => {
      await withReplies({ status: 302, headers: { location } }, async ({ client }) => {
        const { message } = await failureOf(client.call("getOrgV2", {}));
        assert.ok(message.includes(`The server redirects to ${shown}. The redirect was not followed`), message);
        assert.ok(!message.includes(apiKey));
      });
    });
  }

  it("without an address is explained as an answer of another server", async () => {
    await withReplies({ status: 304 }, async ({ client }) => {
      const { message } = await failureOf(client.call("getOrgV2", {}));
      assert.match(message, /failed: 304 Not Modified\. Check that 127\.0\.0\.1:\d+ \(from rhombus:endpoint\) is the/);
    });
  });
});
