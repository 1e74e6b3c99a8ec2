import assert from "node:assert/strict";
import { flag, integer, map, object, set, text, vendorKey } from "../../../../provider/core/schema/fields";
import { type Merged, merging, type Sides } from "./trials";

type Row = [string, Sides, Partial<Merged>];

function table(of: (sides: Sides) => Merged, rows: readonly Row[]): void {
  for (const [behaviour, sides, expected] of rows) {
    it(behaviour, () => assert.deepEqual(of(sides), { desired: undefined, unplanned: [], conflicts: [], ...expected }));
  }
}

const changed = ["field was changed"];

describe("core: three-way merge of a scalar", () => {
  table(
    (sides) => merging(text(), sides),
    [
      ["leaves an unchanged value", { base: "a", declared: "a", live: "a" }, { desired: "a" }],
      ["takes the program's change", { base: "a", declared: "b", live: "a" }, { desired: "b" }],
      [
        "leaves and reports a live change",
        { base: "a", declared: "a", live: "c" },
        { desired: "c", unplanned: changed },
      ],
      [
        "refuses two different changes",
        { base: "a", declared: "b", live: "c" },
        { desired: "b", conflicts: ["field"] },
      ],
      ["accepts the same change on both sides", { base: "a", declared: "b", live: "b" }, { desired: "b" }],
      ["leaves and reports a live removal", { base: "a", declared: "a" }, { unplanned: changed }],
      [
        "refuses a change of a value that was removed live",
        { base: "a", declared: "b" },
        { desired: "b", conflicts: ["field"] },
      ],
      ["takes a newly declared value over the live one", { declared: "b", live: "c" }, { desired: "b" }],
      ["takes a newly declared value if there is no live one", { declared: "b" }, { desired: "b" }],
      ["leaves a value that was never declared", { live: "c" }, { desired: "c" }],
      ["resets a value that is no longer declared", { base: "a", live: "a" }, {}],
      ["refuses to reset a value that was changed live", { base: "a", live: "c" }, { conflicts: ["field"] }],
      ["accepts that the value was already reset live", { base: "a" }, {}],
      ["reports nothing if there is no value", {}, {}],
    ],
  );

  table(
    (sides) => merging(flag({ default: true }), sides),
    [
      ["resets to the default", { base: false, live: false }, { desired: true }],
      [
        "leaves a live change if the reset equals the prior value",
        { base: true, live: false },
        { desired: false, unplanned: changed },
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
          { desired: ours },
        ],
        [`takes another live ${field.doc} without a conflict`, { base: ours, live: theirs }, { desired: theirs }],
        [
          `sends a declared ${field.doc} all the same`,
          { base: ours, declared: theirs, live: ours },
          { desired: theirs },
        ],
      ],
    );
  }

  table(
    (sides) => merging(vendorKey(), sides),
    [
      [
        "sends the declared vendor key whatever a read shows",
        { base: "k1", declared: "k1", live: "****" },
        { desired: "k1" },
      ],
      ["leaves a vendor key that is no longer declared", { base: "k1", live: "k1" }, { desired: "k1" }],
    ],
  );
});

describe("core: three-way merge of a set", () => {
  const of = (sides: Sides) => merging(set(text()), sides);
  table(of, [
    ["adds the program's members", { base: ["a"], declared: ["a", "b"], live: ["a"] }, { desired: ["a", "b"] }],
    ["removes the program's members", { base: ["a", "b"], declared: ["a"], live: ["a", "b"] }, { desired: ["a"] }],
    [
      "leaves and reports members added live",
      { base: ["a"], declared: ["a"], live: ["a", "c"] },
      { desired: ["a", "c"], unplanned: ["field.c was added"] },
    ],
    [
      "does not restore members removed live, and reports them",
      { base: ["a", "b"], declared: ["a", "b"], live: ["a"] },
      { desired: ["a"], unplanned: ["field.b was removed"] },
    ],
    [
      "merges both sides' changes member by member",
      { base: ["a", "b"], declared: ["a", "d"], live: ["a", "b", "c"] },
      { desired: ["a", "c", "d"], unplanned: ["field.c was added"] },
    ],
    ["accepts the same addition on both sides", { base: [], declared: ["b"], live: ["b"] }, { desired: ["b"] }],
    ["accepts the same removal on both sides", { base: ["b"], declared: [], live: [] }, { desired: [] }],
    [
      "adds to the live members when the set becomes managed",
      { declared: ["a"], live: ["c"] },
      { desired: ["a", "c"], unplanned: ["field.c was added"] },
    ],
    ["clears with an explicit []", { base: ["a"], declared: [], live: ["a"] }, { desired: [] }],
    [
      "leaves the members when the set is no longer managed",
      { base: ["a"], live: ["a", "c"] },
      { desired: ["a", "c"] },
    ],
    ["never changes a set that is not declared", { live: ["c"] }, { desired: ["c"] }],
  ]);

  it("leaves other members of a shared set without a report", () => {
    const shared = set(text(), { sharedWhen: ({ mode }) => mode === "shared" });
    const sides = { base: ["a", "b"], declared: ["a"], live: ["a", "b", "theirs"] };
    assert.deepEqual(merging(shared, sides, { mode: "shared" }), {
      desired: ["a", "theirs"],
      unplanned: [],
      conflicts: [],
    });
  });

  it("reports a managed member that was removed from a shared set", () => {
    const shared = set(text(), { sharedWhen: () => true });
    const { desired, unplanned } = merging(shared, { base: ["a"], declared: ["a"], live: ["theirs"] });
    assert.deepEqual([desired, unplanned], [["theirs"], ["field.a was removed"]]);
  });

  it("merges ten thousand members without noticeable time", () => {
    const members = Array.from({ length: 10_000 }, (_, index) => `user ${index}`);
    const { desired } = merging(set(text()), { base: members, declared: members.slice(1), live: members });
    assert.ok(Array.isArray(desired) && desired.length === 9_999);
  }).timeout(1_000);
});

describe("core: three-way merge of the entries of a map", () => {
  const [a, b, c] = [{ n: "a" }, { n: "b" }, { n: "c" }];
  const of = (sides: Sides) => merging(map(object({ n: text(), m: text() })), sides);
  table(of, [
    ["adds the program's entry", { base: {}, declared: { x: a }, live: {} }, { desired: { x: a } }],
    ["removes the program's entry", { base: { x: a }, declared: {}, live: { x: a } }, { desired: {} }],
    ["changes the program's entry", { base: { x: a }, declared: { x: b }, live: { x: a } }, { desired: { x: b } }],
    [
      "leaves and reports an entry added live",
      { base: {}, declared: {}, live: { x: c } },
      { desired: { x: c }, unplanned: ["field.x was added"] },
    ],
    [
      "does not restore an entry removed live, and reports it",
      { base: { x: a }, declared: { x: a }, live: {} },
      { desired: {}, unplanned: ["field.x was removed"] },
    ],
    [
      "leaves and reports an entry changed live",
      { base: { x: a }, declared: { x: a }, live: { x: c } },
      { desired: { x: c }, unplanned: ["field.x.n was changed"] },
    ],
    ["accepts the same addition", { base: {}, declared: { x: a }, live: { x: a } }, { desired: { x: a } }],
    ["accepts the same removal", { base: { x: a }, declared: {}, live: {} }, { desired: {} }],
    [
      "refuses two different additions",
      { base: {}, declared: { x: a }, live: { x: c } },
      { desired: { x: a }, conflicts: ["field.x"] },
    ],
    [
      "refuses to remove an entry that was changed live",
      { base: { x: a }, declared: {}, live: { x: c } },
      { desired: {}, conflicts: ["field.x"] },
    ],
    [
      "refuses to change an entry that was removed live",
      { base: { x: a }, declared: { x: b }, live: {} },
      { desired: { x: b }, conflicts: ["field.x"] },
    ],
    [
      "refuses two different changes of one field, by its path",
      { base: { x: a }, declared: { x: b }, live: { x: c } },
      { desired: { x: b }, conflicts: ["field.x.n"] },
    ],
    [
      "merges changes of two fields of one entry",
      { base: { x: a }, declared: { x: b }, live: { x: { n: "a", m: "live" } } },
      { desired: { x: { n: "b", m: "live" } } },
    ],
    [
      "resets a field of an entry that is no longer declared",
      { base: { x: { n: "a", m: "m" } }, declared: { x: a }, live: { x: { n: "a", m: "m" } } },
      { desired: { x: a } },
    ],
    [
      "takes declared entries and leaves the others when the map becomes managed",
      { declared: { x: a }, live: { x: { n: "c", m: "m" }, y: b } },
      { desired: { x: { n: "a", m: "m" }, y: b }, unplanned: ["field.y was added"] },
    ],
    ["leaves all entries when the map is no longer managed", { base: { x: a }, live: { x: c } }, { desired: { x: c } }],
    ["clears with an explicit {}", { base: { x: a, y: b }, declared: {}, live: { x: a, y: b } }, { desired: {} }],
    ["never changes a map that is not declared", { live: { x: c } }, { desired: { x: c } }],
  ]);

  it("removes an entry to which the API added properties", () => {
    const sides = { base: { x: a }, declared: {}, live: { x: { n: "a", token: "t", m: "set by default" } } };
    assert.deepEqual(of(sides), { desired: {}, unplanned: [], conflicts: [] });
  });

  it("sends properties that the API added back with the entry", () => {
    const sides = { base: { x: a }, declared: { x: b }, live: { x: { n: "a", token: "t" } } };
    assert.deepEqual(of(sides).desired, { x: { token: "t", n: "b" } });
  });

  it("clears a set inside an entry when it is no longer declared", () => {
    const cameras = map(object({ n: text(), cameras: set(text(), { cleared: true }) }));
    const x = { n: "a", cameras: ["k"] };
    const { desired } = merging(cameras, { base: { x }, declared: { x: { n: "a" } }, live: { x } });
    assert.deepEqual(desired, { x: { n: "a", cameras: [] } });
  });

  it("merges maps inside entries door by door", () => {
    const places = map(object({ doors: map(object({ n: text() })) }));
    const side = (doors: Record<string, { n: string }>) => ({ "1": { doors } });
    const sides = { base: side({ x: a }), declared: side({ x: b }), live: side({ x: a, y: c }) };
    const expected = { desired: side({ x: b, y: c }), unplanned: ['field["1"].doors.y was added'], conflicts: [] };
    assert.deepEqual(merging(places, sides), expected);
  });
});
