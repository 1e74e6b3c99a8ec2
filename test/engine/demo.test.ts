import assert from "node:assert/strict";
import { campusSeed } from "../../provider/emulator";
import { describeLong } from "../tally";
import { DemoRun } from "./demoRun";

describe("npm run demo", function () {
  this.timeout(300_000);

  describe("run to its end", () => {
    let demo: DemoRun;
    let status: number | null;
    before(async () => {
      demo = new DemoRun();
      await demo.start();
      status = await demo.ended();
    });
    after(() => demo.remove());

    it("succeeds", () => {
      assert.equal(status, 0, demo.output);
    });

    it("prints all steps in order", () => {
      const places = STORY.map((line) => demo.output.indexOf(line));
      assert.deepEqual(missing(STORY, places), []);
      assert.deepEqual(
        places,
        [...places].sort((one, other) => one - other),
      );
    });

    it("shows each change made outside of Pulumi, in the refresh and in the preview", () => {
      const places = DIFFERENCES.map((line) => demo.output.indexOf(line));
      assert.deepEqual(missing(DIFFERENCES, places), []);
    });

    it("shows no secret and no key", () => {
      const secrets = [...SECRETS, "/webhooks/onguard/"].filter((secret) => demo.output.includes(secret));
      assert.deepEqual(secrets, []);
    });

    it("prints no colours if the output is not a terminal", () => {
      assert.ok(!demo.output.includes("\u001b"));
    });

    it("leaves no process and no file behind", () => {
      assert.equal(demo.running(), 0);
      assert.deepEqual(demo.leftInTemp(), []);
    });
  });

  describeLong("interrupted or failing", () => {
    let demo: DemoRun;
    beforeEach(() => {
      demo = new DemoRun();
    });
    afterEach(() => demo.remove());

    it("leaves no process and no file behind after Ctrl-C in the middle of a deployment", async () => {
      await demo.start();
      await demo.printed("creating (0s)");
      assert.ok(demo.running() > 2, "the engine runs by now");
      demo.interrupt();
      assert.equal(await demo.ended(), 130);
      assert.equal(demo.running(), 0);
      assert.deepEqual(demo.leftInTemp(), []);
    });

    it("fails and names the step when Pulumi fails", async () => {
      await demo.start([], 'if [ "$1" = up ]; then echo "no disk"; exit 3; fi');
      assert.equal(await demo.ended(), 1);
      assert.match(
        demo.output,
        /failed at step 4 of 11, "Deploy examples\/campus": pulumi up ended with exit code 3\./,
      );
      assert.deepEqual(demo.leftInTemp(), []);
    });

    it("fails when a refresh does not find the changes", async () => {
      await demo.start([], 'if [ "$1" = refresh ]; then exit 0; fi');
      assert.equal(await demo.ended(), 1);
      assert.match(
        demo.output,
        /failed at step 7 of 11, .*: Pulumi does not show exactly the changes that were made, but: nothing\./,
      );
    });

    it("with --keep prints commands that work when pasted, and stops on Ctrl-C", async () => {
      await demo.start(["--keep"]);
      await demo.printed("-d '{");
      assert.match(demo.pasted("pulumi preview --expect-no-changes"), /8 unchanged/);
      assert.match(demo.pasted("pulumi stack output"), /webhookUrl +\[secret\]/);
      demo.interrupt();
      assert.equal(await demo.ended(), 0);
      assert.deepEqual(demo.leftInTemp(), []);
    });

    it("refuses an unknown option", async () => {
      await demo.start(["--fast"]);
      assert.equal(await demo.ended(), 2);
      assert.match(demo.output, /Unknown option: --fast\. Usage: npm run demo \[-- --keep\]/);
    });
  });
});

const { acme, bluebird, cedar, partner } = campusSeed;

const STORY = [
  "── 1 of 11 · Set up",
  "── 2 of 11 · Start an emulated Rhombus",
  "── 3 of 11 · Show the program",
  "new rhombus.OnGuardIntegration(",
  "── 4 of 11 · Deploy examples/campus",
  "+ 8 created",
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
  "- 8 deleted",
  "✓ The emulator is empty",
];

const DIFFERENCES = [
  `~ [0]: "${acme.cameras.lobby.uuid}" => "${acme.cameras.elevators.uuid}"`,
  `- [2]: "${acme.users.ben.uuid}"`,
  `~ [0]: "${acme.cameras.elevators.uuid}" => "${acme.cameras.lobby.uuid}"`,
  `+ [2]: "${acme.users.ben.uuid}"`,
];

const SECRETS = [
  ...[acme, bluebird, cedar].flatMap(({ apiKey, genea, kisi }) => [apiKey, genea.apiToken, kisi.apiSecretKey]),
  partner.apiKey,
];

function missing(lines: readonly string[], places: readonly number[]): string[] {
  return lines.filter((_line, index) => places[index] === -1);
}
