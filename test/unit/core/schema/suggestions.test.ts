import assert from "node:assert/strict";
import { nearestName, nearestNames } from "../../../../provider/core/schema/suggestions";

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
    it(`suggests ${meant ?? "nothing"} for "${written}"`, () => assert.equal(nearestName(written, names), meant));
  }
});

describe("core: the nearest names", () => {
  const cameras = ["Dock north", "Dock south", "Lobby", "Lobby 2", "Back lobby"];

  it("are names with a similar spelling, the nearest first, then names that contain the text", () => {
    assert.deepEqual(nearestNames("Loby", cameras, 5), ["Lobby"]);
    assert.deepEqual(nearestNames("lobby", cameras, 5), ["Lobby", "Lobby 2", "Back lobby"]);
    assert.deepEqual(nearestNames("lobby", cameras, 2), ["Lobby", "Lobby 2"]);
    assert.deepEqual(nearestNames("dock", cameras, 5), ["Dock north", "Dock south"]);
  });

  it("exclude names that are similar only in a part that all names share", () => {
    const emails = ["ada.okafor@acme-robotics.example", "jonas.weber@acme-robotics.example"];
    assert.deepEqual(nearestNames("ada.okafr@acme-robotics.example", emails, 3), [emails[0]]);
    assert.deepEqual(nearestNames("somebody@acme-robotics.example", emails, 3), []);
  });
});
