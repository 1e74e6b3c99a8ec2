import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as rhombus from "../../../provider";
import { campusSeed, type Fault } from "../../../provider/emulator";
import { calls } from "../../drivers/calls";
import { beginRun, endRuns, errorOf, run } from "./run";

const { acme, bluebird } = campusSeed;
const email = acme.users.ada.email;

describe("a look-up with invalid arguments", () => {
  afterEach(endRuns);
  // Arguments of a program without types.
  const untyped = (args: object): rhombus.GetUserArgs => args;
  const cases: [message: RegExp, lookup: () => Promise<unknown>][] = [
    [/^getUser: give either email or name\.$/, () => rhombus.getUser({})],
    [/^getUser: give either email or name\.$/, () => rhombus.getUser({ email, name: "Ada Okafor" })],
    [/^getUser: email must not be blank\.$/, () => rhombus.getUser({ email: " " })],
    [/^getUser: email must not be blank\.$/, () => rhombus.getUser(untyped({ email: 7 }))],
    [/^getUser: missing must be "error" or "omit"\.$/, () => rhombus.getUser(untyped({ email, missing: "skip" }))],
    [/^getUsers: give either emails or names, or none of them/, () => rhombus.getUsers({ emails: [], names: [] })],
    [/^getUsers: emails must be a list of strings\.$/, () => rhombus.getUsers(untyped({ emails: email }))],
    [/^getUsers: names must not be blank\.$/, () => rhombus.getUsers({ names: ["Ada Okafor", ""] })],
    [/^getLocation: name must not be blank\.$/, () => rhombus.getLocation({ name: "" })],
    [/^getCamera: give either location or/, () => rhombus.getCamera({ name: "a", location: "b", locationUuid: "c" })],
    [
      /locationUuid ".*" is not a valid RUUID; .*"Y1vE5bXrQvqmgMIFBqNtEA"\.$/,
      () => rhombus.getCameras({ locationUuid: "635bc4e5-b5eb-42fa-a680-c20506a36d10" }),
    ],
    [/^getGeneaDoors: apiToken must not be blank\.$/, () => rhombus.getGeneaDoors({ apiToken: "" })],
    [
      /^getUsers: emails is undefined: give it a value\. Left out/,
      () => rhombus.getUsers(untyped({ emails: undefined })),
    ],
    [/^getUsers: the arguments are undefined: say what to find, or \{\} for all\.$/, () => rhombus.getUsers(undefined)],
    [/^getCameras: location is null: give it/, () => rhombus.getCameras(untyped({ location: null }))],
    [
      /^getDoorLabels: names is an unknown property\. The properties are labels, missing\.$/,
      () => rhombus.getDoorLabels(untyped({ names: [] })),
    ],
    [
      /^getAccessControlledDoors: name is an unknown property\. Did you mean "names"\?$/,
      () => rhombus.getAccessControlledDoors(untyped({ name: "North gate" })),
    ],
  ];
  for (const [expected, lookup] of cases) {
    it(`fails: ${expected.source}`, async () => {
      await run();
      const { reason, message } = await errorOf(lookup());
      assert.equal(reason, "mistake");
      assert.match(message, expected);
    });
  }

  it("fails if an argument of the promise form is an output, and names the output form", async () => {
    const emulator = await run();
    const { reason, message } = await errorOf(rhombus.getUser(untyped({ email: pulumi.output(email) })));
    assert.equal(reason, "mistake");
    assert.match(message, /the argument email is an output, and a promise cannot .* Use getUserOutput\.$/);
    assert.deepEqual(calls(emulator), []);
  });

  it("fails if a setting of the provider is an output", async () => {
    await run();
    const provider = new rhombus.Provider("acme", { apiKey: pulumi.secret(acme.apiKey) });
    const { message } = await errorOf(rhombus.getUsers({}, { provider }));
    assert.match(message, /the provider's apiKey is an output, .* Use getUsersOutput\.$/);
  });
});

describe("a look-up with wrong settings", () => {
  afterEach(endRuns);

  it("fails without a key, and lists the places where it may stand, such as the environment", async () => {
    const { url } = await run();
    const before = { ...process.env };
    try {
      for (const name of Object.keys(before)) if (name.startsWith("RHOMBUS_")) delete process.env[name];
      process.env.HOME = "/nowhere";
      await beginRun({});
      const error = await errorOf(rhombus.getUsers());
      assert.equal(error.reason, "settings");
      assert.ok(error.cause instanceof rhombus.SettingsError && pulumi.RunError.isInstance(error));
      assert.match(
        error.message,
        /^getUsers: rhombus:apiKey: no Rhombus API key\. Set it with `pulumi config set --secret rhombus:apiKey`/,
      );
      Object.assign(process.env, { RHOMBUS_API_KEY: bluebird.apiKey, RHOMBUS_ENDPOINT_URL: url });
      assert.equal((await rhombus.getOrganization()).name, bluebird.name);
    } finally {
      delete process.env.RHOMBUS_API_KEY;
      delete process.env.RHOMBUS_ENDPOINT_URL;
      Object.assign(process.env, before);
    }
  });

  it("fails before any listing if the key belongs to another organization", async () => {
    const emulator = await run({ config: { orgUuid: bluebird.orgUuid } });
    const { reason, message } = await errorOf(rhombus.getUsers({ emails: [email], missing: "omit" }));
    assert.equal(reason, "organization");
    assert.match(message, new RegExp(`organization ${bluebird.orgUuid}, but the key belongs to ${acme.orgUuid}`));
    assert.deepEqual(calls(emulator), ["getOrgV2"]);
  });

  const forbidden: Fault = { kind: "status", status: 403 };

  it("fails if the key may not read its organization and the objects belong to another one", async () => {
    const emulator = await run({ config: { orgUuid: bluebird.orgUuid } });
    emulator.fail({ operation: "getOrgV2", with: forbidden, times: 9 });
    const { reason, message } = await errorOf(rhombus.getUser({ email }));
    assert.equal(reason, "organization");
    assert.match(message, new RegExp(`but the object belongs to ${acme.orgUuid}`));
  });

  it("does not report an object as missing if the key may not read its organization", async () => {
    const emulator = await run({ config: { orgUuid: acme.orgUuid } });
    emulator.fail({ operation: "getOrgV2", with: forbidden, times: 9 });
    assert.equal((await rhombus.getCamera({ name: "Lobby" })).uuid, acme.cameras.lobby.uuid);
    const { reason, message } = await errorOf(rhombus.getCamera({ name: "Nowhere", missing: "omit" }));
    assert.equal(reason, "organization");
    assert.match(
      message,
      /Use a key whose role can read .* has no permission to read its organization, so it may be the wrong key/,
    );
  });

  it("fails to look up an organization that the key may not read", async () => {
    const emulator = await run();
    emulator.fail({ operation: "getOrgV2", with: forbidden });
    const { message } = await errorOf(rhombus.getOrganization());
    assert.match(message, /^getOrganization: this API key has no permission to read its organization \(getOrgV2\)\./);
  });

  it("fails to look up client organizations without a partner's key", async () => {
    await run();
    const { reason, message } = await errorOf(rhombus.getClientOrganizations());
    assert.equal(reason, "rhombus");
    assert.match(message, / Set rhombus:partner to true, with a partner's key: this operation needs both\./);
  });
});

describe("a look-up that Rhombus or a badge vendor rejects", () => {
  afterEach(endRuns);

  it("has the error of the call as its cause", async () => {
    await run({ config: { apiKey: "wrongKeyWrongKeyWrongK" } });
    const error = await errorOf(rhombus.getCameras());
    assert.ok(error.cause instanceof rhombus.RhombusError && error.cause.status === 403);
    assert.match(
      error.message,
      /^getCameras: Check the key from rhombus:apiKey .* getMinimalCameraStateList failed: 403 Access Denied\. For other causes, run `npx pulumi-rhombus doctor`\.$/,
    );
    assert.doesNotMatch(error.message, /wrongKey/);
  });

  it("does not show the key that the badge vendor rejects", async () => {
    const emulator = await run();
    const { message, cause } = await errorOf(rhombus.getGeneaDoors({ apiToken: "genea-canary-token" }));
    assert.match(message, /Check apiToken, which Genea does not accept\./);
    emulator.fail({ operation: "getKisiPlaces", with: { kind: "errorEnvelope", errorMsg: "bad key kisi-canary-key" } });
    const kisi = await errorOf(rhombus.getKisiPlaces({ apiSecretKey: "kisi-canary-key" }));
    assert.match(kisi.message, /bad key \[secret\]/);
    const shown = [message, cause, kisi, kisi.stack, JSON.stringify(emulator.requests())].map(String).join("\n");
    assert.doesNotMatch(shown, /canary/);
  });
});
