import assert from "node:assert/strict";
import { campusSeed } from "../../provider/emulator";
import { begin, endAll } from "../drivers/stack";
import { genea, kisi, lobby } from "../resources/declared";

describe("a write that is sent in its second form", () => {
  afterEach(endAll);

  it("keeps the token of a place that the first form created", async () => {
    const behaviours = { serverFieldsOmitted: "wiped", mapWrites: "merge" } as const;
    const { stack, console } = await begin({ behaviours });
    const place = { doorInfoMap: {} };
    await stack.up({ it: kisi({ placeToSettingsMap: { "41001": place } }) });
    await stack.up({ it: kisi({ placeToSettingsMap: { "41002": place } }) });
    const token = console.kisi()?.placeToSettingsMap["41002"]?.rhombusToken;
    assert.ok(token);
    assert.deepEqual(stack.stored("it").outputs.placeTokens, { "41002": token });
  });

  it("whose answer is lost removes the door from misconfiguredDoors", async () => {
    const { emulator, stack } = await begin({ behaviours: { mapWrites: "merge" } });
    const spread = { assignedCameraList: [campusSeed.acme.cameras.lobby.uuid, campusSeed.acme.cameras.dockNorth.uuid] };
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby, d2: { ...spread, doorName: "Between" } } }) });
    assert.deepEqual(stack.stored("it").outputs.misconfiguredDoors, ["Between"]);
    emulator.fail({ operation: "updateGeneaIntegrationV2", with: { kind: "reset", when: "after" }, skip: 1 });
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby } }) });
    assert.deepEqual(stack.stored("it").outputs.misconfiguredDoors, []);
  });
});
