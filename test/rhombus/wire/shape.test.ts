import assert from "node:assert/strict";
import { fields, flag, list, map, number, type Shape, text } from "../../../provider/rhombus/wire/shape";

interface Door {
  name?: string | null;
  cameras?: (string | null)[] | null;
  seconds?: number | null;
  open?: boolean | null;
}

const door: Shape<Door> = fields<Door>({ name: text, cameras: list(text), seconds: number, open: flag });
const doors = map(door);

describe("shape of an answer", () => {
  for (const [what, value] of [
    ["no fields at all", {}],
    ["null in every field", { name: null, cameras: null, seconds: null, open: null }],
    ["null among the items of a list", { cameras: [null, "a"] }],
    ["fields that nobody declared", { name: "Lobby", colour: 3 }],
    ["every field", { name: "Lobby", cameras: ["a"], seconds: 2, open: false }],
  ] as const) {
    it(`accepts ${what}`, () => assert.equal(door.complaint(value), undefined));
  }

  for (const [value, complaint] of [
    [null, "an object expected at the top"],
    [[], "an object expected at the top"],
    ["Lobby", "an object expected at the top"],
    [{ name: 4 }, "text expected at name"],
    [{ seconds: "4" }, "a number expected at seconds"],
    [{ open: "yes" }, "true or false expected at open"],
    [{ cameras: {} }, "a list expected at cameras"],
    [{ cameras: ["a", null, 7] }, "text expected at cameras[2]"],
  ] as const) {
    it(`says "${complaint}" of ${JSON.stringify(value)}`, () => {
      assert.equal(door.complaint(value), complaint);
      assert.equal(door.accepts(value), false);
    });
  }

  it("accepts null among the values of a map", () => assert.ok(doors.accepts({ "1:4": null, "1:5": {} })));

  it("does not repeat the keys of a map, which may be tokens", () => {
    assert.equal(doors.complaint({ "very-secret-token": { name: 4 } }), "text expected at *.name");
  });

  it("does not take an inherited property for a field", () => {
    assert.ok(fields<{ toString?: string | null }>({ toString: text }).accepts({}));
  });
});
