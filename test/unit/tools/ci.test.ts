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
  const run = (commands: { ci?: string; verify?: string; browser?: string; examples?: string; test?: string }) => {
    const {
      ci = ":",
      verify = ":",
      browser = "echo '2 passed, 0 failed'",
      examples = "echo '3 passed, 0 failed'",
      test = "echo '7 passed, 0 failed'",
    } = commands;
    const log = path.join(machine.root, "npm.log");
    const logCall = `echo "$* CI=$CI engine=$PULUMI_RHOMBUS_ENGINE" >> "${log}"`;
    const branches = [
      `ci) ${ci} ;;\nverify) ${verify} ;;`,
      `test:browser) ${browser} ;;\ncheck:examples) ${examples} ;;\ntest) ${test} ;;`,
    ].join("\n");
    machine.program("npm", `${logCall}\nfor last in "$@"; do :; done\ncase "$last" in\n${branches}\nesac`);
    const env = { ...machine.env, PATH: `${machine.bin}:/usr/bin:/bin`, TMPDIR: machine.root };
    const { status, stdout } = spawnSync(CI, { env, encoding: "utf8" });
    return { status, last: stdout.trimEnd().split("\n").at(-1), calls: readFileSync(log, "utf8").trim().split("\n") };
  };

  it("installs, verifies and tests, also in a browser and the examples, with an engine from the cache or Go modules only", () => {
    const { status, last, calls } = run({});
    assert.deepEqual(calls, [
      "ci CI=true engine=cache,go",
      "run verify CI=true engine=cache,go",
      "run --silent test:browser CI=true engine=cache,go",
      "run --silent check:examples CI=true engine=cache,go",
      "run --silent test CI=true engine=cache,go",
    ]);
    assert.equal(last, "12 passed, 0 failed");
    assert.equal(status, 0);
  });

  it("passes if the tests in a browser were skipped", () => {
    const { status, last } = run({ browser: "echo '0 passed, 0 failed'" });
    assert.deepEqual([last, status], ["10 passed, 0 failed", 0]);
  });

  for (const [what, commands, expected] of [
    ["the installation fails", { ci: "exit 1" }, "0 passed, 1 failed"],
    ["a check fails", { verify: "exit 1" }, "0 passed, 1 failed"],
    ["a test fails", { test: "echo '6 passed, 1 failed'; exit 1" }, "11 passed, 1 failed"],
    ["an example fails", { examples: "echo '2 passed, 1 failed'; exit 1" }, "11 passed, 1 failed"],
    ["a test in a browser fails", { browser: "echo '1 passed, 2 failed'; exit 1" }, "11 passed, 2 failed"],
    ["the tests in a browser are killed", { browser: "kill -KILL $$" }, "0 passed, 1 failed"],
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
