import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as rhombus from "../../../provider";
import { campusSeed } from "../../../provider/emulator";
import { calls, count } from "../../resources/stack";
import { endRuns, refusalOf, run, settled, unknown } from "./run";

const { acme, bluebird, cedar, partner } = campusSeed;
const { ada, ben } = acme.users;

/** An output that nobody knows yet, as previews have them. */
function unknownOutput(): pulumi.Output<string> {
  return new rhombus.AccessControlGroup("made later").id;
}

describe("looking up with outputs", () => {
  afterEach(endRuns);

  it("answers with an output whose properties are outputs", async () => {
    await run();
    const found = rhombus.getUserOutput({ email: pulumi.output(ada.email) });
    assert.equal(await settled(found.uuid), ada.uuid);
    const { uuids } = rhombus.getUsersOutput({ emails: [pulumi.output(ben.email), ada.email] });
    assert.deepEqual(await settled(uuids), [ben.uuid, ada.uuid]);
  });

  it("quotes no argument that is a secret", async () => {
    await run();
    const hidden = pulumi.secret("a-secret-that-nobody-may-see");
    const found = [
      rhombus.getUserOutput({ email: hidden }),
      rhombus.getAccessControlGroupOutput({ name: hidden }),
      rhombus.getUsersOutput({ emails: [hidden] }),
    ];
    for (const each of found) {
      const { message } = await refusalOf(settled(each));
      assert.doesNotMatch(message, /nobody-may-see/);
      assert.match(message, /\[secret\]/);
    }
  });

  it("has an output for every function, with the same answer", async () => {
    await run({ seed: "livedIn" });
    const pairs: [Promise<unknown>, pulumi.Output<unknown>][] = [
      [rhombus.getAccessControlGroup({ name: "Everyone" }), rhombus.getAccessControlGroupOutput({ name: "Everyone" })],
      [rhombus.getAccessControlGroups(), rhombus.getAccessControlGroupsOutput()],
      [rhombus.getCamera({ name: "Lobby" }), rhombus.getCameraOutput({ name: "Lobby" })],
      [rhombus.getCameras(), rhombus.getCamerasOutput()],
      [rhombus.getGeneaDoors(), rhombus.getGeneaDoorsOutput()],
      [rhombus.getKisiDoors(), rhombus.getKisiDoorsOutput()],
      [rhombus.getKisiPlaces(), rhombus.getKisiPlacesOutput()],
      [rhombus.getLocation({ name: "Warehouse" }), rhombus.getLocationOutput({ name: "Warehouse" })],
      [rhombus.getLocations(), rhombus.getLocationsOutput()],
      [rhombus.getOnGuardIntegrations(), rhombus.getOnGuardIntegrationsOutput()],
      [rhombus.getOrganization(), rhombus.getOrganizationOutput()],
      [rhombus.getUser({ email: ada.email }), rhombus.getUserOutput({ email: ada.email })],
      [rhombus.getUsers(), rhombus.getUsersOutput()],
    ];
    for (const [promise, output] of pairs) assert.deepEqual(await settled(output), await promise);
    const outputs = Object.keys(rhombus).filter((name) => /^get.*Output$/.test(name));
    assert.equal(outputs.length, pairs.length + 1, "the partner's is tested with a partner's key");
  });

  it("takes a partner's key that is an output", async () => {
    const emulator = await run({ config: { apiKey: "" } });
    const provider = new rhombus.Provider("partner", {
      apiKey: pulumi.secret(partner.apiKey),
      endpoint: emulator.url,
      partner: pulumi.output(true),
      orgUuid: Promise.resolve(bluebird.orgUuid),
    });
    const clients = rhombus.getClientOrganizationsOutput({}, { provider });
    assert.deepEqual(await settled(clients.uuids), [bluebird.orgUuid, cedar.orgUuid]);
    const users = rhombus.getUsersOutput({}, { provider });
    assert.deepEqual(
      await settled(users.uuids),
      Object.values(bluebird.users).map(({ uuid }) => uuid),
    );
    assert.equal(await pulumi.isSecret(users), false, "the key is secret, and no part of the answer");
  });

  it("takes a provider whose settings are known at once in a promise too", async () => {
    const emulator = await run({ config: { apiKey: "" } });
    const args = { apiKey: Promise.resolve(bluebird.apiKey), endpoint: emulator.url, timeoutSeconds: 3 };
    const provider = new rhombus.Provider("bluebird", args);
    assert.equal((await rhombus.getOrganization({ provider })).name, bluebird.name);
  });

  it("knows no answer while an argument is unknown, and asks nothing", async () => {
    const emulator = await run({ preview: true });
    assert.equal(await settled(rhombus.getUserOutput({ email: unknownOutput() }).uuid), unknown);
    const provider = new rhombus.Provider("later", { apiKey: unknownOutput(), endpoint: emulator.url });
    assert.equal(await settled(rhombus.getUsersOutput({}, { provider }).uuids), unknown);
    assert.deepEqual(calls(emulator), []);
  });

  it("knows no answer while something it depends on does not exist", async () => {
    const emulator = await run({ preview: true, seed: "livedIn" });
    const group = new rhombus.AccessControlGroup("Warehouse");
    const named = rhombus.getAccessControlGroupOutput({ name: group.name });
    const ordered = rhombus.getGeneaDoorsOutput({}, { dependsOn: [group] });
    assert.deepEqual([await settled(named.uuid), await settled(ordered.ids)], [unknown, unknown]);
    assert.deepEqual(calls(emulator), []);
  });

  it("reads afresh what a resource that it depends on may have changed, until it shows", async () => {
    const emulator = await run({ seed: "livedIn" });
    await rhombus.getAccessControlGroups();
    const group = new rhombus.AccessControlGroup("Painters");
    const found = rhombus.getAccessControlGroupOutput({ name: group.name });
    const answered = settled(found.name);
    await eventually(() => count(emulator, "findAccessControlGroupsByOrg") === 2);
    emulator.console(acme.orgUuid).addGroup({ name: "Painters" });
    assert.equal(await answered, "Painters");
  });

  it("asks for users once, also when e-mails come from resources", async () => {
    const emulator = await run();
    const okta = [ada, ben].map(({ email }) => new rhombus.AccessControlGroup(email));
    for (const { name } of okta) await settled(rhombus.getUserOutput({ email: name }).uuid);
    assert.deepEqual(calls(emulator), ["getUsersInOrg"]);
  });

  it("does not make an answer secret because of another vendor's key, which is no part of it", async () => {
    await run();
    const doors = rhombus.getGeneaDoorsOutput({ apiToken: pulumi.secret(acme.genea.apiToken) });
    const kisi = rhombus.getKisiDoorsOutput({ apiSecretKey: pulumi.secret(acme.kisi.apiSecretKey) });
    const places = rhombus.getKisiPlacesOutput({ apiSecretKey: pulumi.secret(acme.kisi.apiSecretKey) });
    const ids = [doors.ids, kisi.ids, places.ids];
    const known = await Promise.all(ids.map(settled));
    const firsts = known.map((each) => Array.isArray(each) && each[0]);
    assert.deepEqual(firsts, [acme.genea.doors.lobby.id, "51001", "41001"]);
    assert.deepEqual(await Promise.all(ids.map((each) => pulumi.isSecret(each))), [false, false, false]);
  });

  it("keeps an answer secret that a secret leads to", async () => {
    await run();
    const user = rhombus.getUserOutput({ email: pulumi.secret(ada.email) });
    assert.equal(await settled(user.uuid), ada.uuid);
    assert.equal(await pulumi.isSecret(user.uuid), true);
  });

  it("fails as the promise does", async () => {
    await run();
    const wrong = rhombus.getUserOutput({ email: pulumi.output("ada.okafr@acme-robotics.example") });
    assert.match((await refusalOf(settled(wrong))).message, /^getUser: No user has .* Did you mean/);
    const none = rhombus.getUserOutput({ email: pulumi.output("nobody@nowhere.example"), missing: "omit" });
    assert.equal(await settled(none), undefined);
  });

  it("is typed by whether the answer may be missing", async () => {
    await run();
    // The compiler is the test: these are `true` only as long as the types agree.
    const sure: string = (await rhombus.getUser({ email: ada.email, missing: "error" })).uuid;
    const perhaps: rhombus.GetUserResult | undefined = await rhombus.getUser({ email: ada.email, missing: "omit" });
    const unsure = true satisfies undefined extends Awaited<ReturnType<typeof omitting>> ? true : false;
    assert.deepEqual([sure, perhaps?.uuid, unsure], [ada.uuid, ada.uuid, true]);
  });
});

function omitting() {
  return rhombus.getUser({ email: ada.email, missing: "omit" });
}

async function eventually(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
