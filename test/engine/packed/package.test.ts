import assert from "node:assert/strict";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { campusSeed, type Emulator, startEmulator } from "../../../provider/emulator";
import { npmEnv } from "../../../tools/npmEnv.mjs";
import { itLong } from "../../longRun";
import { run } from "../command";
import { engineEnv, makePulumiFolder } from "../engine";

const ROOT = path.resolve(__dirname, "../../..");
const { acme } = campusSeed;

/** The packages that a user installs beside it. */
const BESIDE = ["@pulumi/pulumi", "typescript", "@types/node"];

/** The files of a user's program beside that of examples/quickstart. They are compiled where the package is installed. */
const program = {
  "Pulumi.yaml": "name: packed\nruntime: nodejs\n",
  "imports.ts": `import { campusSeed, type Emulator, startEmulator } from "pulumi-rhombus/emulator";
import * as provider from "pulumi-rhombus/provider";

export const emulator: Promise<Emulator> = startEmulator({ seed: "campus" });
export const key: string = campusSeed.acme.apiKey;
export const check: unknown = provider.AccessControlGroup.check;
`,
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      ...{ target: "ES2022", module: "node16", moduleResolution: "node16", types: ["node"] },
      ...{ strict: true, noEmit: true, skipLibCheck: false },
    },
    files: ["index.ts", "imports.ts"],
  }),
};

describe("the packed package in an empty project", function () {
  this.timeout(180_000);
  let folder: string;
  let packed: string[];
  let emulator: Emulator;

  before("packs and installs the package", async () => {
    emulator = await startEmulator();
    folder = makePulumiFolder();
    // A build would remove `dist` while other tests use it.
    const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
    const [listed]: { filename: string; files: { path: string }[] }[] = JSON.parse(
      await run("npm", pack, { cwd: ROOT, env: npmEnv() }),
    );
    assert.ok(listed);
    packed = listed.files.map((file) => file.path);
    // With the versions of this checkout, which npm has in its cache.
    const beside = BESIDE.map((name) => {
      const manifest: { version: string } = JSON.parse(
        readFileSync(path.join(ROOT, "node_modules", name, "package.json"), "utf8"),
      );
      return [name, manifest.version];
    });
    const dependencies = { ...Object.fromEntries(beside), "pulumi-rhombus": `file:${listed.filename}` };
    const files = { ...program, "package.json": JSON.stringify({ name: "a-user", private: true, dependencies }) };
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    cpSync(path.join(ROOT, "examples/quickstart/index.ts"), path.join(folder, "index.ts"));
    await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund"], { cwd: folder, env: npmEnv() });
  });
  after("removes the project", async () => {
    rmSync(folder, { recursive: true, force: true });
    await emulator?.close();
  });
  const inProject = async (file: string, ...args: string[]) =>
    run(file, args, { cwd: folder, env: { ...process.env, ...(await engineEnv(folder)) } });

  it("contains dist, the pages, and no other file of this repository", () => {
    const allowed = /^(?:dist\/|docs\/[\w/-]+\.md$|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$|SECURITY\.md$)/;
    assert.deepEqual(
      packed.filter((file) => !allowed.test(file)),
      [],
    );
    for (const file of ["dist/index.js", "dist/index.d.ts", "dist/runtime.js", "dist/cli/main.js", "docs/secrets.md"]) {
      assert.ok(packed.includes(file), file);
    }
  });

  itLong("has types for a strict program", async () => void (await inProject("npx", "--no-install", "tsc", "-p", ".")));

  it("exports its provider and its emulator, and no deeper module", async () => {
    const script = `
      for (const name of ["", "/provider", "/emulator", "/package.json"]) require("pulumi-rhombus" + name);
      for (const name of ["/dist/index.js", "/dist/core/operations/create.js", "/dist/rhombus/api/client"])
        require("node:assert").throws(() => require("pulumi-rhombus" + name), { code: "ERR_PACKAGE_PATH_NOT_EXPORTED" });`;
    await inProject("node", "-e", script);
  });

  it("has a command line", async () => {
    const help = await inProject("npx", "--no-install", "pulumi-rhombus", "--help");
    for (const command of ["audit", "doctor", "emulator", "import", "review"]) {
      assert.match(help, new RegExp(`^ {2}${command} `, "m"));
    }
  });

  it("deploys a TypeScript program, and destroys it", async () => {
    const pulumi = (...args: string[]) => inProject("pulumi", ...args, "--non-interactive");
    const endpoint = ["--plaintext", `rhombus:endpoint=${emulator.url}`];
    await pulumi("stack", "init", "dev");
    await pulumi("config", "set-all", ...endpoint, "--secret", `rhombus:apiKey=${acme.apiKey}`);
    assert.match(await pulumi("up", "--yes", "--skip-preview"), /webhookUrl: \[secret\]/);
    const url = await pulumi("stack", "output", "webhookUrl", "--show-secrets");
    assert.equal(url.trim(), emulator.console(acme.orgUuid).onGuard()[0]?.webhookUrl);
    await pulumi("destroy", "--yes", "--skip-preview");
    assert.deepEqual(emulator.remains(), []);
  });
});
