import assert from "node:assert/strict";
import { campusSeed } from "../../../provider/emulator";
import { calls } from "../../drivers/calls";
import { begin, endAll, unknown } from "../../drivers/stack";
import { kisi, lobby } from "../declared";

const { acme } = campusSeed;
const v1 = (inputs = {}) => kisi({ apiVersion: "V1", ...inputs });

const onlyInV1 = {
  placeId: 41001,
  doorInfoMap: { "51001": lobby },
  doorToCameraMap: { "51001": [acme.cameras.lobby.uuid] },
  alertUnauthorizedFaces: true,
  createSeekPoints: true,
  identifyFacesFromBadge: true,
  saveClips: true,
};

describe("Kisi: two versions", () => {
  afterEach(endAll);

  it('fields of V1 without apiVersion "V1" are errors that name their successors', async () => {
    const { stack } = await begin();
    for (const [name, value] of Object.entries(onlyInV1)) {
      const remedy = `${name} exists only in the first version.*placeToSettingsMap.*or declare apiVersion: "V1"`;
      await assert.rejects(stack.preview({ it: kisi({ [name]: value }) }), new RegExp(remedy));
    }
    assert.deepEqual(await stack.preview({ it: kisi({ apiVersion: unknown, ...onlyInV1 }) }), { it: "create" });
  });

  it("a placeId that is not the key of its place is an error", async () => {
    const { stack } = await begin();
    const places = (placeId: unknown) => ({ it: kisi({ placeToSettingsMap: { "41001": { placeId } } }) });
    await assert.rejects(stack.preview(places(41002)), /placeToSettingsMap\["41001"\]\.placeId must be 41001/);
    const odd = places({ toString: "41001" });
    await assert.rejects(stack.preview(odd), /\["41001"\]\.placeId must be a whole number, not an object/);
    for (const right of [41001, unknown]) await stack.preview(places(right));
  });

  for (const [version, declared, wanted] of [
    ["V2", kisi(), /V2$|getOrgV2|getKisiPlaces/],
    ["V1", v1(), /^(update|get|delete)KisiIntegration$|getOrgV2|getKisiPlaces|getOrgIntegrations$/],
  ] as const) {
    it(`only operations of ${version} are called`, async () => {
      const { emulator, stack } = await begin();
      await stack.up({ it: declared });
      await stack.up({ it: { ...declared, inputs: { ...declared.inputs, enabled: false } } });
      await stack.refresh();
      await stack.destroy();
      for (const operation of calls(emulator)) assert.match(operation, wanted);
      assert.deepEqual(emulator.remains(), []);
    });
  }

  for (const kisiVersions of ["shared", "separate"] as const) {
    it(`a change of the version replaces the integration, stores being ${kisiVersions}`, async () => {
      const { emulator, stack } = await begin({ behaviours: { kisiVersions } });
      await stack.up({ it: v1({ saveClips: true }) });
      const places = { placeToSettingsMap: { "41001": { saveClips: true, doorInfoMap: { "51001": lobby } } } };
      assert.deepEqual(await stack.up({ it: kisi(places) }), { it: "replace" });
      assert.deepEqual(await stack.up({ it: kisi(places) }), { it: "same" });
      await stack.refresh();
      assert.deepEqual(await stack.up({ it: kisi(places) }), { it: "same" });
      assert.equal(emulator.remains().length, 1);
      await stack.destroy();
      assert.deepEqual(emulator.remains(), []);
    });
  }

  it('apiVersion "V2" is the default', async () => {
    const { stack } = await begin();
    await stack.up({ it: kisi() });
    assert.deepEqual(await stack.up({ it: kisi({ apiVersion: "V2" }) }), { it: "update" });
    assert.deepEqual(stack.warnings, []);
  });

  it("tokens, webhook ids and misconfigured doors of places are outputs beside the map", async () => {
    const { stack } = await begin();
    const cameras = [acme.cameras.lobby.uuid, acme.cameras.dockNorth.uuid];
    const doorInfoMap = { "51001": { doorName: "Lobby", assignedCameraList: cameras } };
    await stack.up({ it: kisi({ placeToSettingsMap: { "41001": { doorInfoMap } } }) });
    const { outputs, secrets } = stack.stored("it");
    assert.deepEqual([secrets.has("placeTokens"), secrets.has("placeToSettingsMap")], [true, false]);
    assert.deepEqual([outputs.misconfiguredDoors, outputs.placeMisconfiguredDoors], [["Lobby"], { "41001": [51001] }]);
    assert.doesNotMatch(JSON.stringify(outputs.placeToSettingsMap), /rhombusToken|webhookId|misconfigured/);
    assert.match(stack.warnings.join(), /cameras of more than one location: Lobby/);
  });
});

describe("Kisi: Rhombus has removed V1", () => {
  afterEach(endAll);

  it("a refresh, an update and a creation are errors that name V2, and adopt: true takes the integration over", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: v1() });
    emulator.behave({ kisiVersions: "v1-removed" });
    const named = /apiVersion: "V2".*removed the first version/;
    await assert.rejects(stack.refresh(), named);
    await assert.rejects(stack.up({ it: v1({ saveClips: true }) }), named);
    assert.deepEqual(await stack.up({ it: kisi({ adopt: true }) }), { it: "replace" });
    assert.deepEqual(await stack.up({ it: kisi({ adopt: true }) }), { it: "same" });
    const empty = await begin({ behaviours: { kisiVersions: "v1-removed" } });
    await assert.rejects(empty.stack.up({ it: v1() }), named);
  });

  it("a delete is an error while V2 shows the integration", async () => {
    const { emulator, stack, console } = await begin();
    await stack.up({ it: v1() });
    emulator.behave({ kisiVersions: "v1-removed" });
    await assert.rejects(stack.destroy(), /was not deleted\. .*still shows it/);
    assert.match(
      stack.warnings.join(),
      /nothing was deleted there.*delete it in the console, or declare apiVersion: "V2"/,
    );
    console.removeKisi();
    await stack.destroy();
    assert.ok(!stack.has("it"));
  });
});
