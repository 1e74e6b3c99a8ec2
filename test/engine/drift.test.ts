import assert from "node:assert/strict";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { type ConsoleGroup, type ConsoleOnGuard, campusSeed } from "../../provider/emulator";
import { describeLong } from "../tally";
import { type Scene, useScene } from "./scene";
import { refusal } from "./stack";

const { users } = campusSeed.acme;

describe("what others change in the console", function () {
  this.timeout(60_000);
  const scene = useScene();

  it("is repaired as far as the program declares it", async () => {
    await scene.stack.up(program({ lobby: "Lobby" }));
    scene.console.setOnGuardDisplayName(deployment(scene).rhombusToken, "Renamed by hand");
    scene.console.setGroupMembers(group(scene).uuid, [users.ada.uuid, users.hugo.uuid]);
    const refreshed = await scene.stack.refresh();
    assert.deepEqual([...refreshed.steps].sort(), ["update engineering", "update hq"]);
    const { steps, text } = await scene.stack.preview();
    assert.deepEqual([...steps].sort(), ["update engineering", "update hq"]);
    assert.ok(text.includes('~ displayName: "Renamed by hand" => "HQ OnGuard"'), text);
    await scene.stack.up();
    assert.equal(deployment(scene).displayName, "HQ OnGuard");
    assert.deepEqual(group(scene).userUuids, [users.ada.uuid]);
  });

  it("is kept, with a warning, by a deployment that changes something else", async () => {
    scene.console.setOnGuardDoor(deployment(scene).rhombusToken, "1:7", { doorName: "Side door" });
    const { text } = await scene.stack.up(program({ lobby: "Front lobby" }));
    assert.deepEqual(doorNames(scene), { "1:4": "Front lobby", "1:7": "Side door" });
    assert.match(
      text,
      /changed outside this program and left as it is: doorInfoMap\["1:7"\] was added\. Run `pulumi refresh`/,
    );
  });

  it("is shown by a refresh, and only then removed by a plan that says so", async () => {
    assert.match(await scene.stack.cli("refresh", "--preview-only", "--diff"), /\+ 1:7: \{\s+\+ doorName: "Side door"/);
    await scene.stack.refresh();
    assert.match((await scene.stack.preview()).text, /- 1:7: \{\s+- doorName: "Side door"/);
    await scene.stack.up();
    assert.deepEqual(doorNames(scene), { "1:4": "Front lobby" });
  });

  it("stops a deployment that changes the same thing differently, names it, and nothing is written", async () => {
    scene.console.setOnGuardDoor(deployment(scene).rhombusToken, "1:4", { doorName: "Their lobby" });
    scene.emulator.clearRequests();
    const { message } = await refusal(scene.stack.up(program({ lobby: "Our lobby" })));
    assert.match(
      message,
      /"HQ OnGuard" was changed to different values by the program and outside Pulumi: doorInfoMap\["1:4"\]\.doorName/,
    );
    assert.match(message, /Nothing was written\. Run `pulumi refresh`/);
    assert.deepEqual(doorNames(scene), { "1:4": "Their lobby" });
    assert.deepEqual(
      scene.emulator.requests().filter(({ operation }) => /[uU]pdate/.test(operation ?? "")),
      [],
    );
  });

  it("is overruled once a refresh has put it into the plan", async () => {
    await scene.stack.refresh();
    assert.match((await scene.stack.preview()).text, /~ doorName: "Their lobby" => "Our lobby"/);
    await scene.stack.up();
    assert.deepEqual(doorNames(scene), { "1:4": "Our lobby" });
  });

  it("is shown as deleted when it is gone, with what that means, and made again by the next deployment", async () => {
    const { rhombusToken } = deployment(scene);
    scene.console.removeOnGuard(rhombusToken);
    scene.console.removeGroup(group(scene).uuid);
    const { steps, text } = await scene.stack.refresh();
    assert.deepEqual([...steps].sort(), ["delete engineering", "delete hq"]);
    assert.match(
      text,
      /the OnGuard integration "HQ OnGuard" is gone: the next `pulumi up` creates a new one, with a new webhook URL/,
    );
    const again = await scene.stack.up();
    assert.deepEqual([...again.steps].sort(), ["create engineering", "create hq"]);
    assert.notEqual(deployment(scene).rhombusToken, rhombusToken);
  });
});

describeLong("a declared door that somebody changes in the console", function () {
  this.timeout(60_000);
  const scene = useScene();
  const twoDoors = (lobby: string): PulumiFn => {
    const doorInfoMap = { "1:4": { doorName: lobby }, "1:5": { doorName: "Dock" } };
    return async () => {
      new rhombus.OnGuardIntegration("hq", { displayName: "HQ OnGuard", doorInfoMap });
    };
  };

  it("is kept, with a warning, while the program changes another door", async () => {
    await scene.stack.up(twoDoors("Lobby"));
    scene.console.setOnGuardDoor(deployment(scene).rhombusToken, "1:5", { doorName: "Their dock" });
    const { text } = await scene.stack.up(twoDoors("Front lobby"));
    assert.match(text, /left as it is: doorInfoMap\["1:5"\]\.doorName was changed/);
    assert.deepEqual(doorNames(scene), { "1:4": "Front lobby", "1:5": "Their dock" });
  });

  it("is shown by a refresh, then put back by a deployment", async () => {
    await scene.stack.refresh();
    assert.match((await scene.stack.preview()).text, /~ doorName: "Their dock" => "Dock"/);
    await scene.stack.up();
    assert.deepEqual(doorNames(scene), { "1:4": "Front lobby", "1:5": "Dock" });
    await scene.stack.expectNothingToDo();
  });
});

describeLong("Pulumi's options for changes", function () {
  this.timeout(60_000);
  const scene = useScene();
  const described =
    (description: string, options = {}) =>
    async () => {
      new rhombus.AccessControlGroup("engineering", { description }, options);
    };

  it("ignoreChanges leaves the input as the state has it", async () => {
    await scene.stack.up(described("Ours"));
    await scene.stack.up(described("Ours, changed", { ignoreChanges: ["description"] }));
    assert.equal(group(scene).description, "Ours");
    await scene.stack.expectNothingToDo();
  });

  it("replaceOnChanges replaces where an update would do", async () => {
    const { uuid } = group(scene);
    const { steps } = await scene.stack.up(described("Replaced", { replaceOnChanges: ["description"] }));
    assert.deepEqual(steps, ["delete-replaced engineering", "replace engineering", "create-replacement engineering"]);
    assert.notEqual(group(scene).uuid, uuid);
    assert.equal(group(scene).description, "Replaced");
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

function deployment({ console }: Scene): ConsoleOnGuard {
  const [only] = console.onGuard();
  assert.ok(only, "there is a deployment");
  return only;
}

function group({ console }: Scene): ConsoleGroup {
  const [only] = console.groups();
  assert.ok(only, "there is a group");
  return only;
}

function doorNames(scene: Scene): Record<string, string | undefined> {
  const doors = Object.entries(deployment(scene).doorInfoMap);
  return Object.fromEntries(doors.map(([key, { doorName }]) => [key, doorName]));
}
