import assert from "node:assert/strict";
import sinon from "sinon";
import { campus, campusSeed, type OperationName } from "../../../provider/emulator";
import { operations } from "../../../provider/emulator/domains/domains";
import { asAcme, asPartner, at, type CallHeaders, call, closeAll, listAt, start } from "./caller";

const { acme, bluebird, cedar, partner } = campusSeed;

const asReader = { ...asAcme, "x-auth-apikey": acme.readOnlyApiKey };
const asClient = { ...asPartner, "x-auth-org": bluebird.orgUuid };

const denied = { status: 403, error: "Forbidden", msg: "Access Denied" };

const rows: readonly (readonly [title: string, status: number, headers: CallHeaders, operation?: OperationName])[] = [
  ["an organization's key", 200, asAcme],
  ["an organization's second key", 200, { ...asAcme, "x-auth-apikey": acme.rotatedApiKey }],
  ["a partner's key for a client", 200, asClient],
  ["no key", 401, { "x-auth-scheme": "api-token" }],
  ["no headers at all", 401, {}],
  ["a wrong key", 403, { ...asAcme, "x-auth-apikey": "wrongEmulatorKey000001" }],
  ["no scheme", 403, { "x-auth-apikey": acme.apiKey }],
  ["an unknown scheme", 403, { ...asAcme, "x-auth-scheme": "bearer" }],
  ["an organization's key as a partner's", 403, { ...asPartner, "x-auth-apikey": acme.apiKey }],
  ["a partner's key as an organization's", 403, { ...asAcme, "x-auth-apikey": partner.apiKey }],
  ["a partner's key without an organization", 403, asPartner],
  ["a partner's key for an organization that it does not manage", 403, { ...asPartner, "x-auth-org": acme.orgUuid }],
  ["a certificate scheme", 403, { ...asAcme, "x-auth-scheme": "api" }],
  ["a partner's certificate scheme", 403, { ...asClient, "x-auth-scheme": "partner-api" }],
  ["a partner's key on its fleet", 200, asPartner, "getClientsV2"],
  ["an organization's key on a fleet", 403, asAcme, "getClientsV2"],
  ["no key on a fleet", 401, {}, "getClientsV2"],
];

describe("emulator: access", () => {
  afterEach(closeAll);

  for (const [title, status, headers, operation = "getOrgV2"] of rows) {
    it(`answers ${status} to ${title}`, async () => {
      assert.equal((await call(await start(), operation, {}, headers)).status, status);
    });
  }

  it("answers a call without a key with the address of the authentication, and a wrong key as Rhombus does", async () => {
    const emulator = await start();
    const { body, headers } = await call(emulator, "getOrgV2", {}, {});
    assert.deepEqual(body, { authenticationFailed: true });
    assert.match(headers.get("www-authenticate") ?? "", /^Bearer resource_metadata="http:\/\/127\.0\.0\.1:\d+\//);
    const answer = await call(emulator, "getOrgV2", {}, { ...asAcme, "x-auth-apikey": "wrong" });
    sinon.assert.match(answer.body, { ...denied, timestamp: sinon.match.number });
  });

  it("refuses every write, and no read, of a key that may only read", async () => {
    const emulator = await start({ seed: "livedIn" });
    const before = emulator.save();
    for (const { name, kind, scope } of operations) {
      if (scope === "partner") continue;
      const { status, body } = await call(emulator, name, {}, asReader);
      // Some reads need a body.
      if (kind === "read") assert.ok([200, 400].includes(status), `${name}: ${status}`);
      else sinon.assert.match([name, body], [name, { ...denied, timestamp: sinon.match.number }]);
    }
    assert.deepEqual(emulator.save(), before);
  });

  it("refuses a partner at a client that denies it access", async () => {
    const clients = [{ orgUuid: bluebird.orgUuid, accessAllowed: false }, { orgUuid: cedar.orgUuid }];
    const emulator = await start({ seed: { ...campus(), partners: [{ ...partner, clients }] } });
    const answer = await call(emulator, "getOrgV2", {}, asClient);
    assert.equal(answer.status, 403);
    const listed = listAt((await call(emulator, "getClientsV2", {}, asPartner)).body, "clients");
    assert.equal(at(listed, 0, "clientAccessAllowed"), false);
  });

  it("does not show, update or delete objects of another organization", async () => {
    const emulator = await start();
    const uuid = emulator.console(cedar.orgUuid).addGroup({ name: "Drivers" });
    await call(emulator, "deleteAccessControlGroup", { groupUuid: uuid });
    assert.equal((await call(emulator, "updateAccessControlGroup", { groupUuid: uuid, name: "x" })).status, 404);
    assert.equal(emulator.console(cedar.orgUuid).groups()[0]?.name, "Drivers");
    assert.deepEqual(at((await call(emulator, "findAccessControlGroupsByOrg")).body, "groups"), []);
    await call(emulator, "createOrUpdateHoneywellOnGuardIntegration", {}, asClient);
    assert.deepEqual([emulator.isEmpty(acme.orgUuid), emulator.isEmpty(bluebird.orgUuid)], [true, false]);
  });
});
