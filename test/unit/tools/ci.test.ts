import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Machine } from "./machine";

const CI = path.join(__dirname, "../../../.ci/run");

describe(".ci/run", () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
  });
  afterEach(() => machine.remove());

  /** Runs it with an npm that runs the given scripts, and returns the calls of npm. */
  const run = (commands: { ci?: string; verify?: string; test?: string }) => {
    const { ci = ":", verify = ":", test = "echo '7 passed, 0 failed'" } = commands;
    const log = path.join(machine.root, "npm.log");
    const logCall = `echo "$* CI=$CI engine=$PULUMI_RHOMBUS_ENGINE" >> "${log}"`;
    machine.program("npm", `${logCall}\ncase "$1" in\nci) ${ci} ;;\nrun) ${verify} ;;\ntest) ${test} ;;\nesac`);
    const env = { ...machine.env, PATH: `${machine.bin}:/usr/bin:/bin`, TMPDIR: machine.root };
    const { status, stdout } = spawnSync(CI, { env, encoding: "utf8" });
    return { status, last: stdout.trimEnd().split("\n").at(-1), calls: readFileSync(log, "utf8").trim().split("\n") };
  };

  it("installs, verifies and tests, with an engine from the cache or Go modules only", () => {
    const { status, last, calls } = run({});
    assert.deepEqual(calls, [
      "ci CI=true engine=cache,go",
      "run verify CI=true engine=cache,go",
      "test --silent CI=true engine=cache,go",
    ]);
    assert.equal(last, "7 passed, 0 failed");
    assert.equal(status, 0);
  });

  for (const [what, commands, expected] of [
    ["the installation fails", { ci: "exit 1" }, "0 passed, 1 failed"],
    ["a check fails", { verify: "exit 1" }, "0 passed, 1 failed"],
    ["a test fails", { test: "echo '6 passed, 1 failed'; exit 1" }, "6 passed, 1 failed"],
    ["the test runner is killed", { test: "echo '  a test'; kill -KILL $$" }, "0 passed, 1 failed"],
    ["the test runner prints nothing", { test: ":" }, "0 passed, 1 failed"],
  ] as const) {
    it(`fails, and still ends with totals, if ${what}`, () => {
      const { status, last } = run(commands);
      assert.equal(last, expected);
      assert.notEqual(status, 0);
    });
  }
});
