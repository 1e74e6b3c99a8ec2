import assert from "node:assert/strict";
import { campusSeed, type Emulator, startEmulator } from "../../../provider/emulator";
import { program } from "./program";
import { Project } from "./project";

const { acme } = campusSeed;

describe("the packed package, installed in an empty project", function () {
  this.timeout(180_000);
  let project: Project;
  let emulator: Emulator;

  before("packs and installs it", async () => {
    emulator = await startEmulator();
    project = await Project.install();
    project.write(program);
  });
  after("removes the project", async () => {
    project?.remove();
    await emulator?.close();
  });

  it("brings what is built, and nothing else of this repository", () => {
    const others = project.packed.filter(
      (file) =>
        !/^(?:dist\/|docs\/[\w/-]+\.md$|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$|SECURITY\.md$)/.test(file),
    );
    assert.deepEqual(others, []);
    for (const file of ["dist/index.js", "dist/index.d.ts", "dist/runtime.js", "dist/cli/main.js", "docs/secrets.md"]) {
      assert.ok(project.packed.includes(file), file);
    }
  });

  it("gives a strict program its types under node16", () => project.run("npx", "--no-install", "tsc", "-p", "."));

  it("gives a strict program its types under a bundler", async () => {
    await project.run(
      "npx",
      "--no-install",
      "tsc",
      "-p",
      ".",
      "--module",
      "esnext",
      "--moduleResolution",
      "bundler",
      "--skipLibCheck",
    );
  });

  it("opens its provider and its emulator to programs, and nothing deeper", async () => {
    const opened = [
      "pulumi-rhombus",
      "pulumi-rhombus/provider",
      "pulumi-rhombus/emulator",
      "pulumi-rhombus/package.json",
    ];
    for (const name of opened) await project.run("node", "-e", `require(${JSON.stringify(name)})`);
    for (const name of ["dist/index.js", "dist/core/operations/create.js", "dist/rhombus/api/client"]) {
      const deep = project.run("node", "-e", `require("pulumi-rhombus/${name}")`);
      await assert.rejects(deep, /ERR_PACKAGE_PATH_NOT_EXPORTED/, name);
    }
  });

  it("brings its command line", async () => {
    assert.match(await project.run("npx", "--no-install", "pulumi-rhombus", "emulator", "--help"), /--port/);
    const help = await project.run("npx", "--no-install", "pulumi-rhombus", "--help");
    for (const command of ["audit", "doctor", "import", "review"])
      assert.match(help, new RegExp(`^ {2}${command} `, "m"));
  });

  it("deploys a TypeScript program by pulumi up, then has nothing to do", async () => {
    const plain = [
      "--plaintext",
      `rhombus:endpoint=${emulator.url}`,
      "--plaintext",
      `lobbyCamera=${acme.cameras.lobby.uuid}`,
    ];
    const secrets = { "rhombus:apiKey": acme.apiKey, geneaToken: acme.genea.apiToken, kisiKey: acme.kisi.apiSecretKey };
    const secret = Object.entries(secrets).flatMap(([key, value]) => ["--secret", `${key}=${value}`]);
    await project.run("pulumi", "stack", "init", "dev", "--non-interactive");
    await project.run("pulumi", "config", "set-all", ...plain, ...secret, "--non-interactive");
    const shown = await project.run("pulumi", "up", "--yes", "--skip-preview", "--non-interactive");
    assert.match(shown, /webhookUrl: \[secret\]/);
    const url = await project.run("pulumi", "stack", "output", "webhookUrl", "--show-secrets");
    assert.equal(url.trim(), emulator.console(acme.orgUuid).onGuard()[0]?.webhookUrl);
    await project.run("pulumi", "preview", "--expect-no-changes", "--non-interactive");
  });

  it("destroys what it has deployed", async () => {
    await project.run("pulumi", "destroy", "--yes", "--skip-preview", "--non-interactive");
    assert.deepEqual(emulator.remains(), []);
  });
});
