import assert from "node:assert/strict";
import { chmodSync, cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { campusSeed, type Emulator, startEmulator } from "../../provider/emulator";
import { prepare } from "../../tools/setup.mjs";
import { Command } from "./command";
import { engineEnv, makePulumiFolder } from "./engine";

const ROOT = path.join(__dirname, "../..");
const { acme } = campusSeed;

const CAMERA = `assignedCameraList: ["${acme.cameras.lobby.uuid}"]`;

const PROGRAM = `import * as pulumi from "@pulumi/pulumi";
import * as rhombus from "pulumi-rhombus";
new rhombus.OnGuardIntegration("badges", {
  displayName: "HQ OnGuard",
  doorInfoMap: {
    "1:4": { doorName: "Lobby" },
    "2:7": { doorName: "Listed", ${CAMERA}, remoteUnlock: true },
    "2:8": { doorName: "Not listed", ${CAMERA}, remoteUnlock: pulumi.secret(true) },
  },
});
`;

describe("the policy pack in examples/policy on the real engine", function () {
  this.timeout(180_000);
  let emulator: Emulator;
  let folder: string;
  before(async () => {
    await prepare({ engine: false, install: false, log: () => {} });
    emulator = await startEmulator();
    folder = makePulumiFolder();
  });
  after(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("refuses a door without a camera and a remote unlock that its config does not list, and nothing is created", async () => {
    const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
    symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
    write("Pulumi.yaml", "name: program\nruntime: nodejs\n");
    write("index.ts", PROGRAM);
    write("policy-config.json", JSON.stringify({ "remote-unlock-is-listed": { doors: ["onguard/HQ OnGuard/2:7"] } }));
    cpSync(path.join(ROOT, "examples/policy"), path.join(folder, "policy"), { recursive: true });
    // The language host of an engine that is built from Go modules cannot run policy packs. For a runtime without a
    // language host, every engine starts a program with this name instead.
    write("policy/PulumiPolicy.yaml", "runtime: launched\n");
    mkdirSync(path.join(folder, "bin"));
    write(
      "bin/pulumi-analyzer-policy-launched",
      `#!/bin/sh\nexec node "${ROOT}/node_modules/@pulumi/pulumi/cmd/run-policy-pack" "$1" .\n`,
    );
    chmodSync(path.join(folder, "bin/pulumi-analyzer-policy-launched"), 0o755);
    const { PATH, ...env } = await engineEnv(folder);
    const pulumi = async (...args: string[]) => {
      const command = new Command("pulumi", [...args, "--non-interactive"], {
        cwd: folder,
        env: {
          ...process.env,
          ...env,
          PATH: `${path.join(folder, "bin")}${path.delimiter}${PATH}`,
          PULUMI_NODEJS_TRANSPILE_ONLY: "true",
          RHOMBUS_API_KEY: acme.apiKey,
          RHOMBUS_ENDPOINT_URL: emulator.url,
        },
      });
      return { code: await command.ended, text: command.text };
    };

    await pulumi("stack", "init", "dev");
    const pack = ["--policy-pack", "policy", "--policy-pack-config", "policy-config.json"];
    const { code, text } = await pulumi("up", "--yes", "--skip-preview", ...pack);
    assert.notEqual(code, 0, text);
    assert.match(text, /\[mandatory\] {2}doors-have-cameras .*OnGuardIntegration: badges\)/);
    assert.deepEqual(text.match(/(?:Add|Remove) .* door "onguard\/.*/g), [
      'Add a camera to the assignedCameraList of door "onguard/HQ OnGuard/1:4", or remove the door.',
      'Remove remoteUnlock from door "onguard/HQ OnGuard/2:8", or have the door added to the config of the policy pack.',
    ]);
    assert.deepEqual(emulator.remains(), []);
  });
});
