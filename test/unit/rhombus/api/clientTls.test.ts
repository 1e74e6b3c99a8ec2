import assert from "node:assert/strict";
import http from "node:http";
import { TLSSocket } from "node:tls";
import sinon from "sinon";
import { selfSigned } from "../../../certificates";
import { Trusting, Tunnels, withApi, withProxy } from "../http/proxies";
import { apiKey, clientFor, failureOf, listening } from "../loopback";

describe("client over TLS", () => {
  afterEach(() => sinon.restore());

  it("does not talk to a server with an untrusted certificate, whatever the environment says", async () => {
    const visits: unknown[] = [];
    await withApi(
      ({ headers }) => void visits.push(headers),
      async (port) => {
        sinon.stub(process, "env").value({ ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: "0" });
        const { client } = clientFor(`https://127.0.0.1:${port}`);
        const error = await failureOf(client.call("createAccessControlGroup", { name: "Staff" }));
        assert.deepEqual([error.kind, error.outcome, visits], ["network", "refused", []]);
        assert.match(
          error.message,
          /no connection to 127\.0\.0\.1:\d+ \(DEPTH_ZERO_SELF_SIGNED_CERT\).*NODE_EXTRA_CA_CERTS/,
        );
        await withProxy(new Tunnels().to(port), async (address, asked) => {
          const env = { HTTPS_PROXY: address, NODE_TLS_REJECT_UNAUTHORIZED: "0" };
          sinon.stub(process, "env").value({ ...process.env, ...env });
          const { message } = await failureOf(clientFor("https://rhombus.example").client.call("getOrgV2", {}));
          assert.match(
            message,
            /no connection to rhombus\.example through the proxy http:\S+ \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
          );
          assert.deepEqual([asked.map(({ target }) => target), visits], [["rhombus.example:443"], []]);
        });
      },
    );
  });

  it("hides key and body from a proxy, and sends its client certificate through it", async () => {
    const trusting = new Trusting();
    const seen: { key: unknown; isCertified: boolean }[] = [];
    const tunnels = new Tunnels();
    const read: Buffer[] = [];
    await withApi(
      ({ headers, socket }, response) => {
        seen.push({ key: headers["x-auth-apikey"], isCertified: socket instanceof TLSSocket && socket.authorized });
        response.end("{}");
      },
      (port) =>
        withProxy(
          (client) => {
            client.on("data", (bytes) => read.push(bytes));
            tunnels.to(port)(client);
          },
          async (address, asked) => {
            const config = { clientCertificate: selfSigned.certificate, clientKey: selfSigned.key };
            const env = { HTTPS_PROXY: address };
            await trusting.call({ client: "certified", calls: ["getLocations"], env, config });
            assert.ok(!JSON.stringify(asked).includes(apiKey));
          },
        ),
      { ca: selfSigned.certificate, requestCert: true, rejectUnauthorized: false },
    );
    await trusting.end();
    assert.deepEqual(seen, [{ key: apiKey, isCertified: true }]);
    const bytes = Buffer.concat(read).toString("latin1");
    assert.ok(bytes.length > 0 && !bytes.includes(apiKey));
  });

  it("sends nothing if the server speaks plain HTTP", async () => {
    await listening(http.createServer(), async (url) => {
      const { client } = clientFor(url.replace("http:", "https:"));
      const error = await failureOf(client.call("createAccessControlGroup", { name: "x" }));
      assert.deepEqual([error.kind, error.outcome], ["network", "refused"]);
    });
  });
});
