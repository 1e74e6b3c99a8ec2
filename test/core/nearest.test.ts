import assert from "node:assert/strict";
import { nearestName } from "../../provider/core/nearest";

const names = ["displayName", "doorInfoMap", "saveClips"];

describe("core: the nearest name", () => {
  const cases: [string, string | undefined][] = [
    ["displyName", "displayName"],
    ["DISPLAYNAME", "displayName"],
    ["doorMap", undefined],
    ["saveClip", "saveClips"],
    ["", undefined],
    ["constructor", undefined],
  ];
  for (const [written, meant] of cases) {
    it(`takes "${written}" for ${meant ?? "none"}`, () => assert.equal(nearestName(written, names), meant));
  }

  it("finds nothing where there are no names", () => assert.equal(nearestName("name", []), undefined));
});
