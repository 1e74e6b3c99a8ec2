import assert from "node:assert/strict";
import http from "node:http";
import zlib from "node:zlib";
import { apiKey, clientFor, failureOf, listening, type Reply, withReplies } from "../loopback";

const MIB = 1024 * 1024;

/** A JSON object of this many bytes. */
function json(bytes: number): Buffer {
  const [head, tail] = ['{"groups":[],"more":"', '"}'];
  return Buffer.concat([Buffer.from(head), Buffer.alloc(bytes - head.length - tail.length, "a"), Buffer.from(tail)]);
}

describe("the size limit of an answer", () => {
  const fast = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } };
  const brotli = (body: Buffer) => zlib.brotliCompressSync(body, fast);
  for (const [encoding, pack, operation, most, status] of [
    ["gzip", zlib.gzipSync, "getOrgV2", 32, 200],
    ["deflate", zlib.deflateSync, "getOrgV2", 32, 500],
    ["br", brotli, "findAccessControlGroupsByOrg", 256, 200],
  ] as const) {
    it(`rejects ${status} in ${encoding} that is over ${most} MiB unpacked, and names a broken one`, async function () {
      this.timeout(60_000);
      const body = pack(json(most * MIB + 1));
      assert.ok(body.length < MIB);
      const headers = { "content-encoding": encoding };
      await withReplies(
        [
          { status, headers, body },
          { headers, body: "not packed" },
        ],
        async ({ client, received }) => {
          const error = await failureOf(client.call(operation, {}));
          assert.deepEqual([error.kind, received.length], ["tooLarge", 1]);
          const message = `^Check that 127[^ ]+ \\(from .* failed: the answer is larger than ${most} MiB\\.`;
          assert.match(error.message, new RegExp(message));
          const broken = await failureOf(client.call("createAccessControlGroup", { name: "Staff" }));
          assert.deepEqual([broken.kind, broken.outcome], ["malformed", "unknown"]);
          assert.match(broken.message, /failed: an answer that cannot be unpacked\./);
        },
      );
    });
  }

  it("accepts a listing of 50 MiB", async () => {
    await withReplies({ body: json(50 * MIB) }, async ({ client }) => {
      assert.deepEqual((await client.call("findAccessControlGroupsByOrg", {})).groups, []);
    });
  });

  for (const [what, headers] of [
    ["has no length", {}],
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
        const error = await failureOf(clientFor(url, { maxRetries: "0" }).client.call("getOrgV2", {}));
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
      const replies = [301, 302, 303, 307, 308].map((status): Reply => ({ status, headers }));
      await withReplies(replies, async ({ client, url }) => {
        const [host, here] = [other, url].map((each) => each.replace("http://", ""));
        for (const _ of replies) {
          const { message, kind } = await failureOf(client.call("createAccessControlGroup", { name: "Staff" }));
          assert.equal(kind, "malformed");
          assert.ok(message.includes(`It redirects to ${host}. The redirect was not followed, because`));
          assert.ok(message.includes(`answers in the place of ${here} (from rhombus:end`));
        }
      });
    });
    assert.deepEqual(visits, []);
  });

  for (const [location, shown] of [
    ["/login", "another path"],
    ["//other.example/login", "other.example"],
    ["HTTPS://other.example:8443?next=1", "other.example:8443"],
    [`https://${apiKey}.other.example/`, "[secret].other.example"],
    [`https://${apiKey}@other.example/`, "another path"],
    [`https://${"long.".repeat(100)}example/`, "another path"],
    [undefined, undefined],
  ] as const) {
    it(`to ${location?.slice(0, 60)} is shown as ${shown}`, async () => {
      await withReplies({ status: 302, headers: location ? { location } : {} }, async ({ client }) => {
        const { message } = await failureOf(client.call("getOrgV2", {}));
        const said = shown === undefined ? "failed: 302 Found." : `It redirects to ${shown}. The red`;
        assert.ok(message.includes(said), message);
        assert.ok(!message.includes(apiKey));
      });
    });
  }
});
