import assert from "node:assert/strict";
import * as v from "valibot";
import {
  checked,
  fields,
  flag,
  list,
  map,
  number,
  oneOfOrNewer,
  requiredText,
  type Schema,
  text,
} from "../../../../../provider/rhombus/api/schemas/schema";

const door = fields({ name: text, cameras: list(v.string()), seconds: number, open: flag });
const doors = fields({ doors: map(door) });

describe("a schema of an answer", () => {
  for (const [what, value] of [
    ["no fields at all", {}],
    ["null in every field", { name: null, cameras: null, seconds: null, open: null }],
    ["null among the items of a list", { cameras: [null, "a"] }],
    ["fields that nobody declared", { name: "Lobby", colour: 3 }],
    ["every field", { name: "Lobby", cameras: ["a"], seconds: 2, open: false }],
  ] as const) {
    it(`accepts ${what}`, () => assert.equal(complaintAbout(door, value), undefined));
  }

  for (const [value, complaint] of [
    [null, "an object expected at the top"],
    [[], "an object expected at the top"],
    [{ name: 4 }, "text expected at name"],
    [{ seconds: "4" }, "a number expected at seconds"],
    [{ open: "yes" }, "true or false expected at open"],
    [{ cameras: {} }, "a list expected at cameras"],
    [{ cameras: ["a", null, 7] }, "text expected at cameras[2]"],
  ] as const) {
    it(`reports "${complaint}" for ${JSON.stringify(value)}`, () =>
      assert.equal(complaintAbout(door, value), complaint));
  }

  it("does not accept a list as an object, at any depth", () => {
    assert.equal(complaintAbout(fields({ doors: list(door) }), { doors: [[]] }), "an object expected at doors[0]");
    assert.equal(complaintAbout(doors, { doors: [] }), "an object expected at doors");
  });

  it("does not show the keys of a map, which may be tokens", () => {
    const value = { doors: { "very-secret-token": { name: 4 } } };
    assert.equal(complaintAbout(doors, value), "text expected at doors.*.name");
  });

  for (const key of ["constructor", "__proto__"]) {
    const keyed = (value: unknown) => JSON.parse(`{"doors":{${JSON.stringify(key)}:${JSON.stringify(value)}}}`);

    it(`checks the value of the key ${key} in a map`, () => {
      for (const right of [null, { name: "Lobby" }]) assert.equal(complaintAbout(doors, keyed(right)), undefined);
      assert.equal(complaintAbout(doors, keyed({ name: 4 })), "text expected at doors.*.name");
      assert.equal(complaintAbout(doors, keyed("Lobby")), "an object expected at doors.*");
    });

    it(`keeps the key ${key} of a map, even in valibot's own copy`, () => {
      const value = keyed({ name: "Lobby" });
      assert.deepEqual(Object.entries(v.parse(doors, value).doors ?? {}), [[key, { name: "Lobby" }]]);
    });
  }

  it("returns the value itself, with undeclared fields", () => {
    const value = JSON.parse('{"name":"Lobby","constructor":1,"__proto__":{"a":1},"colour":3}');
    const answer = checked(door, value);
    assert.ok("value" in answer);
    assert.equal(answer.value, value);
    assert.deepEqual(Object.keys(answer.value), ["name", "constructor", "__proto__", "colour"]);
  });

  it("accepts an undocumented value of an enumeration if it is text", () => {
    const mode = fields({ mode: oneOfOrNewer<"OFF">() });
    assert.equal(complaintAbout(mode, { mode: "STRICTEST" }), undefined);
    assert.equal(complaintAbout(mode, { mode: 3 }), "text expected at mode");
  });

  for (const [value, complaint] of [
    [{}, "door is missing"],
    [{ door: {} }, "door.id is missing"],
    [{ door: { id: " \n" } }, "door.id is missing"],
    [{ door: { id: 7 } }, "text expected at door.id"],
  ] as const) {
    it(`reports "${complaint}" for ${JSON.stringify(value)} if the id is required`, () => {
      assert.equal(complaintAbout(fields({ door: fields({ id: requiredText }) }), value), complaint);
    });
  }

  it("keeps the spaces around a required text", () => {
    const answer = checked(fields({ id: requiredText }), { id: " a " });
    assert.deepEqual(answer, { value: { id: " a " } });
  });

  for (const depth of [1_000, 1_000_000]) {
    it(`does not throw at ${depth} levels of a recursive schema`, () => {
      const room: Schema<unknown> = fields({ rooms: list(v.lazy(() => room)) });
      let rooms: unknown[] = [];
      for (let level = 0; level < depth; level += 1) rooms = [{ rooms }];
      const complaint = complaintAbout(room, { rooms });
      assert.ok(complaint === undefined || complaint === "it is nested too deeply", complaint);
      if (depth >= 100_000) assert.notEqual(complaint, undefined);
    });
  }
});

function complaintAbout(schema: Schema<unknown>, value: unknown): string | undefined {
  const answer = checked(schema, value);
  return "complaint" in answer ? answer.complaint : undefined;
}
