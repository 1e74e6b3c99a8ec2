import assert from "node:assert/strict";
import { campusSeed, type OperationName } from "../../../provider/emulator";
import { asAcme, call, closeAll, paths, post, start } from "./caller";

const { acme } = campusSeed;
const write = "createOrUpdateHoneywellOnGuardIntegration";
const camera = acme.cameras.lobby.uuid;
const door = (fields: object) => ({ doorInfoMap: { "1:4": fields } });
const genea = (fields: object) => ({ geneaSettings: { apiToken: acme.genea.apiToken, ...fields } });
const kisi = (fields: object) => ({ kisiSettings: { apiSecretKey: acme.kisi.apiSecretKey, ...fields } });

const grant = (fields: object) => ({
  accessGrant: { name: "x", locationUuid: acme.locations.headquarters.uuid, ...fields },
});
const schedule = (fields: object) => ({ schedule: { name: "x", ...fields } });

const created = { integrationAuditEvent: "CREATE" };

const refused: readonly (readonly [title: string, operation: OperationName, body: object])[] = [
  ["an unknown field", write, { surprise: 1 }],
  ["an unknown field deep inside", write, door({ surprise: 1 })],
  ["a field of a prototype", write, { toString: "x" }],
  ["a number for a text", write, { displayName: 1 }],
  ["a list for a map", write, { doorInfoMap: [] }],
  ["a text for a list", write, door({ assignedCameraList: camera })],
  ["a canonical UUID", write, door({ locationUuid: "635bc4e5-b5eb-42fa-a680-c20506a36d10" })],
  ["an empty RUUID", write, door({ locationUuid: "" })],
  ["an RUUID that ends in B", write, door({ locationUuid: `${"A".repeat(21)}B` })],
  ["an RUUID with a plus", write, door({ locationUuid: `+${"A".repeat(21)}` })],
  ["a camera with a facet", write, door({ assignedCameraList: [`${camera}.v0`] })],
  ["a broken hierarchy key", write, door({ subLocationsHierarchyKey: `${camera}.` })],
  ["a fraction for a whole number", write, door({ clipDuration: 1.5 })],
  ["a text for a whole number", write, door({ clipDuration: "5" })],
  ["a whole number above 32 bits", write, door({ clipDuration: 2 ** 31 })],
  ["a whole number below 32 bits", write, door({ clipDuration: -(2 ** 31) - 1 })],
  ["a text for a flag", write, door({ remoteUnlock: "true" })],
  ["flags of OnGuard in createOrUpdate", write, { saveClips: true }],
  ["no OnGuard settings", "updateHoneywellOnGuardIntegration", {}],
  ["an unknown enumeration value", "updateGeneaIntegrationV2", genea({ badgeFaceVerificationMode: "STRICT" })],
  ["null for an enumeration", "updateGeneaIntegrationV2", genea({ badgeFaceVerificationMode: null })],
  ["null for the integration's name", "updateGeneaIntegrationV2", genea({ integration: null })],
  ["no Genea settings", "updateGeneaIntegrationV2", {}],
  ["null for the Genea settings", "updateGeneaIntegrationV2", { geneaSettings: null }],
  ["a field of V1 in Kisi V2", "updateKisiIntegrationV2", kisi({ placeId: 1 })],
  ["a field of V2 in Kisi V1", "updateKisiIntegration", kisi({ integration: "KISI" })],
  ["an unknown default option", "updateKisiIntegrationV2", kisi({ defaultOptions: { indexFaces: true } })],
  ["a text for a place id", "updateKisiIntegrationV2", kisi({ placeToSettingsMap: { "41001": { placeId: "41001" } } })],
  ["an audit event CREATE", "updateGeneaIntegrationV2", genea({ integrationAuditMap: { a: created } })],
  ["a user that is no RUUID", "createAccessControlGroup", { name: "x", userUuids: ["ada"] }],
  ["a group's type", "createAccessControlGroup", { name: "x", type: "RHOMBUS_ACCESS_CONTROL" }],
  ["a location in a group update", "updateAccessControlGroup", { name: "x", locationUuid: camera }],
  ["a grant's fields beside it", "createAccessGrant", { name: "x" }],
  ["no grant", "createAccessGrant", { accessGrant: null }],
  ["null for the mode of a grant", "createAccessGrant", grant({ mode: null })],
  ["an unknown mode of a grant", "createAccessGrant", grant({ mode: "GUEST_PASS" })],
  ["an empty text for the schedule of a grant", "createAccessGrant", grant({ scheduleUuid: "" })],
  ["an id for a set of doors", "createAccessGrant", grant({ accessControlledDoorUuids: camera })],
  ["a number for a door label", "createAccessGrant", grant({ doorLabelIds: [1] })],
  ["an unknown field of a schedule", "createSchedule", schedule({ timeZone: "UTC" })],
  ["null for the strategy of a schedule", "createSchedule", schedule({ strategy: null })],
  ["an interval with a day", "createSchedule", schedule({ intervalList: [{ day: "MONDAY" }] })],
  ["fields where there are none", "getGeneaIntegration", { orgUuid: camera }],
];

const accepted: readonly (readonly [title: string, operation: OperationName, body: object])[] = [
  [
    "null for what is nullable",
    "updateGeneaIntegrationV2",
    genea({ enabled: null, doorInfoMap: null, userUuid: null }),
  ],
  ["null for a door", write, { doorInfoMap: { "1:4": null } }],
  ["null among cameras", write, door({ assignedCameraList: [null, camera] })],
  ["null for the default options", "updateKisiIntegrationV2", kisi({ defaultOptions: null })],
  ["the largest whole number", write, door({ clipDuration: 2 ** 31 - 1 })],
  ["the smallest whole number", write, door({ leadingSeconds: -(2 ** 31) })],
  ["a hierarchy of sub-locations", write, door({ subLocationsHierarchyKey: `${camera}.${camera}` })],
  ["a camera that does not exist", write, door({ assignedCameraList: ["A".repeat(22)] })],
  ["a very long text", write, { displayName: "x".repeat(20_000) }],
  [
    "null among the ids of a grant, and for its sets",
    "createAccessGrant",
    grant({ userUuids: [null], groupUuids: null }),
  ],
  ["an id twice in a set of a grant", "createAccessGrant", grant({ groupUuids: [camera, camera] })],
  ["a schedule without intervals", "createSchedule", schedule({ intervalList: null })],
  ["what its own reads return", "updateGeneaIntegrationV2", genea({ integration: "GENEA", integrationAuditMap: {} })],
];

const mismatch = "JSON doesn't match expected object structure";

describe("emulator: strictness", () => {
  afterEach(closeAll);

  it("refuses with the status 400 of Rhombus and writes nothing", async () => {
    const emulator = await start();
    for (const [title, operation, body] of refused) {
      const answer = await call(emulator, operation, body);
      assert.deepEqual([answer.status, answer.body], [400, { msg: mismatch }], title);
    }
    for (const body of ["", "{", "null", "[]", '"x"']) {
      assert.equal((await post(`${emulator.url}${paths.get("getOrgV2")}`, asAcme, body)).status, 400, body);
    }
    assert.equal(emulator.isEmpty(), true);
  });

  it("accepts what the schemas of Rhombus allow", async () => {
    const emulator = await start();
    for (const [title, operation, body] of accepted) {
      assert.equal((await call(emulator, operation, body)).status, 200, title);
    }
  });

  it("serves every published path by POST, and only by POST", async () => {
    const emulator = await start();
    for (const path of paths.values()) {
      const [get, withoutKey] = [await fetch(emulator.url + path), await post(emulator.url + path, {}, "{}")];
      assert.deepEqual([get.status, get.headers.get("allow"), withoutKey.status], [405, "POST", 401], path);
    }
  });

  it("answers 404 to a path it does not know, with or without a key", async () => {
    const emulator = await start();
    for (const path of ["/api", "/api/org", "/api/org/getOrgV3", "/api/org/getOrgV2/"]) {
      assert.equal((await post(emulator.url + path, asAcme, "{}")).status, 404, path);
    }
  });

  it("accepts map keys that are names of prototype members", async () => {
    const emulator = await start();
    const url = `${emulator.url}${paths.get(write)}`;
    await post(url, asAcme, '{"doorInfoMap":{"__proto__":{"doorName":"odd"},"constructor":{"doorName":"odd"}}}');
    const stored = emulator.console(acme.orgUuid).onGuard()[0]?.doorInfoMap ?? {};
    assert.deepEqual(Object.keys(stored), ["__proto__", "constructor"]);
    const read = await call(emulator, "getHoneywellOnGuardIntegration");
    assert.match(read.text, /"doorInfoMap":\{"__proto__":\{.*"constructor":\{/);
  });
});
