import assert from "node:assert/strict";
import { campusSeed, type Emulator, startEmulator } from "../../provider/emulator";
import { describeLong } from "../tally";
import { Outcome } from "./kills/outcome";
import { type Declared, type Ended, UserProject } from "./kills/project";

const { acme } = campusSeed;
const GROUPS = 40;
/** At this pace all of them take 17 s more than what is there at first allows. */
const rateLimit = { ratePerSecond: 2, burst: 8 };

const declared: Declared = Object.fromEntries(
  Array.from({ length: GROUPS }, (_, number) => {
    return [`group-${number}`, { type: "AccessControlGroup", inputs: { name: `Group ${number}` } }];
  }),
);

describeLong("Ctrl-C while Rhombus makes a deployment wait", function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let project: UserProject;
  let interrupted: Ended;
  before("deploys, and presses Ctrl-C at the first wait", async () => {
    const limited = latch();
    emulator = await startEmulator({ rateLimit, onRequest: ({ status }) => status === 429 && limited.open() });
    project = await UserProject.open(emulator);
    project.declare(declared);
    const run = project.start("up", "--yes", "--skip-preview", "--parallel", "4");
    await Promise.race([limited.opened, run.ended]);
    run.signal("SIGINT");
    interrupted = await run.ended;
  });
  after(async () => {
    await project?.close();
    await emulator?.close();
  });
  const groups = () => emulator.console(acme.orgUuid).groups();

  it("ends with the calls that were under way, long before all is done", () => {
    assert.ok(!interrupted.isDone);
    assert.match(interrupted.text, /rate limited, resuming in/);
    assert.match(interrupted.text, /update canceled/);
    assert.ok(groups().length > 0 && groups().length < GROUPS, `${groups().length} groups`);
  });

  it("leaves a state that has all that was made", async () => {
    const outcome = new Outcome();
    outcome.compare("interrupted", await project.exported(), emulator.console(acme.orgUuid));
    assert.deepEqual(outcome.findings(), []);
  });

  it("is finished by the next `pulumi up`, without a question or a warning", async () => {
    emulator.limitRate(undefined);
    const { isDone, text } = await project.run("up", "--yes", "--skip-preview");
    assert.ok(isDone, text);
    assert.doesNotMatch(text, /warning|pending|error/);
    assert.equal(new Set(groups().map(({ name }) => name)).size, GROUPS);
    assert.equal(groups().length, GROUPS);
  });

  it("leaves nothing behind that a destroy does not remove", async () => {
    const { isDone, text } = await project.run("destroy", "--yes", "--skip-preview");
    assert.ok(isDone, text);
    assert.deepEqual(emulator.remains(), []);
  });
});

/** Something to wait for. */
function latch(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
