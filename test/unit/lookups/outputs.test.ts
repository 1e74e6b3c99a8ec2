import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as rhombus from "../../../provider";
import { campusSeed } from "../../../provider/emulator";
import { calls, count } from "../../drivers/calls";
import { endRuns, errorOf, resolved, run, unknown } from "./run";

const { acme, bluebird, cedar, partner } = campusSeed;
const { ada, ben } = acme.users;

/** An output that is unknown in a preview. */
function unknownOutput(): pulumi.Output<string> {
  return new rhombus.AccessControlGroup("created later").id;
}

describe("looking up with outputs", () => {
  afterEach(endRuns);

  it("redacts secret arguments in errors", async () => {
    await run();
    const secret = pulumi.secret("a-secret-that-nobody-may-see");
    const found = [
      rhombus.getUserOutput({ email: secret }),
      rhombus.getAccessControlGroupOutput({ name: secret }),
      rhombus.getUsersOutput({ emails: [secret] }),
    ];
    for (const each of found) {
      const { message } = await errorOf(resolved(each));
      assert.doesNotMatch(message, /nobody-may-see/);
      assert.match(message, /\[secret\]/);
    }
  });

  it("has an output form of every function, with the same answer", async () => {
    const emulator = await run({ seed: "livedIn" });
    const grant = { name: "Gates", locationUuid: acme.locations.headquarters.uuid };
    emulator.console(acme.orgUuid).addAccessGrant(grant);
    const pairs: [Promise<unknown>, pulumi.Output<unknown>][] = [
      [rhombus.getAccessControlGroup({ name: "Everyone" }), rhombus.getAccessControlGroupOutput({ name: "Everyone" })],
      [rhombus.getAccessControlGroups(), rhombus.getAccessControlGroupsOutput()],
      [
        rhombus.getAccessControlledDoor({ name: "North gate" }),
        rhombus.getAccessControlledDoorOutput({ name: "North gate" }),
      ],
      [rhombus.getAccessControlledDoors(), rhombus.getAccessControlledDoorsOutput()],
      [rhombus.getAccessGrant({ name: "Gates" }), rhombus.getAccessGrantOutput({ name: "Gates" })],
      [rhombus.getAccessGrants(), rhombus.getAccessGrantsOutput()],
      [rhombus.getDoorLabels(), rhombus.getDoorLabelsOutput()],
      [rhombus.getCamera({ name: "Lobby" }), rhombus.getCameraOutput({ name: "Lobby" })],
      [rhombus.getCameras(), rhombus.getCamerasOutput()],
      [rhombus.getGeneaDoors(), rhombus.getGeneaDoorsOutput()],
      [rhombus.getKisiDoors(), rhombus.getKisiDoorsOutput()],
      [rhombus.getKisiPlaces(), rhombus.getKisiPlacesOutput()],
      [rhombus.getLocation({ name: "Warehouse" }), rhombus.getLocationOutput({ name: "Warehouse" })],
      [rhombus.getLocations(), rhombus.getLocationsOutput()],
      [rhombus.getOnGuardIntegrations(), rhombus.getOnGuardIntegrationsOutput()],
      [rhombus.getOrganization(), rhombus.getOrganizationOutput()],
      [rhombus.getSchedule({ name: "After hours" }), rhombus.getScheduleOutput({ name: "After hours" })],
      [rhombus.getSchedules(), rhombus.getSchedulesOutput()],
      [rhombus.getUser({ email: ada.email }), rhombus.getUserOutput({ email: ada.email })],
      [rhombus.getUsers(), rhombus.getUsersOutput()],
    ];
    for (const [promise, output] of pairs) assert.deepEqual(await resolved(output), await promise);
    const outputs = Object.keys(rhombus).filter((name) => /^get.*Output$/.test(name));
    assert.equal(outputs.length, pairs.length + 1, "getClientOrganizations is tested with a partner's key");
  });

  it("accepts a partner's key that is an output", async () => {
    const emulator = await run({ config: { apiKey: "" } });
    const provider = new rhombus.Provider("partner", {
      apiKey: pulumi.secret(partner.apiKey),
      endpoint: emulator.url,
      partner: pulumi.output(true),
      orgUuid: Promise.resolve(bluebird.orgUuid),
    });
    const clients = rhombus.getClientOrganizationsOutput({}, { provider });
    assert.deepEqual(await resolved(clients.uuids), [bluebird.orgUuid, cedar.orgUuid]);
    const users = rhombus.getUsersOutput({}, { provider });
    assert.deepEqual(
      await resolved(users.uuids),
      Object.values(bluebird.users).map(({ uuid }) => uuid),
    );
    assert.equal(await pulumi.isSecret(users), false, "the answer does not contain the key");
  });

  it("accepts a provider whose settings are no outputs in the promise form", async () => {
    const emulator = await run({ config: { apiKey: "" } });
    const args = { apiKey: Promise.resolve(bluebird.apiKey), endpoint: emulator.url, timeoutSeconds: 3 };
    const provider = new rhombus.Provider("bluebird", args);
    assert.equal((await rhombus.getOrganization({ provider })).name, bluebird.name);
  });

  it("is unknown while an argument is unknown, and makes no call", async () => {
    const emulator = await run({ preview: true });
    assert.equal(await resolved(rhombus.getUserOutput({ email: unknownOutput() }).uuid), unknown);
    const provider = new rhombus.Provider("later", { apiKey: unknownOutput(), endpoint: emulator.url });
    assert.equal(await resolved(rhombus.getUsersOutput({}, { provider }).uuids), unknown);
    assert.deepEqual(calls(emulator), []);
  });

  it("is unknown while a dependency does not exist", async () => {
    const emulator = await run({ preview: true, seed: "livedIn" });
    const group = new rhombus.AccessControlGroup("Warehouse");
    const named = rhombus.getAccessControlGroupOutput({ name: group.name });
    const ordered = rhombus.getGeneaDoorsOutput({}, { dependsOn: [group] });
    assert.deepEqual([await resolved(named.uuid), await resolved(ordered.ids)], [unknown, unknown]);
    assert.deepEqual(calls(emulator), []);
  });

  it("polls for an object that a dependency may have created", async () => {
    const emulator = await run({ seed: "livedIn" });
    await rhombus.getAccessControlGroups();
    const group = new rhombus.AccessControlGroup("Painters");
    const found = rhombus.getAccessControlGroupOutput({ name: group.name });
    const answered = resolved(found.name);
    await eventually(() => count(emulator, "findAccessControlGroupsByOrg") === 2);
    emulator.console(acme.orgUuid).addGroup({ name: "Painters" });
    assert.equal(await answered, "Painters");
  });

  it("lists users once, also if e-mails come from resources", async () => {
    const emulator = await run();
    const okta = [ada, ben].map(({ email }) => new rhombus.AccessControlGroup(email));
    for (const { name } of okta) await resolved(rhombus.getUserOutput({ email: name }).uuid);
    assert.deepEqual(calls(emulator), ["getUsersInOrg"]);
  });

  it("is not secret because of a vendor key, which it does not contain", async () => {
    await run();
    const doors = rhombus.getGeneaDoorsOutput({ apiToken: pulumi.secret(acme.genea.apiToken) });
    const kisi = rhombus.getKisiDoorsOutput({ apiSecretKey: pulumi.secret(acme.kisi.apiSecretKey) });
    const places = rhombus.getKisiPlacesOutput({ apiSecretKey: pulumi.secret(acme.kisi.apiSecretKey) });
    const ids = [doors.ids, kisi.ids, places.ids];
    const lists = await Promise.all(ids.map(resolved));
    const firsts = lists.map((each) => Array.isArray(each) && each[0]);
    assert.deepEqual(firsts, [acme.genea.doors.lobby.id, "51001", "41001"]);
    assert.deepEqual(await Promise.all(ids.map((each) => pulumi.isSecret(each))), [false, false, false]);
  });

  it("is secret if another argument is secret", async () => {
    await run();
    const user = rhombus.getUserOutput({ email: pulumi.secret(ada.email) });
    assert.equal(await resolved(user.uuid), ada.uuid);
    assert.equal(await pulumi.isSecret(user.uuid), true);
  });

  it("has `undefined` in its type only if the object may be missing", async () => {
    await run();
    // The compiler checks these types.
    const uuid: string = (await rhombus.getUser({ email: ada.email, missing: "error" })).uuid;
    const found: rhombus.GetUserResult | undefined = await rhombus.getUser({ email: ada.email, missing: "omit" });
    const optional = true satisfies undefined extends Awaited<ReturnType<typeof omitting>> ? true : false;
    assert.deepEqual([uuid, found?.uuid, optional], [ada.uuid, ada.uuid, true]);
  });
});

function omitting() {
  return rhombus.getUser({ email: ada.email, missing: "omit" });
}

async function eventually(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
}
