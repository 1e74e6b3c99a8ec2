import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readReport } from "../../../tools/testing/longReport.mjs";
import { Project } from "./project";

describe("npm test", function () {
  this.timeout(120_000);
  let project: Project;
  beforeEach(() => {
    project = new Project();
    project.makeTestable();
  });
  afterEach(() => project.remove());

  const suite = (name: string, ...bodies: string[]): void =>
    project.write(`test/${name}.test.ts`, bodies.map((body, index) => `it("${name} ${index}", ${body});`).join("\n"));

  const PASS = "() => {}";
  const FAIL = '() => { throw new Error("on purpose"); }';

  it("ends with the totals of all groups, each printed in one piece", () => {
    suite("core/units", PASS, PASS);
    suite("engine/demo", PASS);
    suite(
      "engine/stack",
      "() => { if (!process.env.PULUMI_RHOMBUS_ENGINE_BIN?.endsWith('bin')) throw new Error('none'); }",
    );
    suite("engine/packed/package", PASS);
    suite("laws/faults/total", PASS);
    const { status, lines, output } = project.test();
    assert.equal(lines.at(-1), "6 passed, 0 failed");
    assert.equal(status, 0);
    assert.match(
      output,
      /core\/units 0[\s\S]*engine\/demo 0[\s\S]*3 passing[\s\S]*engine\/stack 0[\s\S]*1 passing[\s\S]*packed\/package 0[\s\S]*1 passing[\s\S]*faults\/total 0[\s\S]*1 passing[\s\S]*The slowest tests:/,
    );
  });

  it("fails when a test fails, in any group, if no test ran, and if the set-up fails", () => {
    assert.deepEqual(project.test().lines.at(-1), "0 passed, 1 failed");
    suite("core/units", PASS, FAIL);
    suite("engine/stack", FAIL, PASS);
    const { status, lines } = project.test();
    assert.deepEqual([lines.at(-1), status], ["2 passed, 2 failed", 1]);
    project.npm({ build: "exit 2" });
    project.age("dist/index.js", 60);
    const broken = project.test();
    assert.deepEqual([broken.lines.at(-1), broken.status], ["0 passed, 1 failed", 1]);
    assert.match(broken.output, /npm run build failed \(exit 2\)/);
  });

  it("counts a skipped test as failed, except in live suites", () => {
    project.write("test/core/units.test.ts", 'it("runs", () => {}); it.skip("is put off", () => {});');
    project.write("test/laws/liveOrganization/group.test.ts", 'it("needs a key", function () { this.skip(); });');
    const { status, lines, output } = project.test();
    assert.equal(lines.at(-1), "1 passed, 1 failed");
    assert.equal(status, 1);
    assert.match(output, /skipped, which counts as failed: is put off/);
  });

  it("counts suites that end mocha or do not compile as failed, and still runs the others", () => {
    suite("core/units", PASS, "() => process.exit(0)");
    suite("engine/stack", PASS);
    project.write("test/laws/faults/broken.test.ts", "it(;");
    const { status, lines, output } = project.test();
    assert.equal(lines.at(-1), "1 passed, 2 failed");
    assert.equal(status, 1);
    assert.match(output, /mocha ended early \(exit 0\)/);
  });

  it("runs the given files and names, and fails if none matches", () => {
    suite("core/units", PASS, FAIL);
    assert.equal(project.test("test/core/*.test.ts", "--grep", "units 0").lines.at(-1), "1 passed, 0 failed");
    assert.equal(project.test("--grep", "no such name").lines.at(-1), "0 passed, 1 failed");
  });

  it("leaves the suites in a browser and with another cloud to their own commands", () => {
    suite("core/units", PASS);
    suite("browser/page", FAIL);
    suite("cloud/secret", FAIL);
    assert.equal(project.test().lines.at(-1), "1 passed, 0 failed");
  });

  it("prints the counts of the suites above the totals, and runs the long suites with --long", () => {
    const report = 'require("node:fs").appendFileSync(process.env.PULUMI_RHOMBUS_COUNTS, "NAME: 7 scenarios\\n")';
    suite("core/units", `() => { ${report.replace("NAME", "units")}; }`);
    suite("core/long", `() => { if (process.env.PULUMI_RHOMBUS_LONG === "1") ${report.replace("NAME", "long")}; }`);
    assert.deepEqual(project.test().lines.slice(-2), ["units: 7 scenarios", "2 passed, 0 failed"]);
    assert.deepEqual(project.test("--long").lines.slice(-3, -1), ["long: 7 scenarios", "units: 7 scenarios"]);
  });

  it("writes a report of the whole long run, and of no other", () => {
    suite("core/units", PASS);
    project.program("git", 'git "$@"');
    project.write(".gitignore", "node_modules\ndist\n.test-long.json\n");
    const git = (...args: string[]) =>
      spawnSync("git", ["-c", "user.name=x", "-c", "user.email=x@example.org", ...args], { cwd: project.checkout });
    project.test();
    git("init");
    git("add", "--all");
    git("commit", "--message", "first");
    project.test("--long", "--grep", "units");
    assert.equal(readReport(project.checkout), undefined);
    project.test("--long");
    const { passed, failed, isClean, commit } = readReport(project.checkout) ?? {};
    assert.deepEqual([passed, failed, isClean], [1, 0, true]);
    assert.match(commit ?? "", /^[0-9a-f]{40}$/);
  });

  it("ends processes that a test did not end", () => {
    const leak = '() => { require("node:child_process").spawn("/bin/sleep", ["600"], { stdio: "inherit" }).unref(); }';
    suite("engine/stack", leak);
    assert.equal(project.test().lines.at(-1), "1 passed, 0 failed");
  });
});
