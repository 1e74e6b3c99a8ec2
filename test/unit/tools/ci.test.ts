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
  const run = (commands: Partial<Record<"ci" | "verify" | "browser" | "examples" | "test" | "cloud", string>>) => {
    const {
      ci = ":",
      verify = ":",
      browser = "echo '2 passed, 0 failed'",
      examples = "echo '3 passed, 0 failed'",
      test = "echo '7 passed, 0 failed'",
      cloud = "echo '5 passed, 0 failed'",
    } = commands;
    const log = path.join(machine.root, "npm.log");
    const logCall = `echo "$* CI=$CI engine=$PULUMI_RHOMBUS_ENGINE" >> "${log}"`;
    const branches = [
      `ci) ${ci} ;;\n*\\ verify) ${verify} ;;`,
      `*\\ test:browser) ${browser} ;;\n*\\ check:examples) ${examples} ;;`,
      `*\\ test) ${test} ;;\n*\\ test:cloud\\ *) ${cloud} ;;`,
    ].join("\n");
    machine.program("npm", `${logCall}\ncase "$*" in\n${branches}\nesac`);
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
      "run --silent test:cloud -- --cached CI=true engine=cache,go",
    ]);
    assert.equal(last, "17 passed, 0 failed");
    assert.equal(status, 0);
  });

  it("passes if the tests with another cloud were skipped", () => {
    const { status, last } = run({ cloud: "echo '0 passed, 0 failed'" });
    assert.deepEqual([last, status], ["12 passed, 0 failed", 0]);
  });

  it("passes if the tests in a browser were skipped", () => {
    const { status, last } = run({ browser: "echo '0 passed, 0 failed'" });
    assert.deepEqual([last, status], ["15 passed, 0 failed", 0]);
  });

  for (const [what, commands, expected] of [
    ["the installation fails", { ci: "exit 1" }, "0 passed, 1 failed"],
    ["a check fails", { verify: "exit 1" }, "0 passed, 1 failed"],
    ["a test fails", { test: "echo '6 passed, 1 failed'; exit 1" }, "16 passed, 1 failed"],
    ["an example fails", { examples: "echo '2 passed, 1 failed'; exit 1" }, "16 passed, 1 failed"],
    ["a test in a browser fails", { browser: "echo '1 passed, 2 failed'; exit 1" }, "16 passed, 2 failed"],
    ["a test with another cloud fails", { cloud: "echo '4 passed, 1 failed'; exit 1" }, "16 passed, 1 failed"],
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
