import assert from "node:assert/strict";
import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import * as rhombus from "../../../provider";
import { campusSeed, type Fault } from "../../../provider/emulator";
import { calls } from "../../resources/stack";
import { beginRun, endRuns, refusalOf, run } from "./run";

const { acme, bluebird, partner } = campusSeed;
const email = acme.users.ada.email;

describe("a look-up with mistakes in its arguments", () => {
  afterEach(endRuns);
  // As a program in JavaScript may write it.
  const loosely = (args: object): rhombus.GetUserArgs => args;
  const cases: [said: RegExp, looked: () => Promise<unknown>][] = [
    [/^getUser: give either email or name\.$/, () => rhombus.getUser({})],
    [/^getUser: give either email or name\.$/, () => rhombus.getUser({ email, name: "Ada Okafor" })],
    [/^getUser: email must not be blank\.$/, () => rhombus.getUser({ email: " " })],
    [/^getUser: email must not be blank\.$/, () => rhombus.getUser(loosely({ email: 7 }))],
    [/^getUser: missing must be "error" or "omit"\.$/, () => rhombus.getUser(loosely({ email, missing: "skip" }))],
    [/^getUsers: give either emails or names, or none of them/, () => rhombus.getUsers({ emails: [], names: [] })],
    [/^getUsers: emails must be a list of strings\.$/, () => rhombus.getUsers(loosely({ emails: email }))],
    [/^getUsers: names must not be blank\.$/, () => rhombus.getUsers({ names: ["Ada Okafor", ""] })],
    [/^getLocation: name must not be blank\.$/, () => rhombus.getLocation({ name: "" })],
    [/^getCamera: give either location or/, () => rhombus.getCamera({ name: "a", location: "b", locationUuid: "c" })],
    [
      /locationUuid ".*" is not a valid RUUID; .*"Y1vE5bXrQvqmgMIFBqNtEA"\.$/,
      () => rhombus.getCameras({ locationUuid: "635bc4e5-b5eb-42fa-a680-c20506a36d10" }),
    ],
    [/^getGeneaDoors: apiToken must not be blank\.$/, () => rhombus.getGeneaDoors({ apiToken: "" })],
  ];
  for (const [said, looked] of cases) {
    it(`is refused: ${said.source}`, async () => {
      await run();
      const { reason, message } = await refusalOf(looked());
      assert.equal(reason, "mistake");
      assert.match(message, said);
    });
  }

  it("is refused where a promise would have to wait for an output, and names the function that can", async () => {
    const emulator = await run();
    const { reason, message } = await refusalOf(rhombus.getUser(loosely({ email: pulumi.output(email) })));
    assert.equal(reason, "mistake");
    assert.match(
      message,
      /the argument email is an output, and a promise cannot wait for outputs\. Use getUserOutput\.$/,
    );
    assert.deepEqual(calls(emulator), []);
  });

  it("is refused for a provider whose key is an output", async () => {
    await run();
    const provider = new rhombus.Provider("acme", { apiKey: pulumi.secret(acme.apiKey) });
    const { message } = await refusalOf(rhombus.getUsers({}, { provider }));
    assert.match(message, /the provider's apiKey is an output, .* Use getUsersOutput\.$/);
  });
});

describe("a look-up under wrong settings", () => {
  afterEach(endRuns);

  it("says where it has looked for a key, as an error of its own kind", async () => {
    const error = await withEnvironment({}, async () => {
      await beginRun({});
      return refusalOf(rhombus.getUsers());
    });
    assert.equal(error.reason, "settings");
    assert.ok(error.cause instanceof rhombus.SettingsError);
    assert.match(error.message, /^getUsers: rhombus:apiKey: no Rhombus API key\. Looked at/);
    assert.ok(pulumi.RunError.isInstance(error), "Pulumi shows it without a stack");
  });

  it("takes the key from the environment where the stack config has none", async () => {
    const { url } = await run();
    const settings = { RHOMBUS_API_KEY: bluebird.apiKey, RHOMBUS_ENDPOINT_URL: url };
    const found = await withEnvironment(settings, async () => {
      await beginRun({});
      return rhombus.getOrganization();
    });
    assert.equal(found.name, bluebird.name);
  });

  it("does not show a key that stands where another setting should", async () => {
    await beginRun({ apiKey: "k-canary", region: "k-canary" });
    const error = await refusalOf(rhombus.getUsers());
    assert.match(error.message, /rhombus:region: "\[secret\]" is not a region/);
    assert.doesNotMatch(inspect(error), /canary/);
  });

  it("is refused when the key opens another organization, before anything is listed", async () => {
    const emulator = await run({ config: { orgUuid: bluebird.orgUuid } });
    const { reason, message } = await refusalOf(rhombus.getUsers({ emails: [email], missing: "omit" }));
    assert.equal(reason, "organization");
    assert.match(
      message,
      new RegExp(`settings name the organization ${bluebird.orgUuid}, but the key opens ${acme.orgUuid}`),
    );
    assert.deepEqual(calls(emulator), ["getOrgV2"]);
  });

  const forbidden: Fault = { kind: "status", status: 403 };

  it("is refused when the key may not ask, and what it reads is another organization's", async () => {
    const emulator = await run({ config: { orgUuid: bluebird.orgUuid } });
    emulator.fail({ operation: "getOrgV2", with: forbidden, times: 9 });
    const { reason, message } = await refusalOf(rhombus.getUser({ email }));
    assert.equal(reason, "organization");
    assert.match(message, new RegExp(`but what was read belongs to ${acme.orgUuid}`));
  });

  it("does not believe that something is missing where the key may not ask which organization it opens", async () => {
    const emulator = await run({ config: { orgUuid: acme.orgUuid } });
    emulator.fail({ operation: "getOrgV2", with: forbidden, times: 9 });
    assert.equal((await rhombus.getCamera({ name: "Lobby" })).uuid, acme.cameras.lobby.uuid);
    const { reason, message } = await refusalOf(rhombus.getCamera({ name: "Nowhere", missing: "omit" }));
    assert.equal(reason, "organization");
    assert.match(message, /may not ask which organization it opens, so it may be the wrong one/);
  });

  it("says that the organization cannot be asked for", async () => {
    const emulator = await run();
    emulator.fail({ operation: "getOrgV2", with: forbidden });
    const { message } = await refusalOf(rhombus.getOrganization());
    assert.match(message, /^getOrganization: this API key may not ask which organization it opens\./);
  });

  it("asks for a partner's key where the fleet of a partner is meant", async () => {
    await run();
    const { reason, message } = await refusalOf(rhombus.getClientOrganizations());
    assert.equal(reason, "rhombus");
    assert.match(message, /this operation needs a partner's key and rhombus:partner set to true/);
  });
});

describe("a look-up that Rhombus or another vendor refuses", () => {
  afterEach(endRuns);

  it("carries the error of the call, from which a program can see what went wrong", async () => {
    await run({ config: { apiKey: "wrongKeyWrongKeyWrongK" } });
    const error = await refusalOf(rhombus.getCameras());
    assert.ok(error.cause instanceof rhombus.RhombusError && error.cause.status === 403);
    assert.match(error.message, /^getCameras: getMinimalCameraStateList failed: 403 Access Denied/);
    assert.doesNotMatch(error.message, /wrongKey/);
  });

  it("does not show the key that the other vendor refuses", async () => {
    const emulator = await run();
    const { message, cause } = await refusalOf(rhombus.getGeneaDoors({ apiToken: "genea-canary-token" }));
    assert.match(message, /Genea refused its own key: check apiToken/);
    emulator.fail({ operation: "getKisiPlaces", with: { kind: "errorEnvelope", errorMsg: "bad key kisi-canary-key" } });
    const kisi = await refusalOf(rhombus.getKisiPlaces({ apiSecretKey: "kisi-canary-key" }));
    assert.match(kisi.message, /bad key \[secret\]/);
    const shown = [message, cause, kisi, kisi.stack, JSON.stringify(emulator.requests())].map(String).join("\n");
    assert.doesNotMatch(shown, /canary/);
  });

  it("does not show a key that stands where a name should be", async () => {
    await run({ config: { apiKey: partner.apiKey, partner: "true", orgUuid: bluebird.orgUuid } });
    const { message } = await refusalOf(rhombus.getUser({ name: partner.apiKey }));
    assert.match(message, /No user has the name "\[secret\]"/);
  });

  it("tries again what may be tried again", async () => {
    const emulator = await run({ config: { maxRetries: "2" } });
    emulator.fail({ operation: "getUsersInOrg", with: { kind: "rateLimited", retryAfterSeconds: 1 } });
    assert.equal((await rhombus.getUser({ email })).uuid, acme.users.ada.uuid);
    assert.deepEqual(calls(emulator), ["getUsersInOrg", "getUsersInOrg"]);
  });
});

/** Runs something in another environment, where nobody has logged in with the vendor's command line. */
async function withEnvironment<T>(settings: Readonly<Record<string, string>>, act: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  for (const name of Object.keys(before)) if (name.startsWith("RHOMBUS_")) delete process.env[name];
  Object.assign(process.env, { HOME: "/nowhere", ...settings });
  try {
    return await act();
  } finally {
    for (const name of Object.keys(settings)) delete process.env[name];
    Object.assign(process.env, before);
  }
}
