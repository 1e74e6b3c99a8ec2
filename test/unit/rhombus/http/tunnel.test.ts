import assert from "node:assert/strict";
import { once } from "node:events";
import type http from "node:http";
import https from "node:https";
import net from "node:net";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import { TunnelAgent } from "../../../../provider/rhombus/http/tunnel";
import { selfSigned } from "../../../certificates";
import { apiKey } from "../loopback";
import { ClientProcess, Tunnels, withApi, withProxy } from "./proxies";

const answer: http.RequestListener = (_request, response) => void response.end('{"groups":[]}');
const list = "findAccessControlGroupsByOrg";

describe("a tunnel through a proxy", () => {
  let caller: ClientProcess;
  let tunnels: Tunnels;
  before(() => {
    caller = new ClientProcess();
  });
  beforeEach(() => {
    tunnels = new Tunnels();
  });
  afterEach(() => assert.deepEqual(caller.state, { hasEnded: false, output: "" }));
  after(() => caller.end());

  for (const [variable, secure] of [
    ["https_proxy", false],
    ["HTTPS_PROXY", true],
  ] as const) {
    it(`from ${variable}, over ${secure ? "https" : "http"}, is reused: many calls, one CONNECT`, async () => {
      await withApi(answer, (port) =>
        withProxy(
          tunnels.to(port),
          async (address, asked) => {
            const env = { [variable]: address.replace("127.0.0.1", "user:pass%2Fword@localhost") };
            const results = await caller.call({ client: variable, calls: [list, list, list], env });
            assert.deepEqual(results, Array(3).fill({ answer: { groups: [] } }));
            const basic = `Basic ${Buffer.from("user:pass/word").toString("base64")}`;
            const connects = asked.map(({ target, headers }) => [target, headers["proxy-authorization"]]);
            assert.deepEqual(connects, [["rhombus.example:443", basic]]);
          },
          secure,
        ),
      );
    });
  }

  it("hides key and body from a proxy, and sends its client certificate through it", async () => {
    const seen: { key: unknown; isCertified: boolean }[] = [];
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
            await caller.call({ client: "certified", calls: ["getLocations"], env, config });
            assert.ok(!JSON.stringify(asked).includes(apiKey));
          },
        ),
      { ca: selfSigned.certificate, requestCert: true, rejectUnauthorized: false },
    );
    assert.deepEqual(seen, [{ key: apiKey, isCertified: true }]);
    const bytes = Buffer.concat(read).toString("latin1");
    assert.ok(bytes.length > 0 && !bytes.includes(apiKey));
  });

  it("is replaced if it was reset while idle", async () => {
    await withApi(answer, (port) =>
      withProxy(tunnels.to(port), async (address, asked) => {
        const request = { client: "idle", calls: [list], env: { HTTPS_PROXY: address } } as const;
        await caller.call(request);
        tunnels.reset();
        await Promise.all(tunnels.pairs.map(({ server }) => server.destroyed || once(server, "close")));
        assert.deepEqual(await caller.call(request), [{ answer: { groups: [] } }]);
        assert.equal(asked.length, 2);
      }),
    );
  });

  it("that is reset during a call leaves the outcome of a write unknown, and is replaced for a read", async () => {
    let visits = 0;
    const resetOnce: http.RequestListener = (_request, response) => {
      visits += 1;
      if (visits === 1) tunnels.reset();
      else response.end('{"groups":[]}');
    };
    await withApi(resetOnce, (port) =>
      withProxy(tunnels.to(port), async (address) => {
        const env = { HTTPS_PROXY: address };
        const [first] = await caller.call({
          client: "reset",
          calls: ["createAccessControlGroup"],
          env,
          config: { maxRetries: "0" },
        });
        assert.deepEqual([first?.error?.kind, first?.error?.outcome], ["network", "unknown"]);
        const expectedText = `the connection to rhombus.example through the proxy ${address} broke (ECONNRESET)`;
        assert.ok(first?.error?.message.includes(expectedText), first?.error?.message);
        visits = 0;
        const again = await caller.call({ client: "reset and again", calls: [list], env });
        assert.deepEqual(again, [{ answer: { groups: [] } }]);
      }),
    );
  });

  it("that is made after its call has ended, and is then reset, causes no error", async () => {
    const late: Duplex[] = [];
    await withApi(answer, (port) =>
      withProxy([(client) => void late.push(client), tunnels.to(port)], async (address) => {
        const config = { timeoutSeconds: "1", maxRetries: "0" };
        const request = { client: "late", calls: [list], env: { HTTPS_PROXY: address }, config } as const;
        const [result] = await caller.call(request);
        assert.match(result?.error?.message ?? "", /made no connection to rhombus\.example within 1 s/);
        for (const client of late) {
          client.write("HTTP/1.1 200 OK\r\n\r\n");
          if (client instanceof net.Socket) client.resetAndDestroy();
        }
        assert.deepEqual(await caller.call(request), [{ answer: { groups: [] } }]);
      }),
    );
  });

  it("returns a status of the API, which is not taken for one of the proxy", async () => {
    const refuse: http.RequestListener = (_request, response) => void response.writeHead(503).end("busy");
    await withApi(refuse, (port) =>
      withProxy(tunnels.to(port), async (address) => {
        const request = { client: "503", calls: ["createAccessControlGroup"], env: { HTTPS_PROXY: address } } as const;
        const [result] = await caller.call(request);
        assert.deepEqual([result?.error?.kind, result?.error?.outcome], ["server", "unknown"]);
        assert.match(result?.error?.message ?? "", /the servers of Rhombus failed\. .* failed: 503 busy\./);
      }),
    );
  });
});

describe("an agent of tunnels", () => {
  /** An agent with a short limit for idle tunnels. */
  function agentFor(address: string, idleMs: number): TunnelAgent {
    const trust = { ca: selfSigned.certificate, rejectUnauthorized: true };
    return new TunnelAgent({ ...trust, keepAlive: true, timeout: idleMs, connectMs: 10_000, proxy: new URL(address) });
  }

  it("does not end a call that takes longer than the limit for idle tunnels", async () => {
    const waiting: http.ServerResponse[] = [];
    await withApi(
      (_request, response) => void waiting.push(response),
      (port) =>
        withProxy(new Tunnels().to(port), async (address, asked) => {
          const agent = agentFor(address, 20);
          for (let call = 0; call < 2; call += 1) {
            const request = https.get("https://rhombus.example/", { agent });
            const [socket]: net.Socket[] = await once(request, "socket");
            // The socket was idle up to the limit.
            socket?.setTimeout(20);
            await once(socket ?? assert.fail("no socket"), "timeout");
            while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
            waiting.shift()?.end("done");
            const [response]: http.IncomingMessage[] = await once(request, "response");
            assert.equal(response?.statusCode, 200);
            response?.resume();
            await once(response ?? assert.fail("no response"), "end");
          }
          assert.ok(asked.length <= 2);
          agent.destroy();
        }),
    );
  });

  it("closes an idle tunnel after the limit", async () => {
    await withApi(answer, (port) =>
      withProxy(new Tunnels().to(port), async (address) => {
        const agent = agentFor(address, 20);
        const request = https.get("https://rhombus.example/", { agent });
        const [socket]: net.Socket[] = await once(request, "socket");
        request.on("response", (response) => response.resume());
        await once(socket ?? assert.fail("no socket"), "close");
        assert.deepEqual(Object.keys(agent.freeSockets), []);
      }),
    );
  });
});
