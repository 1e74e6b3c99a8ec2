import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { campusSeed } from "../../provider/emulator";
import { count } from "../drivers/calls";
import { describeLong } from "../longRun";
import { useFixture } from "./fixture";
import { refusal } from "./stack";

const { acme } = campusSeed;
const { ada, ben } = acme.users;

describeLong("a program that looks up what exists", function () {
  this.timeout(60_000);
  const fixture = useFixture();
  const program =
    (people: readonly string[]): PulumiFn =>
    async () => {
      const hq = await rhombus.getLocation({ name: "Headquarters" });
      const lobby = await rhombus.getCamera({ name: "Lobby", locationUuid: hq.uuid });
      const doors = rhombus.getGeneaDoorsOutput({ apiToken: pulumi.secret(acme.genea.apiToken), names: ["Dock"] });
      const assignedCameraList = [lobby.uuid];
      new rhombus.OnGuardIntegration("hq", {
        doorInfoMap: { "1:4": { doorName: "Lobby", locationUuid: hq.uuid, assignedCameraList } },
      });
      const { uuids } = rhombus.getUsersOutput({ emails: [...people] });
      const staff = new rhombus.AccessControlGroup("staff", { userUuids: uuids, locationUuid: hq.uuid });
      // An object of the program can be looked up as soon as it exists.
      const made = rhombus.getAccessControlGroupOutput({ name: staff.name });
      return { dock: doors.ids, made: made.uuid, staff: staff.id };
    };

  it("shows in a preview what it will deploy", async () => {
    const { text } = await fixture.stack.preview(program([ada.email]));
    assert.match(text, new RegExp(`\\[0\\]: "${acme.cameras.lobby.uuid}"`));
    assert.match(text, new RegExp(`\\[0\\]: "${ada.uuid}"`));
    assert.deepEqual(fixture.console.groups(), []);
  });

  it("deploys with one listing of each kind for all look-ups", async () => {
    fixture.emulator.clearRequests();
    await fixture.stack.up(program([ada.email, ben.email]));
    const outputs = await fixture.stack.outputs();
    const [group] = fixture.console.groups();
    assert.deepEqual([...(group?.userUuids ?? [])].sort(), [ada.uuid, ben.uuid].sort());
    assert.deepEqual(outputs.dock, { value: [acme.genea.doors.dock.id], secret: false });
    assert.deepEqual([outputs.made?.value, outputs.staff?.value], [group?.uuid, group?.uuid]);
    const operations = ["getUsersInOrg", "getLocations", "getMinimalCameraStateList", "getGeneaDoors"] as const;
    assert.deepEqual(
      operations.map((operation) => count(fixture.emulator, operation)),
      [1, 1, 1, 1],
    );
  });

  it("shows no change afterwards, and then a change of what it finds", async () => {
    await fixture.stack.expectNothingToDo();
    const { steps } = await fixture.stack.up(program([ada.email]));
    assert.deepEqual(steps, ["update staff"]);
    assert.deepEqual(fixture.console.groups()[0]?.userUuids, [ada.uuid]);
  });

  it("deletes nothing if a look-up fails that an output waits for", async () => {
    const failing: PulumiFn = async () => {
      const { uuids } = rhombus.getUsersOutput({ emails: ["nobody@nowhere.example"] });
      new rhombus.AccessControlGroup("staff", { userUuids: uuids });
    };
    const { message } = await refusal(fixture.stack.up(failing));
    assert.match(message, /error: .*getUsers: No user has the e-mail "nobody@nowhere\.example"/);
    assert.equal(fixture.console.groups().length, 1);
    assert.equal(fixture.console.onGuard().length, 1);
  });

  it("ends with the error alone, without a stack trace, in a process of its own", async () => {
    const lines = [
      'const rhombus = require("pulumi-rhombus");',
      'exports.hq = rhombus.getLocationOutput({ name: "Headquaters" }).uuid;',
    ];
    writeFileSync(path.join(fixture.stack.folder, "index.js"), lines.join("\n"));
    const { message } = await refusal(fixture.stack.cli("preview"));
    assert.match(
      message,
      /error: getLocation: No location has the name "Headquaters"\. Did you mean "Headquarters"\?\n/,
    );
    assert.doesNotMatch(message, /node_modules/);
  });
});
