import assert from "node:assert/strict";
import sinon from "sinon";
import { campus, campusSeed, type OperationName } from "../../../provider/emulator";
import { asAcme, asPartner, at, type CallHeaders, call, closeAll, listAt, start } from "./caller";

const { acme, bluebird, cedar, partner } = campusSeed;

interface Row {
  readonly title: string;
  readonly headers: CallHeaders;
  readonly status: number;
  readonly operation?: OperationName;
}

const rows: readonly Row[] = [
  { title: "an organization's key", headers: asAcme, status: 200 },
  { title: "an organization's second key", headers: { ...asAcme, "x-auth-apikey": acme.rotatedApiKey }, status: 200 },
  { title: "a partner's key for a client", headers: { ...asPartner, "x-auth-org": bluebird.orgUuid }, status: 200 },
  { title: "no key", headers: { "x-auth-scheme": "api-token" }, status: 401 },
  { title: "no headers at all", headers: {}, status: 401 },
  { title: "a wrong key", headers: { ...asAcme, "x-auth-apikey": "wrongEmulatorKey000001" }, status: 403 },
  { title: "no scheme", headers: { "x-auth-apikey": acme.apiKey }, status: 403 },
  { title: "an unknown scheme", headers: { ...asAcme, "x-auth-scheme": "bearer" }, status: 403 },
  {
    title: "an organization's key as a partner's",
    headers: { ...asPartner, "x-auth-apikey": acme.apiKey },
    status: 403,
  },
  {
    title: "a partner's key as an organization's",
    headers: { ...asAcme, "x-auth-apikey": partner.apiKey },
    status: 403,
  },
  { title: "a partner's key without an organization", headers: asPartner, status: 403 },
  { title: "a partner's key for a stranger", headers: { ...asPartner, "x-auth-org": acme.orgUuid }, status: 403 },
  { title: "a certificate scheme", headers: { ...asAcme, "x-auth-scheme": "api" }, status: 403 },
  {
    title: "a partner's certificate scheme",
    headers: { ...asPartner, "x-auth-scheme": "partner-api", "x-auth-org": bluebird.orgUuid },
    status: 403,
  },
  { title: "a partner's key on its fleet", headers: asPartner, status: 200, operation: "getClientsV2" },
  { title: "an organization's key on a fleet", headers: asAcme, status: 403, operation: "getClientsV2" },
  { title: "no key on a fleet", headers: {}, status: 401, operation: "getClientsV2" },
];

describe("emulator: access", () => {
  afterEach(closeAll);

  for (const { title, headers, status, operation = "getOrgV2" } of rows) {
    it(`answers ${status} to ${title}`, async () => {
      assert.equal((await call(await start(), operation, {}, headers)).status, status);
    });
  }

  it("answers a call without a key with 401 and the address of the authentication", async () => {
    const emulator = await start();
    const answer = await call(emulator, "getOrgV2", {}, {});
    assert.deepEqual(answer.body, { authenticationFailed: true });
    assert.match(
      answer.headers.get("www-authenticate") ?? "",
      /^Bearer resource_metadata="http:\/\/127\.0\.0\.1:\d+\//,
    );
  });

  it("answers a wrong key with the vendor's 403", async () => {
    const answer = await call(await start(), "getOrgV2", {}, { ...asAcme, "x-auth-apikey": "wrong" });
    const expected = { status: 403, error: "Forbidden", msg: "Access Denied", timestamp: sinon.match.number };
    sinon.assert.match(answer.body, expected);
  });

  it("refuses a partner at a client that denies it access", async () => {
    const clients = [{ orgUuid: bluebird.orgUuid, accessAllowed: false }, { orgUuid: cedar.orgUuid }];
    const emulator = await start({ seed: { ...campus(), partners: [{ ...partner, clients }] } });
    const answer = await call(emulator, "getOrgV2", {}, { ...asPartner, "x-auth-org": bluebird.orgUuid });
    assert.equal(answer.status, 403);
    const listed = listAt((await call(emulator, "getClientsV2", {}, asPartner)).body, "clients");
    assert.equal(at(listed, 0, "clientAccessAllowed"), false);
  });

  it("separates the data of organizations", async () => {
    const emulator = await start();
    const asBluebird = { ...asPartner, "x-auth-org": bluebird.orgUuid };
    await call(emulator, "createAccessControlGroup", { name: "Nurses" }, asBluebird);
    await call(emulator, "createOrUpdateHoneywellOnGuardIntegration", {}, asBluebird);
    assert.equal(emulator.isEmpty(acme.orgUuid), true);
    assert.equal(emulator.isEmpty(bluebird.orgUuid), false);
    assert.deepEqual(at((await call(emulator, "findAccessControlGroupsByOrg")).body, "groups"), []);
  });

  it("does not update or delete objects of another organization", async () => {
    const emulator = await start();
    const uuid = emulator.console(cedar.orgUuid).addGroup({ name: "Drivers" });
    await call(emulator, "deleteAccessControlGroup", { groupUuid: uuid });
    assert.equal((await call(emulator, "updateAccessControlGroup", { groupUuid: uuid, name: "x" })).status, 404);
    assert.equal(emulator.console(cedar.orgUuid).groups()[0]?.name, "Drivers");
  });
});
