import assert from "node:assert/strict";
import { begin, endAll, type Properties } from "../../drivers/stack";
import { kisi, lobby } from "../declared";

const flagsOnly = { saveClips: true };
const places = (placeToSettingsMap: Properties) => ({ it: kisi({ placeToSettingsMap }) });

describe("Kisi: what the vendor fills in", () => {
  afterEach(endAll);

  for (const filledIn of [{ placeId: 41001 }, { placeName: "HQ" }]) {
    it(`leaves ${Object.keys(filledIn)} of a place as it is once it is no longer declared`, async () => {
      const { stack, console } = await begin();
      await stack.up(places({ "41001": { ...filledIn, ...flagsOnly } }));
      assert.deepEqual(await stack.up(places({ "41001": flagsOnly })), { it: "update" });
      assert.deepEqual(await stack.preview(places({ "41001": flagsOnly })), { it: "same" });
      await stack.refresh();
      assert.deepEqual(await stack.preview(places({ "41001": flagsOnly })), { it: "same" });
      const { placeId, placeName } = console.kisi()?.placeToSettingsMap["41001"] ?? {};
      assert.deepEqual({ placeId, placeName, ...filledIn }, { placeId, placeName });
    });
  }

  it("does not take another name of a place, made outside, for a conflict when none is declared any longer", async () => {
    const { stack, console } = await begin();
    await stack.up(places({ "41001": { placeName: "HQ" } }));
    console.setKisiPlace("41001", { placeName: "Anew", doorInfoMap: {} });
    await stack.up(places({ "41001": {} }));
    assert.equal(console.kisi()?.placeToSettingsMap["41001"]?.placeName, "Anew");
  });

  it("takes an empty name for none", async () => {
    const { stack } = await begin();
    await stack.up(places({ "41001": { placeName: "" } }));
    assert.deepEqual(await stack.preview(places({ "41001": {} })), { it: "same" });
  });

  for (const [what, wished] of [
    ["declared", { "41001": flagsOnly, "41002": flagsOnly }],
    ["removed", { "41001": flagsOnly }],
  ] as const) {
    it(`a place that a refresh has shown can be ${what}, and the next plan is empty`, async () => {
      const { stack, console } = await begin();
      await stack.up(places({ "41001": flagsOnly }));
      console.setKisiPlace("41002", { placeName: "Lab", doorInfoMap: { "51003": lobby } });
      await stack.refresh();
      assert.deepEqual(await stack.up(places(wished)), { it: "update" });
      assert.deepEqual(await stack.preview(places(wished)), { it: "same" });
      await stack.refresh();
      assert.deepEqual(await stack.up(places(wished)), { it: "same" });
      assert.deepEqual(Object.keys(console.kisi()?.placeToSettingsMap ?? {}), Object.keys(wished));
    });
  }
});

describe("Kisi: a place that is removed", () => {
  afterEach(endAll);

  it("takes the doors with it that the program did not declare, and a warning names them", async () => {
    const { stack, console } = await begin();
    await stack.up(places({ "41001": flagsOnly, "41002": {} }));
    console.setKisiDoor("41001", "51001", lobby);
    await stack.refresh();
    await stack.up(places({ "41002": {} }));
    assert.deepEqual(Object.keys(console.kisi()?.placeToSettingsMap ?? {}), ["41002"]);
    const [warning, ...others] = stack.warnings;
    assert.match(
      warning ?? "",
      /were removed with their places: placeToSettingsMap\["41001"\]\.doorInfoMap\["51001"\]\./,
    );
    assert.deepEqual(others, []);
  });

  it("says nothing of doors that the plan has shown", async () => {
    const { stack } = await begin();
    await stack.up(places({ "41001": { doorInfoMap: { "51001": lobby } }, "41002": {} }));
    await stack.up(places({ "41002": {} }));
    assert.deepEqual(stack.warnings, []);
  });

  it("stays while a door was added to declared ones, until a refresh has shown that door", async () => {
    const { stack, console } = await begin();
    await stack.up(places({ "41001": { doorInfoMap: {} }, "41002": {} }));
    console.setKisiDoor("41001", "51001", lobby);
    await assert.rejects(stack.up(places({ "41002": {} })), /at placeToSettingsMap\["41001"\].*pulumi refresh/);
    await stack.refresh();
    await stack.up(places({ "41002": {} }));
    assert.deepEqual([stack.warnings, Object.keys(console.kisi()?.placeToSettingsMap ?? {})], [[], ["41002"]]);
  });

  it("gives a place that was removed and came back a token of its own", async () => {
    const { stack, console } = await begin();
    const places = { placeToSettingsMap: { "41001": { doorInfoMap: {} } } };
    await stack.up({ it: kisi(places) });
    const before = console.kisi()?.placeToSettingsMap["41001"]?.rhombusToken;
    await stack.up({ it: kisi({ placeToSettingsMap: {} }) });
    await stack.up({ it: kisi(places) });
    assert.notEqual(console.kisi()?.placeToSettingsMap["41001"]?.rhombusToken, before);
  });
});
