import assert from "node:assert/strict";
import fc from "fast-check";
import type { Field } from "../../../../provider/core/schema/field";
import { flag, integer, map, object, oneOf, set, text, weeklyIntervals } from "../../../../provider/core/schema/fields";
import { containsUnknown, UNKNOWN, type Value, valueFrom } from "../../../../provider/core/schema/values";
import { DAYS } from "../../../../provider/core/schema/week";
import { ruuid } from "../../../../provider/resources/fields/ruuid";
import { checking, merging } from "./trials";

const door = object({ doorName: text(), cameras: set(text(), { cleared: true }), seconds: integer({ empty: 0 }) });

/** A field of every kind, with the canonical values it has. */
const kinds: Readonly<Record<string, { field: Field; values: fc.Arbitrary<Value> }>> = {
  text: { field: text(), values: fc.string({ unit: "binary" }) },
  trimmedText: { field: text({ trimmed: true }), values: fc.string({ unit: "binary" }) },
  flag: { field: flag({ default: true }), values: fc.boolean() },
  integer: { field: integer({ min: 0, empty: 0 }), values: fc.nat({ max: 2 ** 31 - 1 }) },
  oneOf: { field: oneOf(["OFF", "ON", "AUTO"]), values: fc.constantFrom("OFF", "ON", "AUTO") },
  ruuid: { field: ruuid(), values: fc.stringMatching(/^[\w-]{21}[AQgw]$/) },
  set: { field: set(text()), values: fc.array(fc.string()) },
  map: { field: map(text()), values: dictionary(fc.string()) },
  doors: { field: map(door), values: dictionary(doors()) },
  weeklyIntervals: { field: weeklyIntervals({ required: true }), values: shifts() },
  places: { field: map(object({ doors: map(door) })), values: dictionary(objects({ doors: dictionary(doors()) })) },
};

function dictionary(values: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  const keys = fc.oneof(fc.constantFrom("__proto__", "constructor", "toString", "1:4", ""), fc.string());
  return fc.array(fc.tuple(keys, values), { maxLength: 6 }).map((entries): Value => Object.fromEntries(entries));
}

function objects(fields: Record<string, fc.Arbitrary<Value>>): fc.Arbitrary<Value> {
  return fc.record(fields, { requiredKeys: [] }).map((each) => valueFrom(each));
}

function doors(): fc.Arbitrary<Value> {
  return objects({ doorName: fc.string(), cameras: fc.array(fc.string()), seconds: fc.nat({ max: 99 }) });
}

/** Shifts of a week, of which no two overlap. */
function shifts(): fc.Arbitrary<Value> {
  const times = [
    { from: "06:00", to: "14:00" },
    { from: "14:00", to: "22:00" },
    { from: "22:00", to: "06:00" },
  ];
  const all = DAYS.flatMap((day) => times.map((each): Value => ({ days: [day], ...each })));
  return fc.shuffledSubarray(all, { minLength: 1, maxLength: 6 });
}

/** Anything that can come from a program: odd texts, inherited names, unknowns and every type at any depth. */
const anything: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Value>(UNKNOWN, null, "", "\ud800", "\u0000", -0, 2 ** 53, "__proto__"),
    fc.string({ unit: "binary" }),
    fc.boolean(),
    fc.double({ noNaN: true }),
    fc.array(tie("value"), { maxLength: 4 }),
    dictionary(tie("value")),
    fc
      .dictionary(fc.constantFrom("doors", "doorName", "cameras", "seconds"), tie("value"))
      .map((each) => valueFrom(each)),
  ),
})).value;

const known = anything.filter((value) => !containsUnknown(value));

describe("core: properties of every kind of field", () => {
  for (const [name, { field, values }] of Object.entries(kinds)) {
    const canonical = values.map((value) => checking(field, value).value);

    it(`${name}: check returns a form that check leaves unchanged`, () => {
      fc.assert(
        fc.property(canonical, (value) => {
          const again = value === undefined ? undefined : checking(field, value);
          assert.deepEqual(again?.value, value);
          assert.deepEqual(again?.reasons ?? [], []);
        }),
      );
    });

    it(`${name}: a checked value has the right type, and the report of a wrong type does not quote the value`, () => {
      fc.assert(
        fc.property(canonical, anything, (value, any) => {
          assert.deepEqual(value === undefined ? [] : field.mistyped(value, ["field"]), []);
          for (const { path, expected, actual } of field.mistyped(any, ["field"])) {
            assert.equal(path[0], "field");
            assert.match(actual, /^(?:null|a list|a fraction|an object|a (?:number|string|boolean))$/);
            assert.ok(expected.length > 0);
          }
        }),
      );
    });

    it(`${name}: equal is reflexive and symmetric`, () => {
      fc.assert(
        fc.property(canonical, canonical, (one, other) => {
          assert.ok(field.equal(one, one));
          assert.equal(field.equal(one, other), field.equal(other, one));
        }),
      );
    });

    it(`${name}: canonical leaves a canonical value unchanged`, () => {
      fc.assert(fc.property(canonical, (value) => assert.ok(field.equal(field.canonical(value), value))));
    });

    it(`${name}: the projection of an observed value equal to the declared one is the declared one`, () => {
      fc.assert(fc.property(canonical, (value) => assert.ok(field.equal(field.project(value, value, {}), value))));
    });

    it(`${name}: without an outside change, the declared value is desired`, () => {
      fc.assert(
        fc.property(canonical, canonical, (prior, declared) => {
          if (declared === undefined) return;
          const { desired, conflicts, unplanned } = merging(field, { prior, declared, observed: prior });
          assert.ok(field.equal(field.project(desired, declared, {}), declared));
          assert.deepEqual([conflicts, unplanned], [[], []]);
        }),
      );
    });

    it(`${name}: without a change by the program, the observed value is desired, without conflict`, () => {
      fc.assert(
        fc.property(canonical, canonical, (prior, observed) => {
          if (prior === undefined) return;
          const { desired, conflicts } = merging(field, { prior, declared: prior, observed });
          assert.ok(field.equal(desired, observed));
          assert.deepEqual(conflicts, []);
        }),
      );
    });

    it(`${name}: the desired value has no differences`, () => {
      fc.assert(
        fc.property(canonical, canonical, canonical, (prior, declared, observed) => {
          const three = { prior, declared, observed };
          const { desired } = merging(field, three);
          assert.deepEqual(field.differences(desired, desired, three, ["field"], {}), []);
        }),
      );
    });

    it(`${name}: check, equal and project never throw for a value that a program can declare`, () => {
      fc.assert(
        fc.property(anything, anything, (one, other) => {
          checking(field, one);
          field.equal(one, other);
          field.project(field.canonical(one), other, {});
        }),
        { numRuns: 300 },
      );
    });

    it(`${name}: a merge never throws for a value that Rhombus can answer`, () => {
      fc.assert(
        fc.property(known, canonical, canonical, (answer, prior, declared) => {
          const three = { prior, declared, observed: field.canonical(answer) };
          const { desired } = merging(field, three);
          field.differences(desired, field.canonical(answer), three, ["field"], {});
        }),
        { numRuns: 300 },
      );
    });

    it(`${name}: a value with an unknown part equals nothing and is never a mistake`, () => {
      fc.assert(
        fc.property(anything, (value) => {
          assert.ok(!field.equal(UNKNOWN, value));
          assert.deepEqual(checking(field, UNKNOWN).reasons, []);
        }),
      );
    });
  }

  it("check and equal work for a map with 20 000 entries", () => {
    const entries = Array.from({ length: 20_000 }, (_, index): [string, Value] => [`1:${index}`, { doorName: "x" }]);
    const value: Value = Object.fromEntries(entries);
    assert.deepEqual(checking(map(door), value).reasons, []);
    assert.ok(map(door).equal(value, checking(map(door), value).value));
  });
});
