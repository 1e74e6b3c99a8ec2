import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { campusSeed } from "../../provider/emulator";
import { count } from "../drivers/calls";
import { describeLong } from "../tally";
import { useFixture } from "./fixture";
import { refusal } from "./stack";

const { acme, bluebird, partner } = campusSeed;
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
      // What the program makes can be looked up as soon as it exists.
      const made = rhombus.getAccessControlGroupOutput({ name: staff.name });
      return { dock: doors.ids, made: made.uuid, staff: staff.id };
    };

  it("sees in a preview what it will deploy, except for what does not exist yet", async () => {
    const { text } = await fixture.stack.preview(program([ada.email]));
    assert.match(text, new RegExp(`\\[0\\]: "${acme.cameras.lobby.uuid}"`));
    assert.match(text, new RegExp(`\\[0\\]: "${ada.uuid}"`));
    assert.deepEqual(fixture.console.groups(), []);
  });

  it("deploys with what it has found, one listing of each kind for all look-ups", async () => {
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

  it("has nothing to do after that, and shows a change of what it finds", async () => {
    await fixture.stack.expectNothingToDo();
    const { steps } = await fixture.stack.up(program([ada.email]));
    assert.deepEqual(steps, ["update staff"]);
    assert.deepEqual(fixture.console.groups()[0]?.userUuids, [ada.uuid]);
  });

  it("fails with one readable line when something is missing", async () => {
    const failing: PulumiFn = async () => {
      await rhombus.getUsers({ emails: [ada.email.replace("okafor", "okafr")] });
    };
    const { message } = await refusal(fixture.stack.preview(failing));
    assert.match(message, /error: getUsers: No user has the e-mail "ada.okafr@.+"\. Did you mean "ada\.okafor@.+"\?/);
    assert.doesNotMatch(message, /\bat .*lookups|Unhandled exception/);
  });

  it("deletes nothing when a look-up fails that an output waits for", async () => {
    const failing: PulumiFn = async () => {
      const { uuids } = rhombus.getUsersOutput({ emails: ["nobody@nowhere.example"] });
      new rhombus.AccessControlGroup("staff", { userUuids: uuids });
    };
    const { message } = await refusal(fixture.stack.up(failing));
    assert.match(message, /error: .*getUsers: No user has the e-mail "nobody@nowhere\.example"/);
    assert.equal(fixture.console.groups().length, 1);
    assert.equal(fixture.console.onGuard().length, 1);
  });

  it("fails as readably when another vendor refuses its key, which is not shown", async () => {
    const failing: PulumiFn = async () => {
      await rhombus.getKisiPlaces({ apiSecretKey: acme.genea.apiToken });
    };
    const { message } = await refusal(fixture.stack.preview(failing));
    assert.match(message, /error: getKisiPlaces: getKisiPlaces failed: Kisi does not accept the API key\./);
  });
});

describeLong("a program of its own process that looks up what there is not", function () {
  this.timeout(60_000);
  const fixture = useFixture();

  it("ends with the error alone, also where Node takes minutes over the stack of others", async () => {
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

describeLong("a partner's program that looks up what exists", function () {
  this.timeout(60_000);
  const fixture = useFixture();
  const program: PulumiFn = async () => {
    const apiKey = pulumi.secret(partner.apiKey);
    const { url: endpoint } = fixture.emulator;
    const fleet = new rhombus.Provider("fleet", { apiKey, partner: true, endpoint });
    const orgUuid = rhombus.getClientOrganizationsOutput({ names: ["bluebird clinics"] }, { provider: fleet }).uuids;
    const provider = new rhombus.Provider("bluebird", {
      ...{ apiKey, partner: true, endpoint },
      orgUuid: orgUuid.apply(([uuid = ""]) => uuid),
    });
    const nurse = rhombus.getUserOutput({ email: bluebird.users.maya.email }, { provider });
    new rhombus.AccessControlGroup("nurses", { userUuids: [nurse.uuid] }, { provider });
    return {
      organization: rhombus.getOrganizationOutput({ provider }).name,
      own: (await rhombus.getOrganization()).name,
    };
  };

  it("finds an organization by name, and what is in it, with a key that is an output", async () => {
    await fixture.stack.up(program);
    const outputs = await fixture.stack.outputs();
    assert.deepEqual(outputs.organization, { value: bluebird.name, secret: false });
    assert.equal(outputs.own?.value, acme.name);
    const [group] = fixture.emulator.console(bluebird.orgUuid).groups();
    assert.deepEqual(group?.userUuids, [bluebird.users.maya.uuid]);
    await fixture.stack.expectNothingToDo();
  });

  it("is refused under settings that name another organization than the key opens", async () => {
    await fixture.stack.setConfig("rhombus:orgUuid", bluebird.orgUuid);
    const { message } = await refusal(fixture.stack.preview(program));
    assert.match(message, new RegExp(`error: getOrganization: The settings name the organization ${bluebird.orgUuid}`));
  });
});
