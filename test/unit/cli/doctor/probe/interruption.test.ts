import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { campusSeed } from "../../../../../provider/emulator";
import { writes } from "../../../../drivers/calls";
import { build, CommandSetup, MAIN } from "../../commandSetup";
import { configFor } from "../../scriptedCli";

const { acme } = campusSeed;

/** The question that follows the creation of the first group. */
const CREATED = "groupNames:";

/** A module for `--require` that runs a statement once a text is printed. */
const oncePrinted = (text: string, statement: string) => `
const write = process.stderr.write;
process.stderr.write = (printed, ...others) => {
  if (printed.includes("${text}")) setImmediate(() => { ${statement} });
  return write.call(process.stderr, printed, ...others);
};
`;

describe("doctor --probe that ends early", function () {
  this.timeout(60_000);
  const setup = CommandSetup.here();
  before(build);
  beforeEach(() => {
    const config = JSON.stringify(configFor(setup.emulator.url));
    setup.programFolder.installCli({ version: "v3.259.0\n", config, "stack --show-name": "dev\n" });
  });
  const running: ChildProcess[] = [];
  afterEach(() => {
    for (const child of running.splice(0)) child.kill("SIGKILL");
    setup.emulator.delayCalls(0);
  });
  const remains = () => setup.emulator.remains(acme.orgUuid);

  /** A probe that has been confirmed, unless `typed` says otherwise. */
  function start({ typed = `${acme.name}\n`, preload = "" } = {}) {
    const { programFolder } = setup;
    programFolder.write("preload.cjs", preload);
    const env = { ...programFolder.env, NODE_OPTIONS: "--require=./preload.cjs" };
    const child = spawn(process.execPath, [MAIN, "doctor", "--probe"], { cwd: programFolder.folder, env });
    running.push(child);
    child.stdin.write(typed);
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.setEncoding("utf8").on("data", (chunk) => {
      stderr += chunk;
    });
    const closed = once(child, "close");
    return {
      child,
      /** Waits until a text is printed to standard error. */
      async printed(text: string) {
        while (!stderr.includes(text)) {
          if (child.exitCode !== null || child.signalCode !== null) assert.fail(`ended without ${text}: ${stderr}`);
          await Promise.race([once(child.stderr, "data"), closed]);
        }
      },
      async ended() {
        const [code, signal] = await closed;
        return { code, signal, stdout, stderr };
      },
    };
  }

  for (const [signal, ...expected] of [
    ["SIGINT", 130, null],
    ["SIGTERM", 143, null],
    ["SIGHUP", null, "SIGHUP"],
    ["SIGQUIT", 131, null],
  ] as const) {
    it(`leaves nothing after ${signal}, also if it is passed on twice, and reports what it has seen`, async () => {
      const probe = start();
      await probe.printed(CREATED);
      probe.child.kill(signal);
      await probe.printed("Stopping");
      probe.child.kill(signal);
      const { code, signal: endedBy, stdout, stderr } = await probe.ended();
      assert.deepEqual([code, endedBy, remains()], [...expected, []], stderr);
      assert.match(
        stdout,
        /readLagMs[\s\S]* texts +a probe that is not stopped\n[\s\S]*Everything that was created has been deleted\.\n$/,
      );
    });
  }

  it("leaves nothing if nobody reads its messages any more", async () => {
    const probe = start();
    await probe.printed(CREATED);
    probe.child.stderr.destroy();
    const { code } = await probe.ended();
    assert.deepEqual([code, remains()], [141, []]);
  });

  it("leaves nothing if its messages fill the disk", async () => {
    const script = `echo "${acme.name}" | { ulimit -f 1; "$0" "$@" 2> file; }`;
    const { code } = await setup.programFolder.runInShell(script, ["doctor", "--probe"]);
    assert.ok(writes(setup.emulator).length > 0);
    assert.deepEqual([code, remains()], [1, []]);
  });

  for (const fault of ['throw new Error("genea-canary")', 'Promise.reject(new Error("genea-canary"))']) {
    it(`leaves nothing after an exception that nobody catches: ${fault}`, async () => {
      const { code, stderr } = await start({ preload: oncePrinted(CREATED, fault) }).ended();
      assert.deepEqual([code, remains()], [1, []]);
      assert.match(stderr, /^error: genea-canary\nStopping after/m);
      assert.doesNotMatch(stderr, /^\s+at /m);
    });
  }

  it("creates nothing and ends if it is stopped before the name is typed", async () => {
    const probe = start({ typed: "" });
    await probe.printed("type the name");
    probe.child.kill("SIGINT");
    const { code, stderr } = await probe.ended();
    assert.match(stderr, /\nerror: The probe was stopped\. Nothing was created\.\n$/);
    assert.deepEqual([code, writes(setup.emulator)], [1, []]);
  });

  it("ends at once after a second signal; the next probe names and deletes what it has left", async () => {
    const later = "const now = Date.now; Date.now = () => now() + 2000;";
    const killed = start({ preload: oncePrinted("Stopping", later) });
    await killed.printed(CREATED);
    setup.emulator.delayCalls(60_000);
    killed.child.kill("SIGTERM");
    await killed.printed("Stopping");
    killed.child.kill("SIGTERM");
    assert.equal((await killed.ended()).signal, "SIGTERM");
    setup.emulator.delayCalls(0);
    await assertCleanedByNext();
  });

  it("may be killed; the next probe names and deletes what it has left", async () => {
    const killed = start();
    await killed.printed("onGuardSecretReads:");
    killed.child.kill("SIGKILL");
    await killed.ended();
    await assertCleanedByNext();
  });

  async function assertCleanedByNext(): Promise<void> {
    const left = remains();
    assert.ok(left.length > 0);
    const next = start({ typed: "" });
    await next.printed("type the name");
    assert.deepEqual(remains(), left);
    next.child.stdin.write(`${acme.name}\n`);
    await next.printed(CREATED);
    next.child.kill("SIGINT");
    const { stderr } = await next.ended();
    assert.match(stderr, /deleted first:\n {2}the group "pulumi-rhombus probe [\da-f]{8} group"\n[\s\S]*type the name/);
    assert.deepEqual(remains(), []);
  }
});
