import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { campusSeed } from "../../provider/emulator";
import { prepare } from "../../tools/setup.mjs";

const ROOT = path.join(__dirname, "../..");
const EXAMPLES = path.join(ROOT, "examples");
const all = readdirSync(EXAMPLES).filter((name) => existsSync(path.join(EXAMPLES, name, "package.json")));
/** The examples outside of the workspace, which `npm run check:examples` compiles and tests. */
const outside = all.filter((name) => existsSync(path.join(EXAMPLES, name, "package-lock.json")));
const names = all.filter((name) => !outside.includes(name));

describe("the examples", function () {
  this.timeout(120_000);
  let program: ts.Program;
  // The examples are compiled against the built package, as users have it.
  before(async () => {
    await prepare({ engine: false, install: false, log: () => {} });
    // One program, so that shared imports are checked once.
    const files = names.flatMap((name) => settingsOf(name).fileNames);
    program = ts.createProgram(files, settingsOf("quickstart").options);
  });

  for (const name of names) {
    it(`${name} compiles under strict rules`, () => {
      const { options, fileNames, raw } = settingsOf(name);
      assert.deepEqual(raw, settingsOf("quickstart").raw);
      assert.ok(options.strict && options.noUncheckedIndexedAccess);
      // Without this setting, old SDKs such as 3.216 use one that conflicts with `module`.
      assert.equal(options.moduleResolution, ts.ModuleResolutionKind.Node16);
      assert.ok(fileNames.length > 0);
      assert.deepEqual(errorsIn(program, fileNames), []);
    });
  }

  it("are listed on the page about the installation", () => {
    const page = readFileSync(path.join(ROOT, "docs/installation-configuration.md"), "utf8");
    for (const name of all) assert.ok(page.includes(`[${name}](../examples/${name}/`), name);
  });

  it("agree: the config on the page of the policies lists the grants of who-opens-what that always hold", () => {
    const textIn = (file: string) => readFileSync(path.join(EXAMPLES, file), "utf8");
    const always = [...textIn("who-opens-what/access.yaml").matchAll(/^ {2}(\w.*):\n(?: {4}.*\n)*? {4}always: true/gm)];
    const config = JSON.parse(/^echo '(.*)' > policy-config\.json$/m.exec(textIn("policy/README.md"))?.[1] ?? "");
    assert.deepEqual(
      config["grants-have-schedules"]?.grants,
      always.map(([, name]) => `${campusSeed.acme.locations.headquarters.uuid}/${name}`),
    );
    assert.ok(always.length > 0);
  });

  it("quickstart has fewer than 20 lines", () => {
    const lines = readFileSync(path.join(EXAMPLES, "quickstart/index.ts"), "utf8").trimEnd().split("\n");
    assert.ok(lines.length < 20, `${lines.length} lines`);
  });

  for (const [name, file, count] of [
    ["unit-tests", "index.test.ts", 3],
    ["policy", "policies.test.ts", 6],
    ["who-opens-what", "index.test.ts", 28],
  ] as const) {
    it(`${name} has tests that pass`, () => {
      const run = spawnSync(process.execPath, ["--import=tsx", "--test", "--test-reporter=tap", file], {
        cwd: path.join(EXAMPLES, name),
        // Node's test runner sets this variable for its child processes, which then report in another form.
        env: { ...process.env, NODE_TEST_CONTEXT: undefined },
        encoding: "utf8",
      });
      assert.match(run.stdout, new RegExp(`# pass ${count}\n# fail 0`));
      assert.equal(run.status, 0);
    });
  }
});

describe("the examples outside of the workspace", () => {
  const root = manifestIn(ROOT);

  it("are those with a lock file of their own", () => {
    assert.deepEqual(root.workspaces, ["examples/*", ...outside.map((name) => `!examples/${name}`)]);
  });

  for (const name of outside) {
    const folder = path.join(EXAMPLES, name);

    it(`${name} names exact versions, and compiles under the same rules as the others`, () => {
      const { dependencies, devDependencies } = manifestIn(folder);
      const { "pulumi-rhombus": own, ...others } = { ...dependencies, ...devDependencies };
      assert.equal(own, "file:../..");
      for (const [dependency, version] of Object.entries(others)) assert.match(version, /^\d+\.\d+\.\d+$/, dependency);
      const { raw } = settingsOf(name);
      // The code of a Lambda is JavaScript.
      const { allowJs, ...compilerOptions } = raw.compilerOptions;
      assert.deepEqual({ ...raw, compilerOptions }, settingsOf("quickstart").raw);
    });

    it(`${name} has a lock file with the dependencies of this package`, () => {
      const lock: { packages: Record<string, Manifest> } = readJson(path.join(folder, "package-lock.json"));
      const locked = lock.packages["node_modules/pulumi-rhombus"];
      assert.deepEqual(
        [locked?.dependencies, locked?.peerDependencies],
        [root.dependencies, root.peerDependencies],
        `run \`npm install ../.. --package-lock-only\` in examples/${name}`,
      );
    });
  }
});

interface Manifest {
  readonly workspaces?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

function manifestIn(folder: string): Manifest {
  return readJson(path.join(folder, "package.json"));
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8"));
}

function settingsOf(name: string): ts.ParsedCommandLine {
  const file = path.join(EXAMPLES, name, "tsconfig.json");
  const { config } = ts.readConfigFile(file, ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, path.dirname(file));
}

function errorsIn(program: ts.Program, fileNames: readonly string[]): string[] {
  const general = [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()];
  const own = fileNames.flatMap((name) => ts.getPreEmitDiagnostics(program, program.getSourceFile(name)));
  return [...general, ...own].map(({ file, messageText }) => {
    return `${path.basename(file?.fileName ?? "")}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}
