import assert from "node:assert/strict";
import { campusSeed, type Emulator, startEmulator } from "../../provider/emulator";
import { describeLong } from "../tally";
import { Outcome } from "./kills/outcome";
import { type Declared, type Ended, UserProject } from "./kills/project";

const { acme } = campusSeed;
const GROUPS = 40;
/** All groups take 17 s longer than the burst. */
const rateLimit = { ratePerSecond: 2, burst: 8 };

const declared: Declared = Object.fromEntries(
  Array.from({ length: GROUPS }, (_, number) => {
    return [`group-${number}`, { type: "AccessControlGroup", inputs: { name: `Group ${number}` } }];
  }),
);

describeLong("Ctrl-C while the rate limit delays a deployment", function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let project: UserProject;
  let interrupted: Ended;
  before("deploys, and presses Ctrl-C at the first pause", async () => {
    let limit = () => {};
    const limited = new Promise<void>((resolve) => {
      limit = resolve;
    });
    emulator = await startEmulator({ rateLimit, onRequest: ({ status }) => status === 429 && limit() });
    project = await UserProject.open(emulator);
    project.declare(declared);
    const run = project.start("up", "--yes", "--skip-preview", "--parallel", "4");
    await Promise.race([limited, run.ended]);
    run.signal("SIGINT");
    interrupted = await run.ended;
  });
  after(async () => {
    await project?.close();
    await emulator?.close();
  });
  const groups = () => emulator.console(acme.orgUuid).groups();

  it("ends after the calls that were sent, long before all groups are created", () => {
    assert.ok(!interrupted.isDone);
    assert.match(interrupted.text, /rate limited, resuming in/);
    assert.match(interrupted.text, /update canceled/);
    assert.ok(groups().length > 0 && groups().length < GROUPS, `${groups().length} groups`);
  });

  it("leaves a state with every group that was created", async () => {
    const outcome = new Outcome();
    outcome.compare("interrupted", await project.exported(), emulator.console(acme.orgUuid));
    assert.deepEqual(outcome.findings(), []);
  });

  it("is finished by the next `pulumi up` without a warning", async () => {
    emulator.limitRate(undefined);
    const { isDone, text } = await project.run("up", "--yes", "--skip-preview");
    assert.ok(isDone, text);
    assert.doesNotMatch(text, /warning|pending|error/);
    assert.equal(new Set(groups().map(({ name }) => name)).size, GROUPS);
    assert.equal(groups().length, GROUPS);
  });

  it("leaves nothing behind after destroy", async () => {
    const { isDone, text } = await project.run("destroy", "--yes", "--skip-preview");
    assert.ok(isDone, text);
    assert.deepEqual(emulator.remains(), []);
  });
});
