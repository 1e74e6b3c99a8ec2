import assert from "node:assert/strict";
import { begin, endAll, type Properties } from "../../drivers/stack";
import { kisi, lobby } from "../declared";

const flagsOnly = { saveClips: true };
const places = (placeToSettingsMap: Properties) => ({ it: kisi({ placeToSettingsMap }) });

describe("Kisi: fields of a place that Rhombus sets", () => {
  afterEach(endAll);

  for (const filledIn of [{ placeId: 41001 }, { placeName: "HQ" }]) {
    it(`${Object.keys(filledIn)} of a place stays if it is no longer declared`, async () => {
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

  it("a name that was changed outside is no conflict if it is no longer declared, and an empty name counts as absent", async () => {
    const { stack, console } = await begin();
    await stack.up(places({ "41001": { placeName: "HQ" } }));
    console.setKisiPlace("41001", { placeName: "Anew", doorInfoMap: {} });
    await stack.up(places({ "41001": {} }));
    assert.equal(console.kisi()?.placeToSettingsMap["41001"]?.placeName, "Anew");
    assert.deepEqual(await stack.preview(places({ "41001": { placeName: "" } })), { it: "same" });
  });

  for (const [what, declared] of [
    ["declared", { "41001": flagsOnly, "41002": flagsOnly }],
    ["removed", { "41001": flagsOnly }],
  ] as const) {
    it(`a place that a refresh has shown can be ${what}, and the next plan is empty`, async () => {
      const { stack, console } = await begin();
      await stack.up(places({ "41001": flagsOnly }));
      console.setKisiPlace("41002", { placeName: "Lab", doorInfoMap: { "51003": lobby } });
      await stack.refresh();
      assert.deepEqual(await stack.up(places(declared)), { it: "update" });
      assert.deepEqual(await stack.preview(places(declared)), { it: "same" });
      await stack.refresh();
      assert.deepEqual(await stack.up(places(declared)), { it: "same" });
      assert.deepEqual(Object.keys(console.kisi()?.placeToSettingsMap ?? {}), Object.keys(declared));
    });
  }
});

describe("Kisi: a place that is removed", () => {
  afterEach(endAll);

  it("removes doors that the program did not declare, with a warning that names them", async () => {
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

  it("is a conflict if a door was added outside, until a refresh", async () => {
    const { stack, console } = await begin();
    await stack.up(places({ "41001": { doorInfoMap: {} }, "41002": {} }));
    console.setKisiDoor("41001", "51001", lobby);
    await assert.rejects(
      stack.up(places({ "41002": {} })),
      /pulumi refresh.* outside Pulumi \(placeToSettingsMap\["41001"\]\)/,
    );
    await stack.refresh();
    await stack.up(places({ "41002": {} }));
    assert.deepEqual([stack.warnings, Object.keys(console.kisi()?.placeToSettingsMap ?? {})], [[], ["41002"]]);
  });

  it("has a new token if it is added again", async () => {
    const { stack, console } = await begin();
    const places = { placeToSettingsMap: { "41001": { doorInfoMap: {} } } };
    await stack.up({ it: kisi(places) });
    const before = console.kisi()?.placeToSettingsMap["41001"]?.rhombusToken;
    await stack.up({ it: kisi({ placeToSettingsMap: {} }) });
    await stack.up({ it: kisi(places) });
    assert.notEqual(console.kisi()?.placeToSettingsMap["41001"]?.rhombusToken, before);
  });
});
