import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkoutOf, type LongReport, obstaclesTo, writeReport } from "../../../tools/testing/longReport.mjs";

const SCRIPT = path.join(__dirname, "../../../tools/releaseCheck.mjs");

const suites = ["faults", "behaviours", "model", "secrets", "kills", "states", "matrix"];
const clean = { commit: "abc", isClean: true };
const good: LongReport = {
  ...clean,
  endedAt: "2026-11-28T00:00:00.000Z",
  passed: 5000,
  failed: 0,
  lines: suites.map((suite) => `${suite}: 1 played, 0 broken`),
};

describe("npm run release:check", () => {
  it("passes for a report of this commit without a failure", () => {
    assert.deepEqual(obstaclesTo(good, clean), []);
  });

  for (const [what, report, checkout, reason] of [
    ["git shows no commit", good, undefined, /git does not show/],
    ["there is no report", undefined, clean, /no report: run `npm run test:long`/],
    ["the report is of another commit", { ...good, commit: "def" }, clean, /of def, and HEAD is abc/],
    ["the long run had local changes", { ...good, isClean: false }, clean, /when the long run took place/],
    ["there are local changes now", good, { ...clean, isClean: false }, /has changes that are not committed/],
    ["a test failed", { ...good, failed: 1 }, clean, /1 tests failed/],
    ["no test ran", { ...good, passed: 0 }, clean, /No test passed/],
    ["a suite did not count", { ...good, lines: good.lines.slice(1) }, clean, /no line of the suite "faults"/],
  ] as const) {
    it(`refuses where ${what}`, () => {
      const [only, ...more] = obstaclesTo(report, checkout);
      assert.match(only ?? "", reason);
      assert.deepEqual(more, []);
    });
  }

  it("judges a checkout by what git says of it", () => {
    const root = mkdtempSync(path.join(tmpdir(), "rhombus-release-"));
    const check = () => spawnSync(process.execPath, [SCRIPT, root], { encoding: "utf8" });
    const git = (...args: string[]) =>
      spawnSync("git", ["-c", "user.name=x", "-c", "user.email=x@example.org", ...args], { cwd: root });
    try {
      git("init");
      writeFileSync(path.join(root, ".gitignore"), ".test-long.json\n");
      git("add", ".gitignore");
      git("commit", "-m", "first");
      assert.match(check().stderr, /no report/);
      writeReport(root, { ...good, ...checkoutOf(root) });
      const { status, stdout } = check();
      assert.equal(status, 0);
      assert.match(stdout, /^faults: [\s\S]*5000 passed, 0 failed: [0-9a-f]{40} may be released\n$/);
      writeFileSync(path.join(root, "new.txt"), "");
      assert.equal(check().status, 1);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
