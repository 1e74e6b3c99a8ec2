import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { campusSeed } from "../../../../provider/emulator";
import { isLong as isLongRun } from "../../../longRun";
import { build, CommandSetup, MAIN } from "../commandSetup";
import { planOf } from "../review/plans";
import { configFor } from "../scriptedCli";

const { acme, bluebird } = campusSeed;

/** A run of a command. */
interface Example {
  readonly words: string;
  /** The exit code if the output can be written; `undefined` if the command runs until it is interrupted. */
  readonly code: number | undefined;
  /** True if the output is longer than a pipe can hold. */
  readonly isLong: boolean;
}

/** A run of each command. */
const examples: readonly Example[] = [
  { words: `access --door ${acme.access.doors.northGate.uuid}`, code: 0, isLong: false },
  { words: "apply approved.json", code: 2, isLong: true },
  { words: "audit", code: 2, isLong: true },
  { words: "doctor", code: 0, isLong: false },
  { words: "emulator", code: undefined, isLong: false },
  { words: "import", code: 0, isLong: true },
  { words: "review --plan plan.json --offline --max-length 1000000", code: 2, isLong: true },
  { words: "help", code: 0, isLong: false },
];

/** The number of bytes that a pipe of Linux can hold. */
const LARGEST_PIPE = 65_536;

/** Names of groups. Their reads take an import some time. */
const names = Array.from({ length: 400 }, (_, group) => `Group ${group} `.padEnd(250, "of night "));

const ending = examples.flatMap(({ code, ...example }) => (code === undefined ? [] : [{ ...example, code }]));

/** In the short run two commands, since all write through one terminal. */
const usual = isLongRun ? ending : ending.filter(({ words }) => /^(?:audit|review)/.test(words));

describe("the output of a command", function () {
  this.timeout(60_000);
  const setup = CommandSetup.here();
  before("builds, and adds one group, and many groups to another organization", async () => {
    await build();
    setup.emulator.console(acme.orgUuid).addGroup({ name: "Nurses" });
    for (const name of names) setup.emulator.console(bluebird.orgUuid).addGroup({ name });
  });
  beforeEach("installs a Pulumi CLI", () => install(acme, ["nurses"]));

  function install({ apiKey }: { readonly apiKey: string }, deleted: readonly string[]): void {
    const steps = deleted.map((name) => ({ type: "AccessControlGroup", name, before: { name } }));
    const preview = planOf(steps);
    setup.programFolder.write("plan.json", preview);
    const nothing = {
      format: 1,
      time: "",
      version: "",
      stack: "dev",
      organizations: {},
      refresh: true,
      unknownAccess: [],
      changes: [],
    };
    setup.programFolder.write("approved.json", JSON.stringify(nothing));
    setup.programFolder.installCli({
      preview,
      version: "v3.259.0\n",
      config: JSON.stringify(configFor(setup.emulator.url, apiKey)),
      "stack --show-name": "dev\n",
      "stack export": JSON.stringify({ version: 3, deployment: { resources: [] } }),
    });
  }

  const inShell = (script: string, words: string) => setup.programFolder.runInShell(script, words.split(" "));

  it("is tested for every command", async () => {
    const { stdout } = await setup.programFolder.run(["--help"]);
    const commands = [...(stdout.split("Commands:")[1] ?? "").matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name);
    const tested = new Set(examples.map(({ words }) => words.split(" ")[0]));
    assert.deepEqual(
      commands.filter((name = "") => !tested.has(name)),
      [],
    );
  });

  for (const { words } of examples) {
    it(`${words}: exits with 1 and one line if the disk is full`, async () => {
      const { code, stderr } = await inShell('"$0" "$@" > /dev/full', words);
      assert.match(stderr, /^error: The output is not complete, because it could not be written: ENOSPC: [^\n]+\n$/);
      assert.equal(code, 1);
    });

    it(`${words}: ends with 141 and without a message if nobody reads the output`, async () => {
      const { folder: cwd, env } = setup.programFolder;
      const child = spawn(process.execPath, [MAIN, ...words.split(" ")], {
        cwd,
        env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      child.stdout.destroy();
      let stderr = "";
      child.stderr.setEncoding("utf8").on("data", (chunk) => {
        stderr += chunk;
      });
      assert.deepEqual([await once(child, "close"), stderr], [[141, null], ""]);
    });
  }

  for (const { words, code, isLong } of usual) {
    it(`${words}: ends as usual without standard output, without standard error, and without both`, async () => {
      const expected = await setup.programFolder.run(words.split(" "));
      const runs = [">&-", "2>&-", ">&- 2>&-"].map((closed) => inShell(`"$0" "$@" ${closed}`, words));
      const [noOutput, noErrors, neither] = await Promise.all(runs);
      assert.deepEqual(noOutput, { ...expected, stdout: "" });
      assert.deepEqual(noErrors, { ...expected, stderr: "" });
      assert.deepEqual(neither, { code, stdout: "", stderr: "" });
    });

    if (!isLong) continue;

    it(`${words}: is whole, although the reader is slow`, async () => {
      install(bluebird, names);
      const script = '{ "$0" "$@"; echo $? > code; } | { /bin/sleep 1; /bin/cat; }';
      const slow = await inShell(script, words);
      assert.equal(readFileSync(path.join(setup.programFolder.folder, "code"), "utf8"), `${code}\n`);
      const { stdout } = await setup.programFolder.run(words.split(" "));
      assert.ok(stdout.length > LARGEST_PIPE, `${stdout.length} characters`);
      assert.equal(slow.stdout, stdout);
    });

    it(`${words}: exits with 1 if the disk fills up while it is written`, async () => {
      install(bluebird, names);
      const { code: failed, stderr } = await inShell('ulimit -f 64; "$0" "$@" > file', words);
      assert.match(stderr, /^error: The output is not complete, because it could not be written: EFBIG: [^\n]+\n$/);
      assert.equal(failed, 1);
    });
  }

  for (const words of ["audit --nope", "doctor --nope", "review --plan none.json", "import --only Nope", "nope"]) {
    it(`${words}: the exit code is not 0 if the error cannot be written`, async () => {
      assert.deepEqual(await inShell('"$0" "$@" 2> /dev/full', words), { code: 1, stdout: "", stderr: "" });
      assert.deepEqual(await inShell('"$0" "$@" > /dev/full 2>&1', words), { code: 1, stdout: "", stderr: "" });
    });
  }
});
