import assert from "node:assert/strict";
import { flag, integer, map, object, set, text, vendorKey } from "../../../../provider/core/schema/fields";
import { type Merged, merging, type Sides } from "./trials";

type Row = [string, Sides, Partial<Merged>];

function table(of: (sides: Sides) => Merged, rows: readonly Row[]): void {
  for (const [behaviour, sides, expected] of rows) {
    it(behaviour, () => assert.deepEqual(of(sides), { wished: undefined, unplanned: [], conflicts: [], ...expected }));
  }
}

const changed = ["field was changed"];

describe("core: three-way merge of a scalar", () => {
  table(
    (sides) => merging(text(), sides),
    [
      ["keeps what nobody changed", { base: "a", declared: "a", live: "a" }, { wished: "a" }],
      ["takes the program's change", { base: "a", declared: "b", live: "a" }, { wished: "b" }],
      ["keeps a live change and says so", { base: "a", declared: "a", live: "c" }, { wished: "c", unplanned: changed }],
      ["refuses two different changes", { base: "a", declared: "b", live: "c" }, { wished: "b", conflicts: ["field"] }],
      ["accepts the same change on both sides", { base: "a", declared: "b", live: "b" }, { wished: "b" }],
      ["keeps a live removal and says so", { base: "a", declared: "a" }, { unplanned: changed }],
      [
        "refuses a change of what was removed live",
        { base: "a", declared: "b" },
        { wished: "b", conflicts: ["field"] },
      ],
      ["takes what becomes declared over what is live", { declared: "b", live: "c" }, { wished: "b" }],
      ["takes what becomes declared where nothing is", { declared: "b" }, { wished: "b" }],
      ["leaves alone what was never declared", { live: "c" }, { wished: "c" }],
      ["resets what is no longer declared", { base: "a", live: "a" }, {}],
      ["refuses to reset what was changed live", { base: "a", live: "c" }, { conflicts: ["field"] }],
      ["accepts that it was reset live already", { base: "a" }, {}],
      ["says nothing where nothing is", {}, {}],
    ],
  );

  table(
    (sides) => merging(flag({ default: true }), sides),
    [
      ["resets to the default", { base: false, live: false }, { wished: true }],
      [
        "leaves a live change alone when the reset changes nothing the program said",
        { base: true, live: false },
        { wished: false, unplanned: changed },
      ],
    ],
  );

  for (const [field, ours, theirs] of [
    [text({ serverDefault: true }), "a", "c"],
    [integer({ serverDefault: true }), 1, 3],
  ] as const) {
    table(
      (sides) => merging(field, sides),
      [
        [
          `leaves a ${field.doc} with a server default that is no longer declared`,
          { base: ours, live: ours },
          { wished: ours },
        ],
        [`takes another live ${field.doc} without a conflict`, { base: ours, live: theirs }, { wished: theirs }],
        [
          `sends a declared ${field.doc} all the same`,
          { base: ours, declared: theirs, live: ours },
          { wished: theirs },
        ],
      ],
    );
  }

  table(
    (sides) => merging(vendorKey(), sides),
    [
      [
        "sends the declared vendor key whatever was read",
        { base: "k1", declared: "k1", live: "****" },
        { wished: "k1" },
      ],
      ["leaves a vendor key that is no longer declared", { base: "k1", live: "k1" }, { wished: "k1" }],
    ],
  );
});

describe("core: three-way merge of a set", () => {
  const of = (sides: Sides) => merging(set(text()), sides);
  table(of, [
    ["adds the program's members", { base: ["a"], declared: ["a", "b"], live: ["a"] }, { wished: ["a", "b"] }],
    ["removes the program's members", { base: ["a", "b"], declared: ["a"], live: ["a", "b"] }, { wished: ["a"] }],
    [
      "keeps members added live and says so",
      { base: ["a"], declared: ["a"], live: ["a", "c"] },
      { wished: ["a", "c"], unplanned: ["field.c was added"] },
    ],
    [
      "leaves out members removed live and says so",
      { base: ["a", "b"], declared: ["a", "b"], live: ["a"] },
      { wished: ["a"], unplanned: ["field.b was removed"] },
    ],
    [
      "merges both sides' changes member by member",
      { base: ["a", "b"], declared: ["a", "d"], live: ["a", "b", "c"] },
      { wished: ["a", "c", "d"], unplanned: ["field.c was added"] },
    ],
    ["accepts the same addition on both sides", { base: [], declared: ["b"], live: ["b"] }, { wished: ["b"] }],
    ["accepts the same removal on both sides", { base: ["b"], declared: [], live: [] }, { wished: [] }],
    [
      "adds to what is there when it becomes managed",
      { declared: ["a"], live: ["c"] },
      { wished: ["a", "c"], unplanned: ["field.c was added"] },
    ],
    ["clears with an explicit []", { base: ["a"], declared: [], live: ["a"] }, { wished: [] }],
    ["leaves the members when it is no longer managed", { base: ["a"], live: ["a", "c"] }, { wished: ["a", "c"] }],
    ["never touches a set that nobody declares", { live: ["c"] }, { wished: ["c"] }],
  ]);

  it("says nothing of others' members in a shared set, and keeps them", () => {
    const shared = set(text(), { sharedWhen: ({ mode }) => mode === "shared" });
    const sides = { base: ["a", "b"], declared: ["a"], live: ["a", "b", "theirs"] };
    assert.deepEqual(merging(shared, sides, { mode: "shared" }), {
      wished: ["a", "theirs"],
      unplanned: [],
      conflicts: [],
    });
  });

  it("says so when somebody removed one of our members from a shared set", () => {
    const shared = set(text(), { sharedWhen: () => true });
    const { wished, unplanned } = merging(shared, { base: ["a"], declared: ["a"], live: ["theirs"] });
    assert.deepEqual([wished, unplanned], [["theirs"], ["field.a was removed"]]);
  });

  it("merges ten thousand members without noticeable time", () => {
    const members = Array.from({ length: 10_000 }, (_, index) => `user ${index}`);
    const { wished } = merging(set(text()), { base: members, declared: members.slice(1), live: members });
    assert.ok(Array.isArray(wished) && wished.length === 9_999);
  }).timeout(1_000);
});

describe("core: three-way merge of the entries of a map", () => {
  const [a, b, c] = [{ n: "a" }, { n: "b" }, { n: "c" }];
  const of = (sides: Sides) => merging(map(object({ n: text(), m: text() })), sides);
  table(of, [
    ["adds the program's entry", { base: {}, declared: { x: a }, live: {} }, { wished: { x: a } }],
    ["removes the program's entry", { base: { x: a }, declared: {}, live: { x: a } }, { wished: {} }],
    ["changes the program's entry", { base: { x: a }, declared: { x: b }, live: { x: a } }, { wished: { x: b } }],
    [
      "keeps an entry added live and says so",
      { base: {}, declared: {}, live: { x: c } },
      { wished: { x: c }, unplanned: ["field.x was added"] },
    ],
    [
      "leaves out an entry removed live and says so",
      { base: { x: a }, declared: { x: a }, live: {} },
      { wished: {}, unplanned: ["field.x was removed"] },
    ],
    [
      "keeps an entry changed live and says so",
      { base: { x: a }, declared: { x: a }, live: { x: c } },
      { wished: { x: c }, unplanned: ["field.x.n was changed"] },
    ],
    ["accepts the same addition", { base: {}, declared: { x: a }, live: { x: a } }, { wished: { x: a } }],
    ["accepts the same removal", { base: { x: a }, declared: {}, live: {} }, { wished: {} }],
    [
      "refuses two different additions",
      { base: {}, declared: { x: a }, live: { x: c } },
      { wished: { x: a }, conflicts: ["field.x"] },
    ],
    [
      "refuses to remove what was changed live",
      { base: { x: a }, declared: {}, live: { x: c } },
      { wished: {}, conflicts: ["field.x"] },
    ],
    [
      "refuses to change what was removed live",
      { base: { x: a }, declared: { x: b }, live: {} },
      { wished: { x: b }, conflicts: ["field.x"] },
    ],
    [
      "refuses two different changes of one field, by its path",
      { base: { x: a }, declared: { x: b }, live: { x: c } },
      { wished: { x: b }, conflicts: ["field.x.n"] },
    ],
    [
      "merges changes of two fields of one entry",
      { base: { x: a }, declared: { x: b }, live: { x: { n: "a", m: "live" } } },
      { wished: { x: { n: "b", m: "live" } } },
    ],
    [
      "resets a field of an entry that is no longer declared",
      { base: { x: { n: "a", m: "m" } }, declared: { x: a }, live: { x: { n: "a", m: "m" } } },
      { wished: { x: a } },
    ],
    [
      "takes declared entries and keeps the others when it becomes managed",
      { declared: { x: a }, live: { x: { n: "c", m: "m" }, y: b } },
      { wished: { x: { n: "a", m: "m" }, y: b }, unplanned: ["field.y was added"] },
    ],
    ["leaves everything when it is no longer managed", { base: { x: a }, live: { x: c } }, { wished: { x: c } }],
    ["clears with an explicit {}", { base: { x: a, y: b }, declared: {}, live: { x: a, y: b } }, { wished: {} }],
    ["never touches a map that nobody declares", { live: { x: c } }, { wished: { x: c } }],
  ]);

  it("removes an entry to which the vendor added properties of its own", () => {
    const sides = { base: { x: a }, declared: {}, live: { x: { n: "a", token: "t", m: "set by default" } } };
    assert.deepEqual(of(sides), { wished: {}, unplanned: [], conflicts: [] });
  });

  it("sends the vendor's own properties back with the entry", () => {
    const sides = { base: { x: a }, declared: { x: b }, live: { x: { n: "a", token: "t" } } };
    assert.deepEqual(of(sides).wished, { x: { token: "t", n: "b" } });
  });

  it("clears a set inside an entry when it is no longer declared", () => {
    const cameras = map(object({ n: text(), cameras: set(text(), { cleared: true }) }));
    const x = { n: "a", cameras: ["k"] };
    const { wished } = merging(cameras, { base: { x }, declared: { x: { n: "a" } }, live: { x } });
    assert.deepEqual(wished, { x: { n: "a", cameras: [] } });
  });

  it("merges maps inside entries door by door", () => {
    const places = map(object({ doors: map(object({ n: text() })) }));
    const side = (doors: Record<string, { n: string }>) => ({ "1": { doors } });
    const sides = { base: side({ x: a }), declared: side({ x: b }), live: side({ x: a, y: c }) };
    const expected = { wished: side({ x: b, y: c }), unplanned: ['field["1"].doors.y was added'], conflicts: [] };
    assert.deepEqual(merging(places, sides), expected);
  });
});
