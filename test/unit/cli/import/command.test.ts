import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { refuseOtherRuntime } from "../../../../provider/cli/pulumi/project";

const ROOT = path.join(__dirname, "../../../..");

/** Runs the command line in this checkout, where there is no Pulumi. */
function run(...words: string[]): { code: number | null; out: string; err: string } {
  const env = { ...process.env, PATH: path.dirname(process.execPath), COLUMNS: "200" };
  const args = ["--import=tsx", "provider/cli/main.ts", "import", ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}

/** What a project file makes of the command. */
function refusedWith(text: string, name = "Pulumi.yaml"): string {
  const folder = mkdtempSync(path.join(tmpdir(), "project-"));
  try {
    writeFileSync(path.join(folder, name), text);
    refuseOtherRuntime(folder);
    return "";
  } catch (error) {
    return String(error);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the project of an import", () => {
  for (const runtime of [
    "python",
    "'python' # 3",
    "\n  name: python",
    "\n  options:\n    name: x\n  name: python",
    "{ name: python }",
  ]) {
    it(`is refused with runtime: ${JSON.stringify(runtime)}`, () => {
      const said = refusedWith(`name: door\nruntime: ${runtime}\nmain: src\n`);
      assert.match(said, /The runtime of .*Pulumi\.yaml is python, and this package needs nodejs\./);
    });
  }

  it("is refused with another runtime in JSON", () => {
    assert.match(refusedWith('{ "name": "nodejs", "runtime": { "name": "go" } }', "Pulumi.json"), /is go, /);
    assert.equal(refusedWith('{ "runtime": "nodejs" }', "Pulumi.json"), "");
  });

  for (const text of ["runtime: nodejs", 'runtime:\n  name: "nodejs"\n  options: {}', "name: no-runtime-here", ""]) {
    it(`is fine with ${JSON.stringify(text)}`, () => assert.equal(refusedWith(text), ""));
  }
});

describe("the command line of import", function () {
  this.timeout(60_000);

  it("says what its exit codes mean", () => {
    const { code, out } = run("--help");
    assert.equal(code, 0);
    for (const line of [/\n {2}0 {2}everything/, /\n {2}1 {2}it failed/, /\n {2}2 {2}something was left out/]) {
      assert.match(out, line);
    }
  });

  it("ends with 1, and no more than a line, where there is no Pulumi", () => {
    const { code, out, err } = run();
    assert.deepEqual([code, out, err], [1, "", "error: There is no pulumi on the PATH.\n"]);
  });

  const wrong: readonly (readonly [words: string, why: RegExp])[] = [
    ["--apply --out file.json", /'--apply' cannot be used with option '--out <file>'/],
    ["--match --program file.ts", /'--match' cannot be used with option '--program <file>'/],
    ["--recover-secrets", /--recover-secrets needs --apply or --out/],
    ["--json --program -", /give either --json or --program -/],
    ["--only Groups", /Allowed choices are OnGuardIntegration, GeneaIntegration/],
  ];
  for (const [words, why] of wrong) {
    it(`refuses ${words}`, () => {
      const { code, err } = run(...words.split(" "));
      assert.equal(code, 1);
      assert.match(err, why);
    });
  }
});
