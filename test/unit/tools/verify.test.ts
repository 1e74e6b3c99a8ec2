import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { Machine } from "./machine";

const VERIFY = path.join(__dirname, "../../../tools/verify.mjs");

describe("npm run verify", () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
  });
  afterEach(() => machine.remove());

  /** Runs it with an npm that runs the given branches of a `case` on the script's name, or prints that the script ran. */
  const run = (scripts = "") => {
    machine.program("npm", `case "$2" in\n${scripts}\nesac\necho "$2 begins"; echo "$2 ends"`);
    const { status, stdout, stderr } = spawnSync(process.execPath, [VERIFY], { env: machine.env, encoding: "utf8" });
    return { status, lines: stdout.trimEnd().split("\n"), errors: stderr.trimEnd() };
  };
  const checks = ["docs", "lint", "lint:imports", "lint:package", "lint:unused", "lint:workflows", "types"];

  it("runs each check, and prints its output in one piece", () => {
    const { status, lines } = run();
    const outputs = lines.flatMap((line, index) => (line.endsWith(" begins") ? [[line, lines[index + 1]]] : []));
    assert.deepEqual(
      outputs.sort(),
      checks.map((check) => [`${check} begins`, `${check} ends`]),
    );
    assert.equal(status, 0);
  });

  it("fails and names the checks that fail, and still runs the others", () => {
    const { status, lines, errors } = run('docs|types) echo "in line 7" >&2; exit 3 ;;');
    assert.ok(lines.includes("in line 7"));
    assert.equal(lines.filter((line) => line.endsWith(" ends")).length, checks.length - 2);
    assert.equal(status, 1);
    assert.match(errors, /^failed: (?:docs, types|types, docs)$/);
  });
});
