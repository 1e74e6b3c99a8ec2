import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { pipeline } from "node:stream";
import { TLSSocket } from "node:tls";
import { promisify } from "node:util";
import sinon from "sinon";
import { selfSigned } from "../../../certificates";
import { apiKey, clientFor, failureOf, listening } from "../loopback";

/** A server with an untrusted certificate, and the number of its requests. */
function untrusted() {
  const visits: http.IncomingHttpHeaders[] = [];
  const server = https.createServer({ key: selfSigned.key, cert: selfSigned.certificate }, ({ headers }, response) => {
    visits.push(headers);
    response.end("{}");
  });
  return { server, visits };
}

/** A proxy that connects every tunnel to one server, and everything that it can read. */
function tunnelTo(url: string) {
  const seen: Buffer[] = [];
  const proxy = http.createServer((request) => seen.push(Buffer.from(JSON.stringify(request.rawHeaders))));
  proxy.on("connect", ({ url: target, rawHeaders }, client: net.Socket) => {
    seen.push(Buffer.from(JSON.stringify([target, ...rawHeaders])));
    const server = net.connect(Number(new URL(url).port), "127.0.0.1");
    client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    client.on("data", (bytes) => seen.push(bytes));
    // The server of the proxy does not close its tunnels.
    pipeline(client, server, client, () => [client, server].map((each) => each.destroy()));
    server.on("close", () => client.destroy());
  });
  return { proxy, read: () => Buffer.concat(seen).toString("latin1") };
}

describe("client over TLS", () => {
  afterEach(() => sinon.restore());

  it("does not talk to a server with an untrusted certificate, whatever the environment says", async () => {
    sinon.stub(process, "env").value({ ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: "0" });
    const { server, visits } = untrusted();
    await listening(server, async (url) => {
      const error = await failureOf(clientFor(url).client.call("createAccessControlGroup", { name: "Staff" }));
      assert.deepEqual([error.kind, error.outcome, visits], ["network", "refused", []]);
      const expectedText = /no connection to 127\.0\.0\.1:\d+ \(DEPTH_ZERO_SELF_SIGNED_CERT\).*NODE_EXTRA_CA_CERTS/;
      assert.match(error.message, expectedText);
    });
  });

  it("does not do so through a proxy", async () => {
    const { server, visits } = untrusted();
    await listening(server, (url) => {
      const { proxy, read } = tunnelTo(url);
      return listening(proxy, async (address) => {
        const env = { HTTPS_PROXY: address, NODE_TLS_REJECT_UNAUTHORIZED: "0" };
        sinon.stub(process, "env").value({ ...process.env, ...env });
        const error = await failureOf(clientFor("https://rhombus.example").client.call("getOrgV2", {}));
        assert.match(
          error.message,
          /no connection to rhombus\.example through the proxy http:\S+ \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
        );
        assert.match(read(), /rhombus\.example:443/);
        assert.deepEqual(visits, []);
      });
    });
  });

  it("hides key and body from a proxy", async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "rhombus-tls-"));
    const trusted = path.join(folder, "ca.pem");
    writeFileSync(trusted, selfSigned.certificate);
    const { server, visits } = untrusted();
    try {
      await listening(server, (url) => {
        const { proxy, read } = tunnelTo(url);
        return listening(proxy, async (address) => {
          await inChild("https://rhombus.example", { HTTPS_PROXY: address, NODE_EXTRA_CA_CERTS: trusted });
          assert.equal(visits[0]?.["x-auth-apikey"], apiKey);
          assert.match(read(), /rhombus\.example:443/);
          assert.ok(!read().includes(apiKey));
        });
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("sends nothing if the server speaks plain HTTP", async () => {
    await listening(http.createServer(), async (url) => {
      const { client } = clientFor(url.replace("http:", "https:"));
      const error = await failureOf(client.call("createAccessControlGroup", { name: "x" }));
      assert.deepEqual([error.kind, error.outcome], ["network", "refused"]);
    });
  });

  it("sends its client certificate through a proxy", async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "rhombus-tls-"));
    const trusted = path.join(folder, "ca.pem");
    writeFileSync(trusted, selfSigned.certificate);
    const own = { key: selfSigned.key, cert: selfSigned.certificate, ca: selfSigned.certificate };
    const shown: boolean[] = [];
    const server = https.createServer(
      { ...own, requestCert: true, rejectUnauthorized: false },
      ({ socket }, response) => {
        shown.push(socket instanceof TLSSocket && socket.authorized);
        response.end("{}");
      },
    );
    try {
      await listening(server, (url) =>
        listening(tunnelTo(url).proxy, async (address) => {
          const env = { HTTPS_PROXY: address, NODE_EXTRA_CA_CERTS: trusted };
          const certified = { clientCertificate: selfSigned.certificate, clientKey: selfSigned.key };
          await inChild("https://rhombus.example", env, certified);
        }),
      );
      assert.deepEqual(shown, [true]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** Makes a call in its own process, whose environment says which certificates to trust. */
async function inChild(endpoint: string, env: Record<string, string>, config: object = {}): Promise<void> {
  const script = `
    const { clientFor } = require("./test/unit/rhombus/loopback");
    clientFor(${JSON.stringify(endpoint)}, ${JSON.stringify(config)}).client.call("getLocations", {});
  `;
  const run = promisify(execFile);
  await run(process.execPath, ["--import", "tsx", "-e", script], { env: { PATH: process.env.PATH, ...env } });
}
