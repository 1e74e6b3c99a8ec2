import assert from "node:assert/strict";
import { flag, map, object, set, text } from "../../../../provider/core/schema/fields";
import { projected } from "../../../../provider/core/state/projection";

const doors = map(object({ doorName: text() }));
const definition = {
  fields: { name: text({ required: true }), enabled: flag({ default: true }), doors, users: set(text()) },
};

describe("the projection of an object", () => {
  const values = { name: "it", enabled: null, doors: { "1:4": { doorName: "Lobby" } }, users: ["b", "a"] };

  it("has all of it for a program that declares all of it", () => {
    assert.deepEqual(projected(definition, { values }, undefined), {
      name: "it",
      doors: { "1:4": { doorName: "Lobby" } },
      users: ["a", "b"],
    });
  });

  it("has what the program declares, as it is now", () => {
    const declared = { name: "other", doors: { "1:4": { doorName: "Door" }, "1:5": {} } };
    assert.deepEqual(projected(definition, { values }, declared), {
      name: "it",
      doors: { "1:4": { doorName: "Lobby" } },
    });
  });
});
