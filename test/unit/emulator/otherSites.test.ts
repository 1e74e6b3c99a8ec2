import assert from "node:assert/strict";
import { once } from "node:events";
import type { OutgoingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { campusSeed, type Emulator } from "../../../provider/emulator";
import { asAcme, call, closeAll, paths, sendExactly, start } from "./caller";

const { acme } = campusSeed;

/** Sends a call and returns the status. */
async function statusOf(emulator: Emulator, headers: OutgoingHttpHeaders, path = "getOrgV2", body = "{}") {
  const sent = { path: paths.get(path) ?? path, headers: { ...asAcme, ...headers }, body };
  return (await sendExactly(emulator, sent)).status;
}

/** A port that stands for that of the emulator. */
const OWN = "PORT";

const rows: readonly (readonly [title: string, status: number, OutgoingHttpHeaders])[] = [
  ["127.0.0.1", 200, { host: `127.0.0.1:${OWN}` }],
  ["localhost", 200, { host: `localhost:${OWN}` }],
  ["the IPv6 loopback address", 200, { host: `[::1]:${OWN}` }],
  ["localhost in capitals", 200, { host: `LocalHost:${OWN}` }],
  ["localhost at a forwarded port", 200, { host: "localhost:8080" }],
  ["a name that resolves to 127.0.0.1", 403, { host: `rebound.example:${OWN}` }],
  ["a name that begins like a loopback address", 403, { host: "127.0.0.1.rebound.example" }],
  ["a name that ends like localhost", 403, { host: "rebound-localhost" }],
  ["a user before the host", 403, { host: "rebound.example@127.0.0.1" }],
  ["the emulator's own origin", 200, { host: `127.0.0.1:${OWN}`, origin: `http://127.0.0.1:${OWN}` }],
  ["the origin of another port", 403, { host: `127.0.0.1:${OWN}`, origin: "http://127.0.0.1:3000" }],
  ["the origin of another scheme", 403, { host: `127.0.0.1:${OWN}`, origin: `https://127.0.0.1:${OWN}` }],
  ["the origin of another site", 403, { origin: "https://rebound.example" }],
  ["an origin that is null", 403, { origin: "null" }],
  ["a request of another site", 403, { "sec-fetch-site": "cross-site" }],
  ["a request of another port", 403, { "sec-fetch-site": "same-site" }],
  ["a request of its own page", 200, { "sec-fetch-site": "same-origin" }],
];

describe("emulator: requests of other sites", () => {
  afterEach(closeAll);

  for (const [title, status, headers] of rows) {
    it(`answers ${status} to ${title}`, async () => {
      const emulator = await start();
      const written = JSON.stringify(headers).replaceAll(OWN, `${emulator.port}`);
      assert.equal(await statusOf(emulator, JSON.parse(written)), status);
    });
  }

  it("carries nothing out, and logs the call without its body", async () => {
    const emulator = await start();
    const origin = "https://rebound.example";
    assert.equal(await statusOf(emulator, { origin }, "createAccessControlGroup", '{"name":"Guests"}'), 403);
    assert.ok(emulator.isEmpty());
    assert.deepEqual(
      emulator.requests().map(({ operation, status, body }) => [operation, status, body]),
      [["createAccessControlGroup", 403, undefined]],
    );
  });

  it("refuses a badge event of another site", async () => {
    const emulator = await start({ seed: "livedIn" });
    const [deployment] = emulator.console(acme.orgUuid).onGuard();
    const path = new URL(deployment?.webhookUrl ?? assert.fail()).pathname;
    assert.equal(await statusOf(emulator, { origin: "https://rebound.example" }, path), 403);
    assert.equal(await statusOf(emulator, {}, path), 401);
  });
});

describe("emulator: addresses", () => {
  afterEach(closeAll);

  it("listens on 127.0.0.1 only", async () => {
    const { port } = await start();
    const others = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    const addresses = ["127.0.0.2", "::1", ...others.map(({ address }) => address)];
    for (const host of addresses.filter((address) => address !== "127.0.0.1")) {
      const socket = connect({ port, host });
      await assert.rejects(once(socket, "connect"), host);
    }
  });
});

describe("emulator: large bodies", function () {
  this.timeout(30_000);
  afterEach(closeAll);

  const MEBIBYTE = 1024 * 1024;
  const named = (length: number) => JSON.stringify({ name: "n".repeat(length) });

  it("stores what a body of some mebibytes holds", async () => {
    const emulator = await start();
    assert.equal(await statusOf(emulator, {}, "createAccessControlGroup", named(5 * MEBIBYTE)), 200);
    assert.equal(emulator.console(acme.orgUuid).groups()[0]?.name.length, 5 * MEBIBYTE);
  });

  for (const [title, headers] of [
    ["with a key", {}],
    ["without a key", { "x-auth-apikey": "" }],
    ["with a length that is not announced", { "transfer-encoding": "chunked" }],
  ] as const) {
    it(`answers 413 to more than 10 MiB ${title}, and keeps none of it`, async () => {
      const emulator = await start();
      assert.equal(await statusOf(emulator, headers, "createAccessControlGroup", named(10 * MEBIBYTE)), 413);
      assert.ok(emulator.isEmpty());
      assert.deepEqual(
        emulator.requests().map(({ status, body }) => [status, body]),
        [[413, undefined]],
      );
      assert.equal((await call(emulator, "getOrgV2")).status, 200);
    });
  }
});
