import assert from "node:assert/strict";
import { first, linesOf, type PlannedStep, UNKNOWN } from "./plans";

type Doors = Readonly<Record<string, unknown>>;

const lobby = { doorName: "Lobby", assignedCameraList: ["c1"] };
const change = (before: Doors | undefined, after: Doors | undefined): PlannedStep[] => [
  { before: { displayName: "HQ", doorInfoMap: before }, after: { displayName: "HQ", doorInfoMap: after } },
];
/** The lines on the doors, without what stands on top. */
const changes = (before: Doors | undefined, after: Doors | undefined) => {
  return linesOf(change(before, after)).filter((line) => !line.startsWith("**"));
};
const dangers = (before: Doors | undefined, after: Doors | undefined) => first(change(before, after));

describe("review, about doors", () => {
  it("pairs a door that gets another key, and calls nothing deleted then", () => {
    assert.deepEqual(changes({ "1:4": lobby }, { "7:4": lobby }), [
      "door `Lobby` has another key: `1:4` → `7:4`, cameras unchanged",
    ]);
    assert.deepEqual(dangers({ "1:4": lobby }, { "7:4": lobby }), []);
  });

  it("says what else changes about such a door", () => {
    const unlocked = { ...lobby, assignedCameraList: ["c2"], remoteUnlock: true };
    assert.deepEqual(changes({ "1:4": lobby }, { "7:4": unlocked }), [
      "door `Lobby` has another key: `1:4` → `7:4`, cameras `c1` → `c2`; remote unlock (not declared) → `true`",
    ]);
    assert.deepEqual(dangers({ "1:4": lobby }, { "7:4": unlocked }), ["Gains remote unlock: door `Lobby` (`7:4`)"]);
  });

  it("pairs doors of one name by all there is about them, and not where even that is alike", () => {
    const [one, two] = [lobby, { ...lobby, assignedCameraList: ["c2"] }];
    const lines = changes({ "1:1": one, "1:2": two }, { "2:1": two, "2:2": one });
    assert.deepEqual(lines, [
      "door `Lobby` has another key: `1:1` → `2:2`, cameras unchanged",
      "door `Lobby` has another key: `1:2` → `2:1`, cameras unchanged",
    ]);
    assert.equal(dangers({ "1:1": one, "1:2": one }, { "2:1": one, "2:2": one }).length, 2);
  });

  it("does not pair doors of which nothing is known", () => {
    assert.deepEqual(changes({ "1:1": {} }, { "2:1": {} }), ["new door `2:1`: no cameras", "removed door `1:1`"]);
  });

  it("sets apart a door that goes, and says what a new one has", () => {
    assert.deepEqual(dangers({ "1:4": lobby }, {}), ["Door or place removed: door `Lobby` (`1:4`)"]);
    const yard = { doorName: "Yard", assignedCameraList: ["c2", "c1"], clipDuration: 5 };
    assert.deepEqual(changes({}, { "1:5": yard }), [
      "new door `Yard` (`1:5`): cameras `c1` and `c2`, clip duration `5`",
    ]);
  });

  it("says which door gains and which loses remote unlock, by declaration or without one", () => {
    const open = { ...lobby, remoteUnlock: true };
    const shut = { ...lobby, remoteUnlock: false };
    const gains = ["Gains remote unlock: door `Lobby` (`1:4`)"];
    const loses = ["Loses remote unlock: door `Lobby` (`1:4`)"];
    assert.deepEqual(
      [dangers({ "1:4": lobby }, { "1:4": open }), dangers({ "1:4": shut }, { "1:4": open })],
      [gains, gains],
    );
    assert.deepEqual(
      [dangers({ "1:4": open }, { "1:4": lobby }), dangers({ "1:4": open }, { "1:4": shut })],
      [loses, loses],
    );
    assert.deepEqual(dangers({}, { "1:4": open }), gains);
  });

  it("sets apart a door that loses its cameras, or begins without, and not one that had none", () => {
    const bare = { doorName: "Lobby", assignedCameraList: [] };
    const without = ["Without a camera: door `Lobby` (`1:4`)"];
    assert.deepEqual([dangers({ "1:4": lobby }, { "1:4": bare }), dangers({}, { "1:4": bare })], [without, without]);
    assert.deepEqual(dangers({ "1:4": bare }, { "1:4": { ...bare, clipDuration: 3 } }), []);
  });

  it("takes what is not declared for the default, and another order of cameras for none", () => {
    const two = { assignedCameraList: ["c1", "c2"], remoteUnlock: false };
    assert.deepEqual(changes({ "1:4": two }, { "1:4": { assignedCameraList: ["c2", "c1"] } }), []);
  });

  it("does not call unknown cameras none, and says what is hidden", () => {
    const later = { "1:4": { doorName: "Lobby", assignedCameraList: UNKNOWN }, "1:5": UNKNOWN };
    assert.deepEqual(dangers({}, later), []);
    assert.match(changes({}, later).join("\n"), /cameras \(unknown until the deployment\)/);
    assert.deepEqual(dangers({}, { "1:4": { ...lobby, assignedCameraList: "[secret]" }, "1:5": "[secret]" }), [
      "Secret, so it cannot be reviewed: door `Lobby` (`1:4`)",
      "Secret, so it cannot be reviewed: door `1:5`",
    ]);
    const whole: PlannedStep[] = [{ before: { doorInfoMap: {} }, after: { doorInfoMap: "[secret]" } }];
    assert.deepEqual(first(whole), ["Secret, so it cannot be reviewed: doors"]);
    assert.deepEqual(first([{ before: { doorInfoMap: {} }, after: { doorInfoMap: UNKNOWN } }]), []);
  });

  it("says that doors which the program gives up stay", () => {
    assert.deepEqual(changes({ "1:4": lobby }, undefined), ["doors are no longer managed; they stay unchanged"]);
    assert.deepEqual(dangers({ "1:4": lobby }, undefined), []);
  });
});
