import assert from "node:assert/strict";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { type ConsoleGroup, type ConsoleOnGuard, campusSeed } from "../../provider/emulator";
import { describeLong } from "../tally";
import { type Fixture, useFixture } from "./fixture";
import { refusal } from "./stack";

const { users } = campusSeed.acme;

describe("what others change in the console", function () {
  this.timeout(60_000);
  const fixture = useFixture();

  it("is repaired as far as the program declares it", async () => {
    await fixture.stack.up(program({ lobby: "Lobby" }));
    fixture.console.setOnGuardDisplayName(deployment(fixture).rhombusToken, "Renamed by hand");
    fixture.console.setGroupMembers(group(fixture).uuid, [users.ada.uuid, users.hugo.uuid]);
    const refreshed = await fixture.stack.refresh();
    assert.deepEqual([...refreshed.steps].sort(), ["update engineering", "update hq"]);
    const { steps, text } = await fixture.stack.preview();
    assert.deepEqual([...steps].sort(), ["update engineering", "update hq"]);
    assert.ok(text.includes('~ displayName: "Renamed by hand" => "HQ OnGuard"'), text);
    await fixture.stack.up();
    assert.equal(deployment(fixture).displayName, "HQ OnGuard");
    assert.deepEqual(group(fixture).userUuids, [users.ada.uuid]);
  });

  it("is kept, with a warning, by a deployment that changes something else", async () => {
    fixture.console.setOnGuardDoor(deployment(fixture).rhombusToken, "1:7", { doorName: "Side door" });
    const { text } = await fixture.stack.up(program({ lobby: "Front lobby" }));
    assert.deepEqual(doorNames(fixture), { "1:4": "Front lobby", "1:7": "Side door" });
    assert.match(
      text,
      /changed outside this program and left as it is: doorInfoMap\["1:7"\] was added\. Run `pulumi refresh`/,
    );
  });

  it("is shown by a refresh, and only then removed by a plan that says so", async () => {
    assert.match(
      await fixture.stack.cli("refresh", "--preview-only", "--diff"),
      /\+ 1:7: \{\s+\+ doorName: "Side door"/,
    );
    await fixture.stack.refresh();
    assert.match((await fixture.stack.preview()).text, /- 1:7: \{\s+- doorName: "Side door"/);
    await fixture.stack.up();
    assert.deepEqual(doorNames(fixture), { "1:4": "Front lobby" });
  });

  it("stops a deployment that changes the same thing differently, names it, and nothing is written", async () => {
    fixture.console.setOnGuardDoor(deployment(fixture).rhombusToken, "1:4", { doorName: "Their lobby" });
    fixture.emulator.clearRequests();
    const { message } = await refusal(fixture.stack.up(program({ lobby: "Our lobby" })));
    assert.match(
      message,
      /"HQ OnGuard" was changed to different values by the program and outside Pulumi: doorInfoMap\["1:4"\]\.doorName/,
    );
    assert.match(message, /Nothing was written\. Run `pulumi refresh`/);
    assert.deepEqual(doorNames(fixture), { "1:4": "Their lobby" });
    assert.deepEqual(
      fixture.emulator.requests().filter(({ operation }) => /[uU]pdate/.test(operation ?? "")),
      [],
    );
  });

  it("is overruled once a refresh has put it into the plan", async () => {
    await fixture.stack.refresh();
    assert.match((await fixture.stack.preview()).text, /~ doorName: "Their lobby" => "Our lobby"/);
    await fixture.stack.up();
    assert.deepEqual(doorNames(fixture), { "1:4": "Our lobby" });
  });

  it("is shown as deleted when it is gone, with what that means, and made again by the next deployment", async () => {
    const { rhombusToken } = deployment(fixture);
    fixture.console.removeOnGuard(rhombusToken);
    fixture.console.removeGroup(group(fixture).uuid);
    const { steps, text } = await fixture.stack.refresh();
    assert.deepEqual([...steps].sort(), ["delete engineering", "delete hq"]);
    assert.match(
      text,
      /the OnGuard integration "HQ OnGuard" is gone: the next `pulumi up` creates a new one, with a new webhook URL/,
    );
    const again = await fixture.stack.up();
    assert.deepEqual([...again.steps].sort(), ["create engineering", "create hq"]);
    assert.notEqual(deployment(fixture).rhombusToken, rhombusToken);
  });
});

describeLong("a declared door that somebody changes in the console", function () {
  this.timeout(60_000);
  const fixture = useFixture();
  const twoDoors = (lobby: string): PulumiFn => {
    const doorInfoMap = { "1:4": { doorName: lobby }, "1:5": { doorName: "Dock" } };
    return async () => {
      new rhombus.OnGuardIntegration("hq", { displayName: "HQ OnGuard", doorInfoMap });
    };
  };

  it("is kept, with a warning, while the program changes another door", async () => {
    await fixture.stack.up(twoDoors("Lobby"));
    fixture.console.setOnGuardDoor(deployment(fixture).rhombusToken, "1:5", { doorName: "Their dock" });
    const { text } = await fixture.stack.up(twoDoors("Front lobby"));
    assert.match(text, /left as it is: doorInfoMap\["1:5"\]\.doorName was changed/);
    assert.deepEqual(doorNames(fixture), { "1:4": "Front lobby", "1:5": "Their dock" });
  });

  it("is shown by a refresh, then put back by a deployment", async () => {
    await fixture.stack.refresh();
    assert.match((await fixture.stack.preview()).text, /~ doorName: "Their dock" => "Dock"/);
    await fixture.stack.up();
    assert.deepEqual(doorNames(fixture), { "1:4": "Front lobby", "1:5": "Dock" });
    await fixture.stack.expectNothingToDo();
  });
});

describeLong("Pulumi's options for changes", function () {
  this.timeout(60_000);
  const fixture = useFixture();
  const described =
    (description: string, options = {}) =>
    async () => {
      new rhombus.AccessControlGroup("engineering", { description }, options);
    };

  it("ignoreChanges leaves the input as the state has it", async () => {
    await fixture.stack.up(described("Ours"));
    await fixture.stack.up(described("Ours, changed", { ignoreChanges: ["description"] }));
    assert.equal(group(fixture).description, "Ours");
    await fixture.stack.expectNothingToDo();
  });

  it("replaceOnChanges replaces where an update would do", async () => {
    const { uuid } = group(fixture);
    const { steps } = await fixture.stack.up(described("Replaced", { replaceOnChanges: ["description"] }));
    assert.deepEqual(steps, ["delete-replaced engineering", "replace engineering", "create-replacement engineering"]);
    assert.notEqual(group(fixture).uuid, uuid);
    assert.equal(group(fixture).description, "Replaced");
  });
});

function program({ lobby }: { lobby: string }): PulumiFn {
  return async () => {
    new rhombus.OnGuardIntegration("hq", {
      displayName: "HQ OnGuard",
      doorInfoMap: { "1:4": { doorName: lobby } },
    });
    new rhombus.AccessControlGroup("engineering", { userUuids: [users.ada.uuid] });
  };
}

function deployment({ console }: Fixture): ConsoleOnGuard {
  const [only] = console.onGuard();
  assert.ok(only, "there is a deployment");
  return only;
}

function group({ console }: Fixture): ConsoleGroup {
  const [only] = console.groups();
  assert.ok(only, "there is a group");
  return only;
}

function doorNames(fixture: Fixture): Record<string, string | undefined> {
  const doors = Object.entries(deployment(fixture).doorInfoMap);
  return Object.fromEntries(doors.map(([key, { doorName }]) => [key, doorName]));
}
