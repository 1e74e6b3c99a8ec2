import assert from "node:assert/strict";
import { partOf } from "../../../../provider/core/schema/field";
import { map, object, set, text } from "../../../../provider/core/schema/fields";

const cameras = set(text({ of: "camera" }));
const doors = map(object({ cameras, doorName: text() }));

describe("core: the parts of a field", () => {
  it("are the members of a set, the entries of a map and the properties of an object", () => {
    assert.equal(partOf(partOf(doors, "1:4"), "cameras"), cameras);
    assert.equal(partOf(cameras, "0")?.modifiers.of, "camera");
  });

  it("do not exist for scalars and unknown properties", () => {
    assert.equal(partOf(text(), "length"), undefined);
    assert.equal(partOf(partOf(doors, "1:4"), "constructor"), undefined);
    assert.equal(partOf(undefined, "name"), undefined);
  });
});
