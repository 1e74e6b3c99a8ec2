import assert from "node:assert/strict";
import path from "node:path";
import { campusSeed, type Emulator, startEmulator } from "../../../provider/emulator";
import { Command } from "../../engine/command";
import { itLong } from "../../longRun";

const root = path.join(__dirname, "../../..");
const { acme, bluebird } = campusSeed;

/** Runs the tests for a real organization in a process of their own, with no other environment variables. */
async function run(
  env: Record<string, string>,
): Promise<{ counts: [passed: number, skipped: number, failed: number]; text: string }> {
  const { PATH = "", HOME = "" } = process.env;
  const args = [
    "node_modules/mocha/bin/mocha.js",
    "test/laws/liveOrganization/organization.test.ts",
    "--reporter",
    "tap",
  ];
  const command = new Command(process.execPath, args, { cwd: root, env: { PATH, HOME, ...env } });
  await command.ended;
  const count = (line: RegExp) => command.stdout.match(line)?.length ?? 0;
  const skipped = count(/^ok .* # SKIP/gm);
  return { counts: [count(/^ok /gm) - skipped, skipped, count(/^not ok /gm)], text: command.text };
}

describe("the tests for a real organization", function () {
  this.timeout(180_000);
  let emulator: Emulator;
  const console = () => emulator.console(acme.orgUuid);
  const names = () =>
    console()
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

  itLong("pass, remove their objects and those of earlier runs, and change nothing else", async () => {
    const young = `pulumi-rhombus live test ${new Date().toISOString()} 4f2a group`;
    const kept = ["Engineering", "pulumi-rhombus live tests", young];
    const left = "pulumi-rhombus live test 2026-01-02T03:04:05.678Z 4f2a group";
    for (const name of [...kept, left]) console().addGroup({ name });
    const { counts, text } = await run(settings());
    assert.deepEqual(counts, [2, 0, 0], text);
    assert.match(text, /removed an object of an earlier run: pulumi-rhombus live test 2026-01-02/);
    assert.deepEqual([names().sort(), console().onGuard()], [kept.sort(), []]);
  });

  it("remove their objects when they fail, and use no OnGuard beside deployments of others", async () => {
    console().addOnGuard({ displayName: "HQ" });
    emulator.fail({
      operation: "updateAccessControlGroup",
      with: { kind: "errorEnvelope", errorMsg: "not today" },
      times: 100,
    });
    const { counts, text } = await run(settings());
    assert.deepEqual(counts, [0, 1, 1], text);
    assert.match(text, /removed an object of a failed test: pulumi-rhombus live test/);
    assert.deepEqual([names(), console().onGuard().length], [[], 1]);
    assert.ok(
      !emulator.requests().some(({ operation }) => operation?.includes("OnGuard") && operation.startsWith("c")),
    );
  });

  it("do nothing unless RHOMBUS_LIVE is set and RHOMBUS_ORG_UUID names the organization of the key", async () => {
    const { RHOMBUS_LIVE: _live, ...unasked } = settings();
    assert.deepEqual([(await run(unasked)).counts, emulator.requests()], [[0, 2, 0], []]);
    const { RHOMBUS_ORG_UUID: _organization, ...untold } = settings();
    assert.match((await run(untold)).text, /RHOMBUS_LIVE=1 needs RHOMBUS_ORG_UUID as well/);
    const another = await run({ ...settings(), RHOMBUS_ORG_UUID: bluebird.orgUuid });
    assert.match(
      another.text,
      new RegExp(`is ${bluebird.orgUuid}, but the key belongs to ${acme.orgUuid} \\(Acme Robotics\\)`),
    );
    assert.ok(emulator.requests().every(({ operation }) => operation === "getOrgV2"));
  });
});
