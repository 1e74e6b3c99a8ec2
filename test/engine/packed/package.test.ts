import assert from "node:assert/strict";
import { campusSeed, type Emulator, startEmulator } from "../../../provider/emulator";
import { program } from "./program";
import { Project } from "./project";

const { acme } = campusSeed;

describe("the packed package in an empty project", function () {
  this.timeout(180_000);
  let project: Project;
  let emulator: Emulator;

  before("installs the package", async () => {
    emulator = await startEmulator();
    project = await Project.install();
    project.write(program);
  });
  after("removes the project", async () => {
    project?.remove();
    await emulator?.close();
  });

  it("contains dist, the pages, and no other file of this repository", () => {
    const allowed = /^(?:dist\/|docs\/[\w/-]+\.md$|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$|SECURITY\.md$)/;
    assert.deepEqual(
      project.packed.filter((file) => !allowed.test(file)),
      [],
    );
    for (const file of ["dist/index.js", "dist/index.d.ts", "dist/runtime.js", "dist/cli/main.js", "docs/secrets.md"]) {
      assert.ok(project.packed.includes(file), file);
    }
  });

  it("has types for a strict program", () => project.run("npx", "--no-install", "tsc", "-p", "."));

  it("exports its provider and its emulator, and no deeper module", async () => {
    const script = `
      for (const name of ["", "/provider", "/emulator", "/package.json"]) require("pulumi-rhombus" + name);
      for (const name of ["/dist/index.js", "/dist/core/operations/create.js", "/dist/rhombus/api/client"])
        require("node:assert").throws(() => require("pulumi-rhombus" + name), { code: "ERR_PACKAGE_PATH_NOT_EXPORTED" });`;
    await project.run("node", "-e", script);
  });

  it("has a command line", async () => {
    const help = await project.run("npx", "--no-install", "pulumi-rhombus", "--help");
    for (const command of ["audit", "doctor", "emulator", "import", "review"]) {
      assert.match(help, new RegExp(`^ {2}${command} `, "m"));
    }
  });

  it("deploys a TypeScript program, shows no change afterwards, and destroys it", async () => {
    const secrets = { "rhombus:apiKey": acme.apiKey, geneaToken: acme.genea.apiToken, kisiKey: acme.kisi.apiSecretKey };
    const config = [
      ...["--plaintext", `rhombus:endpoint=${emulator.url}`, "--plaintext", `lobbyCamera=${acme.cameras.lobby.uuid}`],
      ...Object.entries(secrets).flatMap(([key, value]) => ["--secret", `${key}=${value}`]),
    ];
    const pulumi = (...args: string[]) => project.run("pulumi", ...args, "--non-interactive");
    await pulumi("stack", "init", "dev");
    await pulumi("config", "set-all", ...config);
    assert.match(await pulumi("up", "--yes", "--skip-preview"), /webhookUrl: \[secret\]/);
    const url = await pulumi("stack", "output", "webhookUrl", "--show-secrets");
    assert.equal(url.trim(), emulator.console(acme.orgUuid).onGuard()[0]?.webhookUrl);
    await pulumi("preview", "--expect-no-changes");
    await pulumi("destroy", "--yes", "--skip-preview");
    assert.deepEqual(emulator.remains(), []);
  });
});
