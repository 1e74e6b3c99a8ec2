import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ConfigMap, PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { campusSeed, type Emulator, type EmulatorOptions, startEmulator } from "../../provider/emulator";
import { secretLines } from "../../provider/rhombus/redaction/environmentSecrets";
import { Authority } from "../certificates";
import { describeLong } from "../tally";
import { assertHidden, knownSecrets, madeSecrets } from "./fixture";
import { refusal, TestStack } from "./stack";

const { acme, bluebird } = campusSeed;

/** An emulator and a stack with a home folder of its own. */
class HomeFixture {
  readonly secrets = new Set(knownSecrets());
  readonly #home = realpathSync(mkdtempSync(path.join(tmpdir(), "rhombus-home-")));
  #opened: { readonly emulator: Emulator; readonly stack: TestStack } | undefined;

  get emulator(): Emulator {
    return this.#opened?.emulator ?? assert.fail("not opened");
  }

  get stack(): TestStack {
    return this.#opened?.stack ?? assert.fail("not opened");
  }

  async open(options: EmulatorOptions, config: (url: string) => ConfigMap, env = {}): Promise<void> {
    const emulator = await startEmulator(options);
    const onRun = () => {
      for (const secret of madeSecrets(emulator)) this.secrets.add(secret);
    };
    const stack = await TestStack.open({ config: config(emulator.url), env: { HOME: this.#home, ...env }, onRun });
    this.#opened = { emulator, stack };
  }

  /** Writes a file into the home folder, and returns its path. */
  write(name: string, ...lines: string[]): string {
    const file = path.join(this.#home, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, lines.join("\n"), { mode: 0o600 });
    return file;
  }

  async close(): Promise<void> {
    try {
      assertHidden(this.secrets, this.stack, this.emulator);
    } finally {
      this.stack.close();
      await this.emulator.close();
      rmSync(this.#home, { recursive: true });
    }
  }
}

describeLong("a key with a client certificate", function () {
  this.timeout(120_000);
  const fixture = new HomeFixture();
  before("opens the fixture", async () => {
    const authority = new Authority();
    const client = authority.issue({ name: "acme", serialNumber: "f00dbabe" });
    for (const line of secretLines(client.key)) fixture.secrets.add(line);
    const config = (url: string): ConfigMap => ({
      "rhombus:endpoint": { value: url },
      "rhombus:apiKey": { value: acme.apiKey, secret: true },
      "rhombus:clientCertificate": { value: fixture.write("certs/client.pem", client.certificate) },
      "rhombus:clientKey": { value: client.key, secret: true },
    });
    const env = { NODE_EXTRA_CA_CERTS: fixture.write("certs/authority.pem", authority.certificate) };
    await fixture.open({ tls: { ...authority.issue(), clientAuthority: authority.certificate } }, config, env);
  });
  after(() => fixture.close());
  const program: PulumiFn = async () => {
    new rhombus.OnGuardIntegration("hq", { displayName: "HQ" });
  };

  it("deploys under the scheme api, and shows no change afterwards", async () => {
    await fixture.stack.up(program);
    await fixture.stack.expectNothingToDo();
    assert.ok(fixture.emulator.requests().every(({ headers }) => headers["x-auth-scheme"] === "api"));
  });

  it("is an error that names the path if the file is missing; ~ is the home folder", async () => {
    await fixture.stack.setConfig("rhombus:clientCertificate", "certs/client.pem");
    const { message } = await refusal(fixture.stack.preview());
    assert.match(
      message,
      /the file \/.*\/rhombus-engine-\w+\/certs\/client\.pem does not exist \(looked for from \/.*engine-\w+\)/,
    );
    await fixture.stack.setConfig("rhombus:clientCertificate", "~/certs/client.pem");
    await fixture.stack.destroy();
    assert.deepEqual(fixture.emulator.remains(), []);
  });
});

describe("a key in a profile of the vendor's command line", function () {
  this.timeout(120_000);
  const fixture = new HomeFixture();
  const writeKeys = (own: string) =>
    fixture.write(".rhombus/credentials", "[default]", `api_key = ${own}`, "[clinic]", `api_key = ${bluebird.apiKey}`);
  before("opens the fixture", async () => {
    await fixture.open({}, () => ({}));
    const endpoint = `endpoint_url = ${fixture.emulator.url}`;
    fixture.write(".rhombus/config", "[default]", endpoint, "[profile clinic]", endpoint);
    writeKeys(acme.apiKey);
  });
  after(() => fixture.close());

  it("deploys without a setting, and with the profile of an explicit provider, of which the state has only the name", async () => {
    await fixture.stack.up(async () => {
      const provider = new rhombus.Provider("clinic", { profile: "clinic" });
      new rhombus.AccessControlGroup("staff");
      new rhombus.AccessControlGroup("nurses", {}, { provider });
    });
    assert.deepEqual(fixture.emulator.remains(), [
      `${acme.name}: access control group "staff"`,
      `${bluebird.name}: access control group "nurses"`,
    ]);
    const { inputs = {} } = (await fixture.stack.stored("clinic")) ?? {};
    const settings = Object.entries(inputs).filter(([name]) => name.startsWith("rhombus:"));
    assert.deepEqual(settings, [["rhombus:profile", "clinic"]]);
  });

  it("refreshes with a key that was rotated there", async () => {
    writeKeys(acme.rotatedApiKey);
    await fixture.stack.expectNoDrift();
  });

  it("is an error of refresh that names the file if it is missing, and the state stays", async () => {
    rmSync(writeKeys(acme.apiKey));
    const { message } = await refusal(fixture.stack.refresh());
    assert.match(
      message,
      /no Rhombus API key\. Looked at.*\/\.rhombus\/credentials does not exist; rhombus login creates it/,
    );
    assert.match(message, /rhombus:profile: \/.*\/\.rhombus\/credentials does not exist/);
    writeKeys(acme.apiKey);
    await fixture.stack.destroy();
    assert.deepEqual(fixture.emulator.remains(), []);
  });
});
