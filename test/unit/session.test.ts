import assert from "node:assert/strict";
import http from "node:http";
import type { AddressInfo } from "node:net";
import sinon from "sinon";
import { campusSeed, type Emulator, startEmulator } from "../../provider/emulator";
import { direct } from "../drivers/direct";
import { immediatePolling } from "../drivers/stack";

const { acme, bluebird } = campusSeed;
const id = "AAAAAAAAAAAAAAAAAAAAAA";
const group = { name: "Staff" };

const note =
  "Refresh and destroy use the stack config and Providers deployed earlier: after a correction, run `pulumi up`, or add `--run-program`.";

describe("a message about settings in a run without the program", () => {
  let emulator: Emulator;
  let redirecting: http.Server;
  before(async () => {
    emulator = await startEmulator();
    redirecting = http.createServer((_request, reply) =>
      reply.writeHead(302, { location: "https://sso.example/" }).end(),
    );
    await new Promise<void>((resolve) => redirecting.listen(0, "127.0.0.1", resolve));
  });
  after(async () => {
    redirecting.close();
    await emulator.close();
  });

  const address = () => `http://127.0.0.1:${(redirecting.address() as AddressInfo).port}`;
  const quick = { "rhombus:maxRetries": "0", "rhombus:timeoutSeconds": "5" };
  const configured = (config: Record<string, string>) => ({
    "rhombus:apiKey": acme.apiKey,
    "rhombus:endpoint": emulator.url,
    ...quick,
    ...config,
  });

  const wrong: readonly (readonly [what: string, config: () => Record<string, string>, message: RegExp])[] = [
    [
      "a refused key",
      () => configured({ "rhombus:apiKey": "wrong-key-wrong-key-22" }),
      /from rhombus:apiKey and its role/,
    ],
    ["an address without a server", () => configured({ "rhombus:endpoint": "http://127.0.0.1:1" }), /rhombus:endpoint/],
    ["the address of another server", () => configured({ "rhombus:endpoint": address() }), /from rhombus:endpoint/],
    [
      "a proxy",
      () => configured({ "rhombus:endpoint": "https://rhombus.example" }),
      /rhombus.example \(from rhombus:en/,
    ],
    ["a wrong organization", () => configured({ "rhombus:orgUuid": bluebird.orgUuid }), /\(from rhombus:orgUuid\)/],
    ["a region that does not exist", () => configured({ "rhombus:region": "mars" }), /^rhombus:region: "mars" is not/],
    ["a missing certificate", () => configured({ "rhombus:clientKey": "a.key" }), /^rhombus:clientKey: is set without/],
    ["no key", () => quick, /^rhombus:apiKey: no Rhombus API key/],
  ];
  beforeEach(() => sinon.replace(process, "env", { ...process.env, HTTPS_PROXY: "socks5://proxy.example" }));
  afterEach(() => sinon.restore());
  for (const [what, config, expected] of wrong) {
    it(`says that they were deployed earlier: ${what}`, async () => {
      const options = { polling: immediatePolling, tell: () => {} };
      const state = { outputs: { ...group, orgUuid: acme.orgUuid } };
      for (const operation of ["read", "delete"] as const) {
        const provider = await direct(config(), options);
        await assert.rejects(provider[operation]("AccessControlGroup", { id, ...state }), ({ message }: Error) => {
          assert.match(message, expected);
          assert.ok(message.includes(note), message);
          return true;
        });
      }
      const provider = await direct(config(), options);
      const { failures } = await provider.check("AccessControlGroup", { news: group });
      const created = await provider.create("AccessControlGroup", group).then(String, String);
      const shown = [...failures.map(({ reason }) => reason), created].join("\n");
      assert.match(shown, new RegExp(expected.source, "m"));
      assert.doesNotMatch(shown, /deployed earlier/);
    });
  }

  it("is not shown for a failure of Rhombus", async () => {
    emulator.fail({ operation: "getOrgV2", with: { kind: "status", status: 500 }, times: 9 });
    const provider = await direct(configured({}), { polling: immediatePolling });
    await assert.rejects(provider.read("AccessControlGroup", { id, outputs: group }), ({ message }: Error) => {
      assert.match(message, /500/);
      assert.doesNotMatch(message, /deployed earlier/);
      return true;
    });
    emulator.clearFaults();
  });

  const elsewhere = { RHOMBUS_ENDPOINT_URL: "http://127.0.0.1:9" };
  const keyOnly = () => ({ "rhombus:apiKey": acme.apiKey, ...quick });
  for (const [title, exported, config, expected] of [
    ["names an endpoint of the environment that is ignored", elsewhere, keyOnly, 1],
    ["is not shown if the configuration names an endpoint itself", elsewhere, () => configured({}), 0],
    ["is not shown about a key alone", { RHOMBUS_API_KEY: "another" }, () => configured({}), 0],
  ] as const) {
    it(`a warning ${title}, once`, async () => {
      const lines: string[] = [];
      const options = {
        // Nothing is called outside of this machine.
        env: { ...exported, HTTPS_PROXY: "http://127.0.0.1:9" },
        polling: immediatePolling,
        tell: (line: string) => void lines.push(line),
      };
      const provider = await direct(config(), options);
      for (let times = 0; times < 2; times += 1) {
        await provider.read("AccessControlGroup", { id, outputs: group }).catch(() => {});
      }
      const found = lines.filter((line) => line.includes("in the environment"));
      assert.equal(found.length, expected, lines.join("\n"));
      const source =
        /RHOMBUS_ENDPOINT_URL in the environment is ignored: rhombus:apiKey of the stack or of a Provider gives/;
      for (const line of found) assert.match(line, source);
    });
  }
});
