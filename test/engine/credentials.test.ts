import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ConfigMap, PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { campusSeed, type Emulator, type EmulatorOptions, startEmulator } from "../../provider/emulator";
import { secretLines } from "../../provider/rhombus/settings/clientCertificate";
import { Authority, type Certified } from "../certificates";
import { assertHidden, knownSecrets, madeSecrets } from "./fixture";
import { refusal, TestStack } from "./stack";

const { acme, bluebird } = campusSeed;

const program: PulumiFn = async () => {
  new rhombus.AccessControlGroup("staff", { description: "All" });
  new rhombus.OnGuardIntegration("hq", { displayName: "HQ" });
};

/** An emulated Rhombus and a stack, with a home folder that is the user's as far as both know. */
class Stage {
  readonly secrets = new Set(knownSecrets());
  readonly #home = realpathSync(mkdtempSync(path.join(tmpdir(), "rhombus-home-")));
  #emulator: Emulator | undefined;
  #stack: TestStack | undefined;

  get emulator(): Emulator {
    return this.#emulator ?? assert.fail("the stage is not set");
  }

  get stack(): TestStack {
    return this.#stack ?? assert.fail("the stage is not set");
  }

  /** Sets the stage; the configuration is made once it is known where the emulator listens. */
  async set(options: EmulatorOptions, config: (url: string) => ConfigMap, env: Record<string, string>): Promise<void> {
    const emulator = await startEmulator(options);
    this.#emulator = emulator;
    const onRun = () => {
      for (const secret of madeSecrets(emulator)) this.secrets.add(secret);
    };
    this.#stack = await TestStack.open({ config: config(emulator.url), env: { HOME: this.#home, ...env }, onRun });
  }

  /** Writes a file into the home folder, and gives its path. */
  write(name: string, ...lines: string[]): string {
    const file = path.join(this.#home, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, lines.join("\n"), { mode: 0o600 });
    return file;
  }

  async clear(): Promise<void> {
    try {
      if (this.#stack && this.#emulator) assertHidden(this.secrets, this.#stack, this.#emulator);
    } finally {
      this.#stack?.close();
      await this.#emulator?.close();
      rmSync(this.#home, { recursive: true });
    }
  }
}

describe("a program whose key goes with a client certificate", function () {
  this.timeout(120_000);
  const stage = new Stage();
  let client: Certified;
  before("sets the stage", async () => {
    const authority = new Authority();
    client = authority.issue({ name: "acme", serialNumber: "f00dbabe" });
    for (const line of secretLines(client.key)) stage.secrets.add(line);
    const config = (url: string): ConfigMap => ({
      "rhombus:endpoint": { value: url },
      "rhombus:apiKey": { value: acme.apiKey, secret: true },
      "rhombus:clientCertificate": { value: stage.write("certs/client.pem", client.certificate) },
      "rhombus:clientKey": { value: client.key, secret: true },
    });
    const env = { NODE_EXTRA_CA_CERTS: stage.write("certs/authority.pem", authority.certificate) };
    await stage.set({ tls: { ...authority.issue(), clientAuthority: authority.certificate } }, config, env);
  });
  after(() => stage.clear());

  it("deploys, and has nothing to do afterwards", async () => {
    const { steps } = await stage.stack.up(program);
    assert.deepEqual([...steps].sort(), ["create hq", "create staff"]);
    await stage.stack.expectNoDrift();
    await stage.stack.expectNothingToDo();
    assert.ok(stage.emulator.requests().every(({ headers }) => headers["x-auth-scheme"] === "api"));
  });

  it("is told where a file was looked for that is not there", async () => {
    await stage.stack.setConfig("rhombus:clientCertificate", "certs/client.pem");
    const { message } = await refusal(stage.stack.preview());
    assert.match(
      message,
      /the file \/.*\/rhombus-engine-\w+\/certs\/client\.pem does not exist \(looked for from \/.*engine-\w+\)/,
    );
    await stage.stack.setConfig("rhombus:clientCertificate", "~/certs/client.pem");
    await stage.stack.expectNothingToDo();
  });

  it("leaves nothing behind", async () => {
    await stage.stack.destroy();
    assert.deepEqual(stage.emulator.remains(), []);
  });
});

describe("a program whose key is in a profile of the vendor's command line", function () {
  this.timeout(120_000);
  const stage = new Stage();
  const writeKeys = (own: string) =>
    stage.write(".rhombus/credentials", "[default]", `api_key = ${own}`, "[clinic]", `api_key = ${bluebird.apiKey}`);
  before("sets the stage", async () => {
    await stage.set({}, () => ({}), {});
    const endpoint = `endpoint_url = ${stage.emulator.url}`;
    stage.write(".rhombus/config", "[default]", endpoint, "[profile clinic]", endpoint);
    writeKeys(acme.apiKey);
  });
  after(() => stage.clear());

  it("deploys with no setting at all, and with a profile for an explicit provider", async () => {
    await stage.stack.up(async () => {
      const provider = new rhombus.Provider("clinic", { profile: "clinic" });
      new rhombus.AccessControlGroup("staff");
      new rhombus.AccessControlGroup("nurses", {}, { provider });
    });
    assert.deepEqual(stage.emulator.remains(), [
      `${acme.name}: access control group "staff"`,
      `${bluebird.name}: access control group "nurses"`,
    ]);
    await stage.stack.expectNothingToDo();
  });

  it("keeps of an explicit provider no more than the profile's name", async () => {
    const stored = await stage.stack.stored("clinic");
    assert.equal(stored?.inputs["rhombus:profile"], "clinic");
    assert.equal(Object.keys(stored?.inputs ?? {}).filter((name) => name.startsWith("rhombus:")).length, 1);
  });

  it("refreshes with a key that was rotated there, before any other deployment", async () => {
    writeKeys(acme.rotatedApiKey);
    await stage.stack.expectNoDrift();
  });

  it("is told by a refresh where the key was when the file is gone, and forgets nothing", async () => {
    rmSync(writeKeys(acme.apiKey));
    const { message } = await refusal(stage.stack.refresh());
    assert.match(
      message,
      /no Rhombus API key\. Looked at.*\/\.rhombus\/credentials does not exist; rhombus login creates it/,
    );
    assert.match(message, /rhombus:profile: \/.*\/\.rhombus\/credentials does not exist/);
    assert.ok(await stage.stack.stored("nurses"));
  });

  it("leaves nothing behind", async () => {
    writeKeys(acme.apiKey);
    await stage.stack.destroy();
    assert.deepEqual(stage.emulator.remains(), []);
  });
});
