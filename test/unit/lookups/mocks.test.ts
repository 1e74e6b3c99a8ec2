// Unit tests of users answer look-ups through Pulumi's mocks. No call is made.
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as rhombus from "../../../provider";
import { endRuns, resolved } from "./run";

/** The arguments that the mocks received, by token. */
type Received = Record<string, unknown>;

async function mock(answers: Record<string, object>): Promise<Received> {
  const asked: Received = {};
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs }),
    call: ({ token, inputs, provider }) => {
      asked[token] = provider ? { ...inputs, provider } : inputs;
      return answers[token] ?? {};
    },
  });
  return asked;
}

describe("a look-up under Pulumi's mocks", () => {
  afterEach(endRuns);

  it("passes its arguments to the mocks, and returns their answer", async () => {
    const asked = await mock({ "rhombus:index:getUser": { uuid: "ada-uuid", name: "Ada" } });
    assert.equal((await rhombus.getUser({ email: "ada@example.com" })).uuid, "ada-uuid");
    assert.deepEqual(asked, { "rhombus:index:getUser": { email: "ada@example.com" } });
  });

  it("asks for the token of each function", async () => {
    const asked = await mock({});
    const once = { name: "x" };
    await Promise.all([
      ...[rhombus.getAccessControlGroup(once), rhombus.getAccessControlGroups(), rhombus.getCamera(once)],
      ...[rhombus.getCameras(), rhombus.getClientOrganizations(), rhombus.getGeneaDoors(), rhombus.getKisiDoors()],
      ...[rhombus.getAccessControlledDoor(once), rhombus.getAccessControlledDoors(), rhombus.getDoorLabels()],
      ...[rhombus.getAccessGrant(once), rhombus.getAccessGrants()],
      ...[rhombus.getKisiPlaces(), rhombus.getLocation(once), rhombus.getLocations()],
      ...[rhombus.getOnGuardIntegrations(), rhombus.getOrganization(), rhombus.getSchedule(once)],
      ...[rhombus.getSchedules(), rhombus.getUser(once), rhombus.getUsers()],
    ]);
    const functions = Object.keys(rhombus).filter((name) => /^get(?!.*Output$)/.test(name));
    assert.deepEqual(Object.keys(asked).sort(), functions.map((name) => `rhombus:index:${name}`).sort());
  });

  it("returns outputs for resources, and names the provider", async () => {
    const asked = await mock({ "rhombus:index:getUsers": { users: [], uuids: ["a", "b"] } });
    const provider = new rhombus.Provider("acme", { apiKey: pulumi.secret("key") });
    const { uuids } = rhombus.getUsersOutput({ emails: [pulumi.output("a@b.c")] }, { provider });
    const group = new rhombus.AccessControlGroup("staff", { userUuids: uuids });
    assert.deepEqual(await resolved(group.userUuids), ["a", "b"]);
    const given = asked["rhombus:index:getUsers"];
    assert.ok(typeof given === "object" && given !== null && "provider" in given && "emails" in given);
    assert.match(String(given.provider), /pulumi:providers:pulumi-nodejs::acme::acme-id$/);
  });

  it("passes a vendor key in plain text, as mocks get all inputs, and its answer is not secret", async () => {
    const asked = await mock({ "rhombus:index:getGeneaDoors": { doors: [], ids: ["d1"] } });
    const doors = rhombus.getGeneaDoorsOutput({ apiToken: pulumi.secret("token") });
    assert.deepEqual(await resolved(doors.ids), ["d1"]);
    assert.deepEqual(asked["rhombus:index:getGeneaDoors"], { apiToken: "token" });
    assert.equal(await pulumi.isSecret(doors), false);
  });

  it("returns undefined for an empty answer if the object may be missing", async () => {
    await mock({});
    assert.equal(await rhombus.getUser({ email: "ada@example.com", missing: "omit" }), undefined);
    assert.equal(await resolved(rhombus.getCameraOutput({ name: "x", missing: "omit" })), undefined);
  });
});
