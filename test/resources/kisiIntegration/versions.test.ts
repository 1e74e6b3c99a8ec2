import assert from "node:assert/strict";
import { campusSeed } from "../../../provider/emulator";
import { begin, calls, endAll, unknown } from "../../drivers/stack";
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

  for (const [name, value] of Object.entries(onlyInV1)) {
    it(`refuses ${name} without apiVersion "V1", and says where it belongs now`, async () => {
      const { stack } = await begin();
      const remedy = new RegExp(
        `${name} exists only in the first version.*placeToSettingsMap.*or declare apiVersion: "V1"`,
      );
      await assert.rejects(stack.preview({ it: kisi({ [name]: value }) }), remedy);
    });
  }

  it("does not judge V1 fields while the version is not known", async () => {
    const { stack } = await begin();
    assert.deepEqual(await stack.preview({ it: kisi({ apiVersion: unknown, ...onlyInV1 }) }), { it: "create" });
  });

  it("refuses a placeId that is no number, whatever it is", async () => {
    const { stack } = await begin();
    const places = { "41001": { placeId: { toString: "41001" } } };
    await assert.rejects(
      stack.preview({ it: kisi({ placeToSettingsMap: places }) }),
      /\["41001"\]\.placeId must be a whole number, not an object/,
    );
  });

  it("refuses a placeId that is not the key of its place", async () => {
    const { stack } = await begin();
    const places = (placeId: unknown) => ({ it: kisi({ placeToSettingsMap: { "41001": { placeId } } }) });
    await assert.rejects(stack.preview(places(41002)), /placeToSettingsMap\["41001"\]\.placeId must be 41001/);
    await stack.preview(places(41001));
    await stack.preview(places(unknown));
  });

  for (const [version, declared, wanted] of [
    ["V2", kisi(), /V2$|getOrgV2|getKisiPlaces/],
    ["V1", v1(), /^(update|get|delete)KisiIntegration$|getOrgV2|getKisiPlaces|getOrgIntegrations$/],
  ] as const) {
    it(`uses only the operations of ${version} from creation to deletion`, async () => {
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
    it(`replaces the integration when the version changes, stores being ${kisiVersions}`, async () => {
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

  it('takes apiVersion "V2" for the same as none', async () => {
    const { stack } = await begin();
    await stack.up({ it: kisi() });
    assert.deepEqual(await stack.up({ it: kisi({ apiVersion: "V2" }) }), { it: "update" });
    assert.deepEqual(stack.warnings, []);
  });

  it("keeps tokens, webhook ids and misconfigured doors of places beside the map, not in it", async () => {
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

describe("Kisi: the vendor has removed V1", () => {
  afterEach(endAll);

  it("a refresh and an update fail, and name V2", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: v1() });
    emulator.behave({ kisiVersions: "v1-removed" });
    const named = /removed the first version.*apiVersion: "V2"/;
    await assert.rejects(stack.refresh(), named);
    await assert.rejects(stack.up({ it: v1({ saveClips: true }) }), named);
    assert.ok(stack.has("it"));
  });

  it("a creation fails, and names V2", async () => {
    const { stack } = await begin({ behaviours: { kisiVersions: "v1-removed" } });
    await assert.rejects(stack.up({ it: v1() }), /removed the first version.*apiVersion: "V2"/);
  });

  it("a delete is refused while the second version shows the integration, and succeeds when it is gone there", async () => {
    const { emulator, stack, console } = await begin();
    await stack.up({ it: v1() });
    emulator.behave({ kisiVersions: "v1-removed" });
    await assert.rejects(stack.destroy(), /was not deleted: .*still shows it/);
    assert.match(
      stack.warnings.join(),
      /nothing was deleted there.*delete it in the console, or declare apiVersion: "V2"/,
    );
    console.removeKisi();
    await stack.destroy();
    assert.ok(!stack.has("it"));
  });

  it("the way out works: V2 with adopt takes over what is left", async () => {
    const { emulator, stack } = await begin();
    await stack.up({ it: v1() });
    emulator.behave({ kisiVersions: "v1-removed" });
    assert.deepEqual(await stack.up({ it: kisi({ adopt: true }) }), { it: "replace" });
    assert.deepEqual(await stack.up({ it: kisi({ adopt: true }) }), { it: "same" });
  });
});
