import assert from "node:assert/strict";
import type { Field } from "../../../../provider/core/schema/field";
import { flag, integer, map, object, set, text, vendorKey } from "../../../../provider/core/schema/fields";
import type { Value, Values } from "../../../../provider/core/schema/values";
import { merging } from "./trials";

type Side = Value | undefined;

/** A behaviour, the three sides prior, declared and observed, the desired value, and the reported path, with the change if it is not a conflict. */
type Row = [behaviour: string, prior: Side, declared: Side, observed: Side, desired: Side, reported?: string];

function table(field: Field, rows: readonly Row[], inputs: Values = {}): void {
  for (const [behaviour, prior, declared, observed, desired, reported] of rows) {
    it(behaviour, () => {
      const merged = merging(field, { prior, declared, observed }, inputs);
      assert.deepEqual(merged.desired, desired);
      assert.deepEqual([...merged.unplanned, ...merged.conflicts], reported === undefined ? [] : [reported]);
    });
  }
}

const no = undefined;
const changed = "field was changed";

describe("core: three-way merge of a scalar", () => {
  table(text(), [
    ["leaves and reports an outside change", "a", "a", "c", "c", changed],
    ["refuses two different changes", "a", "b", "c", "b", "field"],
    ["accepts the same change on both sides", "a", "b", "b", "b"],
    ["leaves and reports an outside removal", "a", "a", no, no, changed],
    ["refuses a change of a value that was removed live", "a", "b", no, "b", "field"],
    ["takes a newly declared value over the observed one", no, "b", "c", "b"],
    ["leaves a value that was never declared", no, no, "c", "c"],
    ["resets a value that is no longer declared", "a", no, "a", no],
    ["refuses to reset a value that was changed live", "a", no, "c", no, "field"],
    ["accepts that the value was already reset live", "a", no, no, no],
  ]);
  table(flag({ default: true }), [
    ["resets to the default", false, no, false, true],
    ["leaves an outside change if the reset equals the prior value", true, no, false, false, changed],
  ]);
  for (const [field, ours, theirs] of [
    [text({ serverDefault: true }), "a", "c"],
    [integer({ serverDefault: true }), 1, 3],
  ] as const) {
    table(field, [
      [`leaves a ${field.doc} with a server default that is no longer declared`, ours, no, ours, ours],
      [`takes another observed ${field.doc} without a conflict`, ours, no, theirs, theirs],
      [`sends a declared ${field.doc} all the same`, ours, theirs, ours, theirs],
    ]);
  }
  table(vendorKey(), [
    ["sends the declared vendor key whatever a read shows", "k1", "k1", "****", "k1"],
    ["leaves a vendor key that is no longer declared", "k1", no, "k1", "k1"],
  ]);
});

describe("core: three-way merge of a set", () => {
  const added = "field.c was added";
  table(set(text()), [
    ["leaves and reports members added live", ["a"], ["a"], ["a", "c"], ["a", "c"], added],
    ["does not restore members removed live", ["a", "b"], ["a", "b"], ["a"], ["a"], "field.b was removed"],
    ["merges both sides' changes member by member", ["a", "b"], ["a", "d"], ["a", "b", "c"], ["a", "c", "d"], added],
    ["accepts the same addition on both sides", [], ["b"], ["b"], ["b"]],
    ["accepts the same removal on both sides", ["b"], [], [], []],
    ["adds to the observed members when the set becomes managed", no, ["a"], ["c"], ["a", "c"], added],
    ["clears with an explicit []", ["a"], [], ["a"], []],
    ["leaves the members when the set is no longer managed", ["a"], no, ["a", "c"], ["a", "c"]],
    ["never changes a set that is not declared", no, no, ["c"], ["c"]],
  ]);

  const shared = set(text(), { sharedWhen: ({ mode }) => mode === "shared" });
  const others: Row[] = [
    ["leaves other members of a shared set without a report", ["a", "b"], ["a"], ["a", "b", "c"], ["a", "c"]],
    ["reports a managed member that was removed", ["a"], ["a"], ["c"], ["c"], "field.a was removed"],
  ];
  table(shared, others, { mode: "shared" });

  it("merges ten thousand members without noticeable time", () => {
    const members = Array.from({ length: 10_000 }, (_, index) => `user ${index}`);
    const { desired } = merging(set(text()), { prior: members, declared: members.slice(1), observed: members });
    assert.ok(Array.isArray(desired) && desired.length === 9_999);
  }).timeout(1_000);
});

describe("core: three-way merge of the entries of a map", () => {
  const [a, b, c] = [{ n: "a" }, { n: "b" }, { n: "c" }];
  const am = { n: "a", m: "m" };
  table(map(object({ n: text(), m: text() })), [
    ["leaves and reports an entry added live", {}, {}, { x: c }, { x: c }, "field.x was added"],
    ["does not restore an entry removed live", { x: a }, { x: a }, {}, {}, "field.x was removed"],
    ["leaves and reports an entry changed live", { x: a }, { x: a }, { x: c }, { x: c }, "field.x.n was changed"],
    ["accepts the same addition", {}, { x: a }, { x: a }, { x: a }],
    ["accepts the same removal", { x: a }, {}, {}, {}],
    ["refuses two different additions", {}, { x: a }, { x: c }, { x: a }, "field.x"],
    ["refuses to remove an entry that was changed live", { x: a }, {}, { x: c }, {}, "field.x"],
    ["refuses to change an entry that was removed live", { x: a }, { x: b }, {}, { x: b }, "field.x"],
    ["refuses two different changes of one field, by its path", { x: a }, { x: b }, { x: c }, { x: b }, "field.x.n"],
    ["merges changes of two fields of one entry", { x: a }, { x: b }, { x: am }, { x: { n: "b", m: "m" } }],
    ["resets a field of an entry that is no longer declared", { x: am }, { x: a }, { x: am }, { x: a }],
    [
      "takes declared entries and leaves others when managed",
      no,
      { x: a },
      { x: c, y: b },
      { x: a, y: b },
      "field.y was added",
    ],
    ["leaves all entries when the map is no longer managed", { x: a }, no, { x: c }, { x: c }],
    ["clears with an explicit {}", { x: a, y: b }, {}, { x: a, y: b }, {}],
    ["never changes a map that is not declared", no, no, { x: c }, { x: c }],
    ["removes an entry to which the API added properties", { x: a }, {}, { x: { ...a, token: "t" } }, {}],
    [
      "sends back properties that the API added",
      { x: a },
      { x: b },
      { x: { ...a, token: "t" } },
      { x: { ...b, token: "t" } },
    ],
  ]);

  const cleared = map(object({ n: text(), cameras: set(text(), { cleared: true }) }));
  const x = { n: "a", cameras: ["k"] };
  table(cleared, [
    ["clears a set in an entry when it is no longer declared", { x }, { x: a }, { x }, { x: { n: "a", cameras: [] } }],
  ]);

  const places = map(object({ doors: map(object({ n: text() })) }));
  const side = (doors: Record<string, { n: string }>) => ({ "1": { doors } });
  const addedDoor = 'field["1"].doors.y was added';
  table(places, [
    [
      "merges maps inside entries",
      side({ x: a }),
      side({ x: b }),
      side({ x: a, y: c }),
      side({ x: b, y: c }),
      addedDoor,
    ],
  ]);
});
