import assert from "node:assert/strict";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { campusSeed } from "../../provider/emulator";
import { type Fixture, useFixture } from "./fixture";

const { users } = campusSeed.acme;

describe("a change in the console", function () {
  this.timeout(60_000);
  const fixture = useFixture();

  it("stays, with a warning, if the program changes something else", async () => {
    await fixture.stack.up(program("Lobby"));
    fixture.console.setOnGuardDoor(deployment(fixture).rhombusToken, "1:7", { doorName: "Side door" });
    const { text } = await fixture.stack.up(program("Front lobby"));
    assert.deepEqual(doorNames(fixture), { "1:4": "Front lobby", "1:7": "Side door" });
    assert.match(
      text,
      /changed outside Pulumi and left as it is: doorInfoMap\["1:7"\] was added\. Run `pulumi refresh`/,
    );
  });

  it("that removes an object is shown as a deletion, and the next up creates it", async () => {
    const { rhombusToken } = deployment(fixture);
    fixture.console.removeOnGuard(rhombusToken);
    fixture.console.removeGroup(groupOf(fixture).uuid);
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

function program(doorName: string): PulumiFn {
  return async () => {
    new rhombus.OnGuardIntegration("hq", { displayName: "HQ OnGuard", doorInfoMap: { "1:4": { doorName } } });
    new rhombus.AccessControlGroup("engineering", { userUuids: [users.ada.uuid] });
  };
}

function deployment({ console }: Fixture) {
  return console.onGuard()[0] ?? assert.fail("there is no deployment");
}

function groupOf({ console }: Fixture) {
  return console.groups()[0] ?? assert.fail("there is no group");
}

function doorNames(fixture: Fixture): Record<string, string | undefined> {
  const doors = Object.entries(deployment(fixture).doorInfoMap);
  return Object.fromEntries(doors.map(([key, { doorName }]) => [key, doorName]));
}
