import assert from "node:assert/strict";
import { campusSeed } from "../../provider/emulator";
import { describeLong } from "../longRun";
import { textOf } from "../rules/sources";
import { DemoRun } from "./demoRun";
import { knownSecrets } from "./fixture";

describeLong("npm run demo", function () {
  this.timeout(300_000);
  let demo: DemoRun;
  beforeEach(() => {
    demo = new DemoRun();
  });
  afterEach(() => demo.remove());

  it("prints all steps in order, shows the changes in the console and no secret, and leaves nothing behind", async () => {
    await demo.start();
    assert.equal(await demo.command.ended, 0, demo.output);
    let position = 0;
    for (const line of STORY) {
      const next = demo.output.indexOf(line, position);
      assert.ok(next >= 0, `"${line}" is missing, or not in order, in\n${demo.output}`);
      position = next;
    }
    for (const line of DIFFERENCES) assert.ok(demo.output.includes(line), line);
    for (const secret of [...knownSecrets(), "/webhooks/onguard/"]) assert.ok(!demo.output.includes(secret), secret);
    assert.ok(!demo.output.includes("\u001b"), "there are colours although the output is not a terminal");
    assert.deepEqual([demo.running(), demo.leftInTemp()], [0, []]);
  });

  it("leaves no process and no file behind after Ctrl-C in the middle of a deployment", async () => {
    await demo.start();
    await demo.command.printed("creating (0s)");
    assert.ok(demo.running() > 2, "the engine runs by now");
    demo.command.interrupt();
    assert.equal(await demo.command.ended, 130);
    assert.equal(demo.running(), 0);
    assert.deepEqual(demo.leftInTemp(), []);
  });

  it("fails and names the step when Pulumi fails", async () => {
    await demo.start([], 'if [ "$1" = up ]; then echo "no disk"; exit 3; fi');
    assert.equal(await demo.command.ended, 1);
    assert.match(demo.output, /failed at step 4 of 11, "Deploy examples\/campus": pulumi up ended with exit code 3\./);
    assert.deepEqual(demo.leftInTemp(), []);
  });

  it("with --keep prints commands that work when pasted, and stops on Ctrl-C", async () => {
    await demo.start(["--keep"]);
    await demo.command.printed("-d '{");
    assert.match(demo.pasted("pulumi preview --expect-no-changes"), new RegExp(`${RESOURCES} unchanged`));
    assert.match(demo.pasted("pulumi stack output"), /webhookUrl +\[secret\]/);
    demo.command.interrupt();
    assert.equal(await demo.command.ended, 0);
    assert.deepEqual(demo.leftInTemp(), []);
  });

  it("refuses an unknown option", async () => {
    await demo.start(["--fast"]);
    assert.equal(await demo.command.ended, 2);
    assert.match(demo.output, /Unknown option: --fast\. Usage: npm run demo \[-- --keep\]/);
  });
});

const { acme } = campusSeed;

/** The number of resources in examples/campus, with its stack. */
const RESOURCES = textOf("examples/campus/index.ts").split("new rhombus.").length;

/** Lines of the output, in order. */
const STORY = [
  "── 1 of 11 · Set up",
  "── 2 of 11 · Start an emulated Rhombus",
  "Open it in a browser",
  "── 3 of 11 · Show the program",
  "new rhombus.OnGuardIntegration(",
  "── 4 of 11 · Deploy examples/campus",
  `+ ${RESOURCES} created`,
  "── 5 of 11 · Show the outputs",
  "presharedSecret  [secret]",
  "webhookUrl       [secret]",
  "── 6 of 11 · Send a badge event",
  `✓ Accepted: Ada Okafor at door 1:4 "Lobby" → camera "Lobby" (${acme.cameras.lobby.uuid})`,
  "✓ Refused: the same event signed with another secret (401).",
  "── 7 of 11 · Change objects in the Rhombus console",
  `The lobby door now has the camera "Elevators" instead of "Lobby", and ${acme.users.ben.firstName} is no longer in the group "Engineers".`,
  "✓ The refresh finds userUuids of AccessControlGroup engineers and doorInfoMap of OnGuardIntegration headquarters, and nothing else.",
  "── 8 of 11 · Preview the repair",
  "✓ The next up restores userUuids of AccessControlGroup engineers and doorInfoMap of OnGuardIntegration headquarters, and nothing else.",
  "── 9 of 11 · Review the repair",
  "door `Lobby` (`1:4`): cameras `Elevators` → `Lobby`",
  "── 10 of 11 · Repair",
  "✓ Rhombus matches the program again.",
  "── 11 of 11 · Destroy",
  `- ${RESOURCES} deleted`,
  "✓ The emulator is empty",
];

/** The changes in the console, as the refresh and the preview show them. */
const DIFFERENCES = [
  `~ [0]: "${acme.cameras.lobby.uuid}" => "${acme.cameras.elevators.uuid}"`,
  `- [2]: "${acme.users.ben.uuid}"`,
  `~ [0]: "${acme.cameras.elevators.uuid}" => "${acme.cameras.lobby.uuid}"`,
  `+ [2]: "${acme.users.ben.uuid}"`,
];
