import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { itemsOf, memberOf } from "../../../provider/cli/pulumi/state";
import { textOf } from "../../rules/sources";
import { Machine } from "./machine";

const steps = itemsOf(memberOf(memberOf(load(textOf("action.yml")), "runs"), "steps"));

describe("the action for GitHub in action.yml", () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
  });
  afterEach(() => machine.remove());

  const file = (name: string) => path.join(machine.root, name);
  const written = (name: string) => readFileSync(file(name), "utf8");

  /** Runs the review of a program whose command prints a text and ends with a code, and returns the exit code of the step. */
  function review(code: number, { options = "" } = {}): number | null {
    machine.program("npx", `echo "$*"; exit ${code}`);
    for (const name of ["output", "summary"]) writeFileSync(file(name), "");
    return run(0, {
      STACK: "acme/doors/prod",
      OPTIONS: options,
      GITHUB_OUTPUT: file("output"),
      GITHUB_STEP_SUMMARY: file("summary"),
    });
  }

  /** Runs a step as GitHub does. */
  function run(step: number, env: NodeJS.ProcessEnv): number | null {
    const script = memberOf(steps[step], "run");
    assert.ok(typeof script === "string");
    const PATH = `${machine.bin}:/usr/bin:/bin`;
    const flags = ["--noprofile", "--norc", "-eo", "pipefail", "-c", script];
    return spawnSync("/bin/bash", flags, { cwd: machine.root, env: { RUNNER_TEMP: machine.root, ...env, PATH } })
      .status;
  }

  for (const [code, attention] of [
    [0, "false"],
    [2, "true"],
  ] as const) {
    it(`passes and says needs-attention=${attention} if the review ends with ${code}`, () => {
      assert.equal(review(code), 0);
      assert.equal(written("output"), `needs-attention=${attention}\n`);
      assert.equal(written("rhombus-review.md"), "--no-install pulumi-rhombus review --stack acme/doors/prod\n");
      assert.equal(written("summary"), written("rhombus-review.md"));
    });
  }

  for (const code of [1, 3, 127]) {
    it(`fails, and replaces the comment, if the review ends with ${code}`, () => {
      assert.equal(review(code), 1);
      assert.equal(written("output"), "needs-attention=true\n");
      assert.equal(written("rhombus-review.md"), "The review failed, see the job.\n");
    });
  }

  it("passes options on as words, and runs nothing in them", () => {
    assert.equal(review(0, { options: "--offline * $(touch made); touch made" }), 0);
    assert.match(written("summary"), /--stack acme\/doors\/prod --offline \* \$\(touch made\); touch made\n$/);
  });

  it("comments on the pull request with the review", () => {
    review(0);
    machine.program("gh", `echo "$*" > "${file("gh.log")}"`);
    assert.equal(run(1, { PULL_REQUEST: "https://github.example/acme/doors/pull/7", GH_TOKEN: "t" }), 0);
    assert.equal(
      written("gh.log"),
      `pr comment https://github.example/acme/doors/pull/7 --body-file ${machine.root}/rhombus-review.md --edit-last --create-if-none\n`,
    );
  });
});
