import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { runMocha } from "./mochaRun.mjs";

/**
 * The suites of each run, by the beginning of their names; the longest one that fits counts. A few suites run with another
 * group, so that all groups take about equally long.
 */
const RUNS = [
  ["test/", "test/engine/demo."],
  ["test/engine/", "test/unit/rhombus/"],
  [
    "test/engine/packed/",
    "test/laws/secrets/",
    "test/laws/states/",
    "test/engine/matrix/",
    "test/laws/liveOrganization/",
  ],
  ["test/laws/contract/", "test/laws/faults/", "test/laws/model/", "test/unit/cli/output/"],
];

/** Suites that may skip themselves: those against a real organization, if the environment names none. */
const MAY_SKIP = "test/laws/liveOrganization/";

/** Suites of other commands, `npm run test:browser` and `npm run test:cloud`. */
const ELSEWHERE = ["test/browser/", "test/cloud/"];

const SLOWEST_SHOWN = 10;

/**
 * The totals of a run.
 * @typedef {object} Totals
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} lines The lines in which suites count their cases.
 * @property {boolean} isWholeLongRun True for a long run of all suites and all tests.
 */

/**
 * Runs the suites and prints their output, then the slowest tests, and the failures that are not tests.
 * @param {string[]} args Files, globs, and mocha's --grep, --fgrep, --invert and --bail; without files, everything. With
 *   --long, the long run: suites play all that they have.
 * @param {{ root: string, env: NodeJS.ProcessEnv, color: boolean, print: (output: string | Buffer) => void }} surroundings
 * @returns {Promise<Totals>}
 */
export async function runSuites(args, { root, env, color, print }) {
  const { files, options, long } = parsed(args);
  const groups = files.length > 0 ? [files] : groupsOf(root);
  const printers = inTurn(groups.length, print);
  const outcomes = await Promise.all(
    groups.map(async (group, index) => {
      const printer = printers[index] ?? { write: print, end: () => {} };
      const outcome = await runMocha({
        root,
        env: long ? { ...env, PULUMI_RHOMBUS_LONG: "1" } : env,
        args: [color ? "--color" : "--no-color", ...options, ...group],
        print: printer.write,
      });
      printer.end();
      // A pattern may match nothing in some groups. Without a pattern, files without tests are a mistake.
      return options.length === 0 && isEmpty(outcome)
        ? { ...outcome, problem: `no test in ${group.join(", ")}${long ? "" : ", outside of the long run (--long)"}` }
        : outcome;
    }),
  );
  const isWholeLongRun = long && files.length + options.length === 0;
  return { ...summed(outcomes, root, print), isWholeLongRun };
}

/** @param {string[]} args */
function parsed(args) {
  const { positionals, tokens, values } = parseArgs({
    args,
    allowPositionals: true,
    tokens: true,
    options: {
      grep: { type: "string", short: "g" },
      fgrep: { type: "string", short: "f" },
      invert: { type: "boolean", short: "i" },
      bail: { type: "boolean", short: "b" },
      long: { type: "boolean" },
    },
  });
  const options = tokens.flatMap((token) =>
    token.kind === "option" && token.name !== "long"
      ? [`--${token.name}`, ...(token.value === undefined ? [] : [token.value])]
      : [],
  );
  return { files: positionals, options, long: values.long === true };
}

/**
 * The files of each run. The runs are concurrent: they mostly wait for processes, so that few of them would leave cores
 * idle.
 * @param {string} root
 * @returns {string[][]}
 */
function groupsOf(root) {
  const folder = path.join(root, "test");
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  const files = names
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => path.posix.join("test", name))
    .filter((file) => !ELSEWHERE.some((folder) => file.startsWith(folder)));
  const groups = RUNS.map((_, run) => files.filter((file) => runOf(file) === run));
  return groups.filter((group) => group.length > 0).map((group) => group.sort());
}

/** @param {string} file */
function runOf(file) {
  const fitting = RUNS.map((beginnings) => beginnings.filter((each) => file.startsWith(each)));
  const lengths = fitting.map((beginnings) => Math.max(0, ...beginnings.map((each) => each.length)));
  return lengths.indexOf(Math.max(...lengths));
}

/**
 * One printer per run: the first prints at once, each later one when those before it have ended, so that the outputs do
 * not mix.
 * @param {number} count
 * @param {(output: Buffer) => void} print
 */
function inTurn(count, print) {
  let current = 0;
  const runs = Array.from({ length: count }, () => ({ waiting: /** @type {Buffer[]} */ ([]), hasEnded: false }));
  const advance = () => {
    for (; current < count; current++) {
      const run = runs[current];
      run?.waiting.splice(0).forEach(print);
      if (!run?.hasEnded) return;
    }
  };
  return runs.map((run) => ({
    write: (/** @type {Buffer} */ output) => {
      run.waiting.push(output);
      advance();
    },
    end: () => {
      run.hasEnded = true;
      advance();
    },
  }));
}

/** @param {import("./mochaRun.mjs").Outcome} outcome */
function isEmpty({ passed, pending, failed, problem }) {
  return passed.length + pending.length + failed === 0 && problem === undefined;
}

/**
 * @param {import("./mochaRun.mjs").Outcome[]} outcomes
 * @param {string} root
 * @param {(output: string) => void} print
 */
function summed(outcomes, root, print) {
  const passed = outcomes.flatMap((outcome) => outcome.passed);
  const live = path.join(root, MAY_SKIP);
  const skipped = outcomes.flatMap((outcome) => outcome.pending).filter((test) => !test.file.startsWith(live));
  const problems = [
    ...skipped.map((test) => `skipped, which counts as failed: ${test.title}`),
    ...outcomes.flatMap((outcome) => outcome.problem ?? []),
  ];
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  if (passed.length + failed + problems.length === 0) problems.push("no test ran");
  const slowest = [...passed].sort((one, other) => other.durationMs - one.durationMs).slice(0, SLOWEST_SHOWN);
  if (slowest.length > 0) print("\nThe slowest tests:\n");
  for (const test of slowest) {
    print(`  ${(test.durationMs / 1000).toFixed(2).padStart(7)} s  ${test.title}\n`);
  }
  const lines = outcomes.flatMap(({ counts }) => counts.split("\n").filter((line) => line !== ""));
  print(`\n${lines.map((line) => `${line}\n`).join("")}`);
  for (const problem of problems) print(`${problem}\n`);
  return { passed: passed.length, failed: failed + problems.length, lines };
}
