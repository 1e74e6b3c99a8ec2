import assert from "node:assert/strict";
import { flag, integer, map, object, set, text } from "../../../../provider/core/schema/fields";
import { UNKNOWN, type Value } from "../../../../provider/core/schema/values";
import { ruuid } from "../../../../provider/resources/fields/ruuid";
import { checking } from "./trials";

const id = "Y1vE5bXrQvqmgMIFBqNtEA";
const other = "A".repeat(22);
const noColon = (key: string) => (key.includes(":") ? undefined : "a key needs a colon.");
const door = object({ doorName: text({ max: 5 }), cameras: set(ruuid({ required: true })), unlock: flag() });
const doors = map(door, { key: noColon });

describe("core: check of sets, maps and objects", () => {
  it("sorts the members of a set and removes duplicates", () => {
    assert.deepEqual(checking(set(text()), ["b", "a", "b"]).value, ["a", "b"]);
    assert.deepEqual(checking(set(integer()), [3, 1, 3]).value, [1, 3]);
  });

  it("leaves a set with an unknown member unchanged, and checks the other members", () => {
    const { value, reasons } = checking(set(ruuid()), ["b", UNKNOWN, "a"]);
    assert.deepEqual(value, ["b", UNKNOWN, "a"]);
    assert.equal(reasons.length, 2);
  });

  it("refuses an empty text and null as a member, with the index", () => {
    const members = set(ruuid({ required: true }));
    for (const empty of ["", null]) assert.deepEqual(checking(members, [id, empty]).paths, ["field[1]"]);
  });

  it("reports all mistakes at once, each with its path", () => {
    const value = {
      bad: { doorName: "too long", unlock: "yes" },
      "1:2": { cameras: [id, "x"], dorName: "typo" },
      "1:3": "Lobby",
    };
    assert.deepEqual(checking(doors, value).paths, [
      "field.bad",
      "field.bad.doorName",
      "field.bad.unlock",
      'field["1:2"].dorName',
      'field["1:2"].cameras[1]',
      'field["1:3"]',
    ]);
  });

  it("suggests the nearest property for a misspelt one, and lists all properties if none is near", () => {
    assert.match(checking(door, { dorName: "x" }).reasons[0] ?? "", /Did you mean "doorName"\?/);
    assert.match(checking(door, { zzzzzz: "x" }).reasons[0] ?? "", /The properties are doorName, cameras, unlock\./);
  });

  it("treats null as absent inside an object, but not as an entry of a map", () => {
    assert.deepEqual(checking(door, { doorName: null, unlock: true }).value, { unlock: true });
    assert.deepEqual(checking(doors, { "1:2": null }).reasons, ['field["1:2"] must be an object.']);
  });

  it("refuses a value of another kind", () => {
    for (const value of ["x", 4, true, ["x"], { a: 1 }]) {
      const isList = Array.isArray(value);
      const isMap = typeof value === "object" && !isList;
      assert.deepEqual(checking(set(text()), value).reasons, isList ? [] : ["field must be a list of texts."]);
      if (isMap) continue;
      assert.deepEqual(checking(doors, value).reasons, ["field must be an object with keys."]);
      assert.deepEqual(checking(door, value).reasons, ["field must be an object."]);
    }
  });

  it("accepts an unknown value, entry, leaf and member of a map of objects", () => {
    const leaves: Value[] = [{ doorName: UNKNOWN }, { cameras: [UNKNOWN] }, UNKNOWN];
    for (const value of [UNKNOWN, ...leaves.map((leaf): Value => ({ "1:2": leaf }))]) {
      assert.deepEqual(checking(doors, value), { value, reasons: [], paths: [] });
    }
  });

  it("accepts keys that every object inherits", () => {
    const value = JSON.parse('{"__proto__": {"doorName": "a"}, "constructor": {"doorName": "b"}}');
    const checked = checking(map(door), value).value;
    assert.equal(JSON.stringify(checked), JSON.stringify(value));
    assert.ok(map(door).equal(checked, value));
  });
});

describe("core: comparison and projection of sets, maps and objects", () => {
  it("compares sets without order and repetition", () => {
    assert.ok(set(text()).equal(["a", "b"], ["b", "a", "a"]));
    assert.ok(set(text()).equal(undefined, []));
    assert.ok(!set(text()).equal(["a"], ["b"]));
  });

  it("compares maps by their entries, without the properties that Rhombus adds", () => {
    assert.ok(doors.equal({ "1:2": { unlock: false } }, { "1:2": { token: "x" } }));
    assert.ok(!doors.equal({ "1:2": {} }, {}));
    assert.ok(doors.equal({}, undefined));
  });

  it("treats an unknown value at any depth as a difference", () => {
    assert.ok(!set(text()).equal([UNKNOWN], [UNKNOWN]));
    assert.ok(!doors.equal({ "1:2": { doorName: UNKNOWN } }, { "1:2": {} }));
    assert.ok(!door.equal(UNKNOWN, {}));
    assert.ok(!door.equal({}, UNKNOWN));
    assert.ok(!map(door).equal({}, UNKNOWN));
  });

  it("projects every observed entry of a declared map: declared ones field by field, others whole", () => {
    const observed = { "1:2": { doorName: "A", unlock: true }, "1:3": { doorName: "C" } };
    assert.deepEqual(doors.project(observed, { "1:2": { doorName: "B" } }, {}), {
      "1:2": { doorName: "A" },
      "1:3": { doorName: "C" },
    });
    assert.equal(doors.project(observed, undefined, {}), undefined);
  });

  it("projects only the declared members of a shared set", () => {
    const shared = set(text(), { sharedWhen: ({ mode }) => mode === "shared" });
    assert.deepEqual(shared.project(["a", "c"], ["a", "b"], { mode: "shared" }), ["a"]);
    assert.deepEqual(shared.project(["a", "c"], ["a", "b"], {}), ["a", "c"]);
  });

  it("keeps properties that the API adds in the canonical form, and removes nulls of its own fields", () => {
    assert.deepEqual(door.canonical({ doorName: null, token: "t" }), { token: "t" });
  });

  it("names each member, entry and entry field that is not the desired one", () => {
    const three = { prior: { "1:1": {} }, declared: { "1:2": { doorName: "A" }, "1:3": {} }, observed: undefined };
    const desired = { "1:2": { doorName: "A" }, "1:3": {} };
    const seen = { "1:1": {}, "1:2": { doorName: "B" } };
    assert.deepEqual(doors.differences(desired, seen, three, ["doors"], {}), [
      ["doors", "1:2", "doorName"],
      ["doors", "1:3"],
      ["doors", "1:1"],
    ]);
    const members = { prior: undefined, declared: [id, other], observed: undefined };
    assert.deepEqual(set(ruuid()).differences([id, other], [id], members, ["users"], {}), [["users", other]]);
  });

  it("never counts other members of a shared set as a difference", () => {
    const shared = set(text(), { sharedWhen: () => true });
    const three = { prior: ["a"], declared: ["a"], observed: ["a"] };
    assert.deepEqual(shared.differences(["a"], ["a", "theirs"], three, ["users"], {}), []);
  });
});
