import assert from "node:assert/strict";
import net from "node:net";
import { inspect } from "node:util";
import sinon from "sinon";
import type { RhombusError } from "../../../../provider/rhombus/errors/rhombusError";
import { routeTo } from "../../../../provider/rhombus/http/proxy";
import { clientFor, elapse, failureOf } from "../loopback";
import { type Asked, answers, type Conduct, endpoint, refuses, Tunnels, withApi, withProxy } from "./proxies";

const forged = '{"groups":[],"group":{"uuid":"AAAAAAAAAAAAAAAAAAAAAA"},"error":false}';
const create = (client: ReturnType<typeof clientFor>["client"]) =>
  client.call("createAccessControlGroup", { name: "Staff" });

/** Sets these variables of proxies and removes the others. */
function environment(env: Record<string, string>): void {
  const others = Object.entries(process.env).filter(([name]) => !/_proxy$/i.test(name));
  sinon.stub(process, "env").value({ ...Object.fromEntries(others), ...env });
}

/** The error of a create through a proxy, and the CONNECT requests. The waits of the client take no time. */
async function created(conduct: Conduct | readonly Conduct[], config: Record<string, string> = {}) {
  const clock = sinon.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
  const seen: { error?: RhombusError; asked: Asked[]; address: string } = { asked: [], address: "" };
  await withProxy(conduct, async (address, asked) => {
    environment({ HTTPS_PROXY: address });
    const { client } = clientFor(endpoint, { timeoutSeconds: "600", ...config });
    const error = await elapse(clock, failureOf(create(client)));
    Object.assign(seen, { error, asked, address });
  });
  clock.restore();
  const { error = assert.fail("no error"), asked, address } = seen;
  return { error, asked, address };
}

/** The retry class and the attempts of a call that was not sent. */
function resultOf({ kind, outcome, retryClass }: RhombusError, asked: readonly unknown[]) {
  assert.deepEqual([kind, outcome], ["network", "refused"]);
  return [retryClass, asked.length];
}

describe("a proxy that makes no tunnel", () => {
  afterEach(() => sinon.restore());

  const resets: Conduct = (client) => client instanceof net.Socket && client.resetAndDestroy();
  for (const [what, conduct, attempts, said] of [
    ["201", refuses(201, forged), 1, /a proxy opens a connection with status 200\. .* answered 201 Created\./],
    ["299", refuses(299, forged), 1, /a proxy opens .* answered 299\./],
    ["302", refuses(302, "", "location: http://login.example/\r\n"), 1, / no sign-in page .* answered 302 Found\./],
    [
      "403",
      refuses(403, "blocked"),
      1,
      /^Have the administrator of the proxy allow rhombus\.example; .* answered 403 Forbidden\./,
    ],
    [
      "407",
      refuses(407),
      1,
      /^Write .* in HTTPS_PROXY, .* the proxy refused the credentials, or .* answered 407 Proxy /,
    ],
    ["408", refuses(408), 5, /The proxy failed, .* answered 408 Request Timeout\./],
    ["429", refuses(429), 5, /The proxy failed, .* answered 429 Too Many Requests\./],
    [
      "502",
      refuses(502, forged),
      5,
      /^Try again later; .* The proxy failed, or its connection to rhombus\.example\. .* answered 502 Bad/,
    ],
    ["what is no HTTP", answers("220 mail.example ESMTP\r\n\r\n"), 1, /the proxy .* does not speak HTTP \(HPE_/],
    [
      "nothing, and closes",
      answers(""),
      5,
      /^Check the address in .* the proxy .* closed the connection \(ECONNRESET\)\./,
    ],
    ["a reset", resets, 5, /the proxy .* closed the connection \(ECONNRESET\)/],
    ["half a head, and closes", answers("HTTP/1.1 200 O"), 5, /the proxy .* closed the connection/],
  ] satisfies [string, Conduct, number, RegExp][]) {
    it(`that answers ${what} is named in the error, and nothing is sent: ${attempts} attempts`, async () => {
      const { error, asked, address } = await created(conduct);
      assert.deepEqual(resultOf(error, asked), [attempts === 1 ? "final" : "unreachable", attempts]);
      assert.equal(error.status, undefined);
      assert.match(error.message, said);
      assert.match(error.message, / createAccessControlGroup failed: not sent: /);
      assert.ok(error.message.includes(`the proxy ${address} (from HTTPS_PROXY)`), error.message);
      assert.doesNotMatch(error.message, /may have been made|the key|servers of Rhombus failed/);
      assert.equal(asked[0]?.target, "rhombus.example:443");
    });
  }

  it("within timeoutSeconds ends the attempt, and nothing is sent", async () => {
    const { error, asked, address } = await created(() => {}, { timeoutSeconds: "20", maxRetries: "1" });
    assert.deepEqual(resultOf(error, asked), ["unreachable", 2]);
    const said = `the proxy ${address} (from HTTPS_PROXY) made no connection to rhombus.example within 20 s.`;
    assert.ok(error.message.includes(said), error.message);
  });

  const opened = "HTTP/1.1 200 OK\r\n\r\n";
  const speaksHttp: Conduct = (client) => {
    client.write(opened);
    client.on("data", () => client.end(`HTTP/1.1 200 OK\r\n\r\n${forged}`));
  };
  const inPlace = answers(`${opened}HTTP/1.1 200 OK\r\n\r\n${forged}`);
  const reset: Conduct = (client) => client.write(opened, () => resets(client));
  const silent: Conduct = (client) => client.write(opened);
  for (const [what, conduct, attempts, code] of [
    ["and resets", reset, 5, "ECONNRESET"],
    ["and answers in Rhombus's place", inPlace, 5, "ECONNRESET"],
    ["and answers TLS with plain HTTP", speaksHttp, 1, "EPROTO|ERR_SSL_WRONG_VERSION_NUMBER"],
    ["and never speaks TLS", silent, 2, "ETIMEDOUT"],
  ] satisfies [string, Conduct, number, string][]) {
    it(`that answers 200 ${what} causes a failure in which nothing is sent`, async () => {
      const config: Record<string, string> = conduct === silent ? { timeoutSeconds: "20", maxRetries: "1" } : {};
      const { error, asked, address } = await created(conduct, config);
      assert.deepEqual(resultOf(error, asked), [attempts === 1 ? "final" : "unreachable", attempts]);
      const said = `no connection to rhombus\\.example through the proxy ${address} \\((?:${code})\\)\\.$`;
      assert.match(error.message, new RegExp(said));
    });
  }

  it("that does not exist is tried again, and named in the error", async () => {
    let gone = "";
    await withProxy([], async (address) => {
      gone = address;
    });
    environment({ https_proxy: gone });
    const clock = sinon.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
    const { client } = clientFor(endpoint, { timeoutSeconds: "600" });
    sinon.stub(Math, "random").returns(0);
    const startedAt = clock.now;
    const error = await elapse(clock, failureOf(create(client)));
    assert.deepEqual([error.kind, error.outcome], ["network", "refused"]);
    // Four retries: 1 + 2 + 4 + 8 s.
    assert.equal(Math.floor((clock.now - startedAt) / 1_000), 15);
    assert.ok(error.message.includes(`no connection to the proxy ${gone} (from https_proxy) (ECONNREFUSED)`));
  });

  it("that is reached by https must have a certificate that Node trusts, whatever the environment says", async () => {
    await withProxy(
      refuses(503),
      async (address, asked) => {
        environment({
          HTTPS_PROXY: address.replace("127.0.0.1", "user:passpass@localhost"),
          NODE_TLS_REJECT_UNAUTHORIZED: "0",
        });
        const error = await failureOf(create(clientFor(endpoint).client));
        assert.deepEqual([error.outcome, asked], ["refused", []]);
        assert.match(
          error.message,
          /no connection to the proxy https:\/\/localhost:\d+ .*DEPTH_ZERO_SELF_SIGNED_CERT\)\.$/,
        );
      },
      true,
    );
  });
});

describe("a direct connection over TLS", () => {
  afterEach(() => sinon.restore());

  for (const [what, conduct] of [
    ["closes", (client) => client.end()],
    ["closes at the first byte", (client) => client.once("data", () => client.end())],
  ] satisfies [string, (client: net.Socket) => void][]) {
    it(`that ${what} before the end of the handshake causes a failure in which nothing is sent`, async () => {
      environment({});
      const clock = sinon.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
      const sockets: net.Socket[] = [];
      const server = net.createServer((client) => {
        sockets.push(client.on("error", () => {}));
        conduct(client);
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      const port = typeof address === "object" ? address?.port : undefined;
      try {
        const { client } = clientFor(`https://127.0.0.1:${port}`, { timeoutSeconds: "600" });
        const error = await elapse(clock, failureOf(create(client)));
        assert.deepEqual([error.kind, error.outcome, error.retryClass], ["network", "refused", "unreachable"]);
        assert.equal(sockets.length, 5);
      } finally {
        for (const socket of sockets) socket.destroy();
        await new Promise((resolve) => server.close(resolve));
      }
    });
  }

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
          /NODE_EXTRA_CA_CERTS\. .* no connection to 127\.0\.0\.1:\d+ \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
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
});

describe("a proxy that cannot be used", () => {
  afterEach(() => sinon.restore());

  const isNone =
    /^Write .*percent-encoded.* not sent: (?:https_proxy|HTTPS_PROXY|ALL_PROXY) is not the address of a proxy\./;
  for (const [what, env, said] of [
    ["no address", { HTTPS_PROXY: "http://" }, isNone],
    ["a port that is none", { https_proxy: "http://proxy.example:port" }, isNone],
    ["a word with spaces", { ALL_PROXY: "not a proxy" }, isNone],
    ["credentials with #", { HTTPS_PROXY: "http://user:4711#sswordpassword@proxy.example:3128" }, isNone],
    ["credentials with /", { HTTPS_PROXY: "http://user:4711/sswordpassword@proxy.example:3128" }, isNone],
    ["credentials with %", { HTTPS_PROXY: "http://user:100%password@proxy.example:3128" }, isNone],
    [
      "SOCKS",
      { ALL_PROXY: "socks5://user:password-of-socks@proxy.example:1080" },
      /socks5:\/\/proxy\.example:1080 \(from ALL_PROXY\) is neither .* SOCKS and others are not supported\.$/,
    ],
    ["FTP", { HTTPS_PROXY: "ftp://proxy.example" }, /the proxy ftp:\/\/proxy\.example \(from HTTPS_PROXY\) is neither/],
  ] satisfies [string, Record<string, string>, RegExp][]) {
    it(`because its variable contains ${what}, is a final failure in which nothing is sent`, async () => {
      environment(env);
      const error = await failureOf(create(clientFor(endpoint).client));
      assert.deepEqual(resultOf(error, []), ["final", 0]);
      assert.match(error.message, said);
      assert.doesNotMatch(inspect(error), /may have been made|password-of|sswordpassword|100%/);
      assert.match(error.message, /list rhombus\.example \(from rhombus:endpoint\) in NO_PROXY /);
    });
  }
});

describe("credentials of a proxy", () => {
  afterEach(() => sinon.restore());

  for (const [what, credentials, sent, secrets] of [
    ["a password", "user:s3cret-pass", "user:s3cret-pass", ["s3cret-pass"]],
    ["an encoded password", "user:p%40ss%2Fword", "user:p@ss/word", ["p%40ss%2Fword", "p@ss/word"]],
    ["a raw @", "user:long@password", "user:long@password", ["long@password"]],
    ["a token before a colon", "token-of-the-proxy:", "token-of-the-proxy:", ["token-of-the-proxy"]],
  ] as const) {
    it(`with ${what} are sent to the proxy, and appear in no text`, async () => {
      await withProxy(refuses(407), async (address, asked) => {
        environment({ HTTPS_PROXY: address.replace("http://", `http://${credentials}@`) });
        const { client } = clientFor(endpoint);
        const error = await failureOf(create(client));
        const header = Buffer.from(sent).toString("base64");
        assert.equal(asked[0]?.headers["proxy-authorization"], `Basic ${header}`);
        for (const secret of [...secrets, header]) {
          assert.ok(!inspect(error, { depth: 9, showHidden: true }).includes(secret));
          assert.ok(!client.redact(`a ${secret} b`).includes(secret), client.redact(secret));
        }
        assert.ok(error.message.includes(`the proxy ${address} (from HTTPS_PROXY)`));
      });
    });
  }
});

describe("the route to an endpoint", () => {
  afterEach(() => sinon.restore());
  const proxy = "http://proxy.example:3128";

  for (const [what, env, variable, address] of [
    ["https_proxy before HTTPS_PROXY", { HTTPS_PROXY: "other.example", https_proxy: proxy }, "https_proxy", proxy],
    ["HTTPS_PROXY before all_proxy", { HTTPS_PROXY: proxy, all_proxy: "socks5://other.example" }, "HTTPS_PROXY", proxy],
    ["ALL_PROXY", { ALL_PROXY: proxy }, "ALL_PROXY", proxy],
    ["an address without a scheme", { HTTPS_PROXY: "proxy.example:3128" }, "HTTPS_PROXY", proxy],
    ["spaces around", { HTTPS_PROXY: ` ${proxy}/ ` }, "HTTPS_PROXY", proxy],
    ["an IPv6 address", { HTTPS_PROXY: "http://[::1]:3128" }, "HTTPS_PROXY", "http://[::1]:3128"],
    ["HTTP_PROXY, which is for http", { HTTP_PROXY: proxy }, undefined, undefined],
    ["NO_PROXY", { HTTPS_PROXY: proxy, NO_PROXY: "a.example, rhombus.example" }, undefined, undefined],
    ["NO_PROXY with another port", { HTTPS_PROXY: proxy, NO_PROXY: "rhombus.example:8443" }, "HTTPS_PROXY", proxy],
    ["empty variables", { HTTPS_PROXY: "", ALL_PROXY: "" }, undefined, undefined],
  ] as const) {
    it(`follows ${what}`, () => {
      environment(env);
      const route = routeTo(endpoint);
      assert.deepEqual(route.proxy, variable === undefined ? undefined : { variable, address });
      assert.equal(route.fault, undefined);
    });
  }

  it("to this machine never uses a proxy, not even over https", async () => {
    await withProxy(refuses(403), async (address, asked) => {
      environment({ HTTPS_PROXY: address, ALL_PROXY: address });
      for (const host of ["127.0.0.1", "localhost"]) {
        const error = await failureOf(clientFor(`https://${host}:9`, { maxRetries: "0" }).client.call("getOrgV2", {}));
        assert.match(error.message, /no connection to \S+ \(ECONNREFUSED\)/);
      }
      assert.deepEqual(asked, []);
    });
  });
});
