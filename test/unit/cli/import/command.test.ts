import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { refuseOtherRuntime } from "../../../../provider/cli/pulumi/project";
import { build, ROOT, runMain } from "../commandLine";

/** Runs the command line in this checkout, where there is no Pulumi. */
async function run(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, PATH: path.dirname(process.execPath), COLUMNS: "200" };
  const { code, stdout, stderr } = await runMain(["import", ...words], ROOT, env);
  return { code, out: stdout, err: stderr };
}

/** The error of the command for a project file; empty if it is accepted. */
function refusedWith(text: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), "project-"));
  try {
    writeFileSync(path.join(folder, "Pulumi.yaml"), text);
    refuseOtherRuntime(folder);
    return "";
  } catch (error) {
    return String(error);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the project of an import", () => {
  it("must have a program for Node", () => {
    assert.match(
      refusedWith("runtime: python"),
      /The runtime of .*Pulumi\.yaml is python, and this package needs nodejs\./,
    );
    assert.deepEqual([refusedWith("runtime: nodejs"), refusedWith("")], ["", ""]);
  });
});

describe("the command line of import", function () {
  this.timeout(60_000);
  before(build);

  it("explains its exit codes", async () => {
    const { code, out } = await run("--help");
    assert.equal(code, 0);
    for (const line of [/\n {2}0 {2}everything/, /\n {2}1 {2}it failed/, /\n {2}2 {2}something was left out/]) {
      assert.match(out, line);
    }
  });

  it("exits with 1 and one line without Pulumi", async () => {
    const { code, out, err } = await run();
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
    it(`refuses ${words}`, async () => {
      const { code, err } = await run(...words.split(" "));
      assert.equal(code, 1);
      assert.match(err, why);
    });
  }
});
