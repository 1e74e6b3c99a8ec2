import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { campusSeed, type Emulator, startEmulator } from "../../../provider/emulator";

const root = path.join(__dirname, "../../..");
const { acme, bluebird } = campusSeed;

/** How the tests for a real organization end, run in a process of their own with nothing in the environment but this. */
function run(env: Record<string, string>): Promise<{ passed: number; skipped: number; failed: number; text: string }> {
  const words = ["node_modules/mocha/bin/mocha.js", "test/laws/live/organization.test.ts", "--reporter", "tap"];
  return new Promise((resolve) => {
    const { PATH = "", HOME = "" } = process.env;
    execFile(process.execPath, words, { cwd: root, env: { PATH, HOME, ...env } }, (_error, stdout, stderr) => {
      const count = (line: RegExp) => stdout.match(line)?.length ?? 0;
      const skipped = count(/^ok .* # SKIP/gm);
      const counts = { passed: count(/^ok /gm) - skipped, skipped, failed: count(/^not ok /gm) };
      resolve({ ...counts, text: stdout + stderr });
    });
  });
}

describe("the tests for a real organization", function () {
  this.timeout(180_000);
  let emulator: Emulator;
  const somebody = () => emulator.console(acme.orgUuid);
  const names = () =>
    somebody()
      .groups()
      .map(({ name }) => name);
  const settings = () => ({
    RHOMBUS_LIVE: "1",
    RHOMBUS_ORG_UUID: acme.orgUuid,
    RHOMBUS_API_KEY: acme.apiKey,
    RHOMBUS_ENDPOINT_URL: emulator.url,
  });
  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  it("pass, remove what they make and what earlier runs have left, and touch nothing else", async () => {
    const young = `pulumi-rhombus live test ${new Date().toISOString()} 4f2a group`;
    const kept = ["Engineering", "pulumi-rhombus live tests", young];
    const left = "pulumi-rhombus live test 2026-01-02T03:04:05.678Z 4f2a group";
    for (const name of [...kept, left]) somebody().addGroup({ name });
    const { passed, skipped, failed, text } = await run(settings());
    assert.deepEqual([passed, skipped, failed], [2, 0, 0], text);
    assert.match(text, /removed what an earlier run had left: pulumi-rhombus live test 2026-01-02/);
    assert.deepEqual([names().sort(), somebody().onGuard()], [kept.sort(), []]);
  });

  it("remove what they make when they fail, and let somebody's own deployments be", async () => {
    somebody().addOnGuard({ displayName: "HQ" });
    emulator.fail({
      operation: "updateAccessControlGroup",
      with: { kind: "errorEnvelope", errorMsg: "not today" },
      times: 100,
    });
    const { passed, skipped, failed, text } = await run(settings());
    assert.deepEqual([passed, skipped, failed], [0, 1, 1], text);
    assert.match(text, /removed what a failed test had left: pulumi-rhombus live test/);
    assert.deepEqual([names(), somebody().onGuard().length], [[], 1]);
    assert.ok(
      !emulator.requests().some(({ operation }) => operation?.includes("OnGuard") && operation.startsWith("c")),
    );
  });

  it("do nothing unless they are asked to, and told in which organization", async () => {
    const { RHOMBUS_LIVE: _live, ...unasked } = settings();
    assert.deepEqual([(await run(unasked)).skipped, emulator.requests()], [2, []]);
    const { RHOMBUS_ORG_UUID: _organization, ...untold } = settings();
    assert.match((await run(untold)).text, /RHOMBUS_LIVE=1 needs RHOMBUS_ORG_UUID as well/);
    const another = await run({ ...settings(), RHOMBUS_ORG_UUID: bluebird.orgUuid });
    assert.match(
      another.text,
      new RegExp(`is ${bluebird.orgUuid}, and the key opens ${acme.orgUuid} \\(Acme Robotics\\)`),
    );
    assert.ok(emulator.requests().every(({ operation }) => operation === "getOrgV2"));
  });
});
