import assert from "node:assert/strict";
import { weeklyIntervals } from "../../../../provider/core/schema/fields";
import { UNKNOWN, type Value, type ValueMap } from "../../../../provider/core/schema/values";
import { intervalsOf, spansOf, type WeeklyInterval } from "../../../../provider/core/schema/week";
import { checking, merging } from "./trials";

const field = weeklyIntervals({ required: true });

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"];

function interval(days: Value, from: Value, to: Value): ValueMap {
  return { days, from, to };
}

function reasonsFor(...intervals: Value[]): string[] {
  return checking(field, intervals).reasons;
}

describe("core: weekly intervals", () => {
  it("accepts office hours, a night, a whole day, an evening until midnight, and intervals that touch", () => {
    assert.deepEqual(reasonsFor(interval(weekdays, "08:00", "18:00")), []);
    assert.deepEqual(reasonsFor(interval(["friday", "sunday"], "22:00", "06:00")), []);
    assert.deepEqual(reasonsFor(interval(["sunday"], "00:00", "24:00")), []);
    assert.deepEqual(reasonsFor(interval(["sunday"], "18:00", "00:00"), interval(["monday"], "00:00", "08:00")), []);
    assert.deepEqual(reasonsFor(interval(["monday"], "08:00", "12:00"), interval(["monday"], "12:00", "13:00")), []);
  });

  it("refuses a list without intervals", () => {
    assert.match(reasonsFor().join(), /^field must have an interval/);
  });

  const mistakes: Readonly<Record<string, readonly [Value[], RegExp]>> = {
    "a day that does not exist": [
      [interval(["monday", "tues"], "08:00", "18:00")],
      /^field\[0\]\.days\[1\] is "tues", which is not a day\. Did you mean "tuesday"\?$/,
    ],
    "a day in capitals": [[interval(["Monday"], "08:00", "18:00")], /Did you mean "monday"\?$/],
    "a name that resembles no day": [[interval(["workdays!"], "08:00", "18:00")], /The days are monday, tuesday,/],
    "a repeated day": [
      [interval(["monday", "friday", "monday"], "08:00", "18:00")],
      /^field\[0\]\.days\[2\] repeats "monday"\. Remove it\.$/,
    ],
    "an interval without days": [[interval([], "08:00", "18:00")], /^field\[0\]\.days must name at least one day\.$/],
    "one digit for the hour": [[interval(weekdays, "8:00", "18:00")], /^field\[0\]\.from is "8:00"; it must be a time/],
    "a time after the last one": [[interval(weekdays, "08:00", "24:01")], /^field\[0\]\.to is "24:01"; .*"24:00"/],
    "a start at 24:00": [[interval(weekdays, "24:00", "08:00")], /^field\[0\]\.from is "24:00"; .*"23:59"/],
    "a time of 12 hours": [[interval(weekdays, "08:00 AM", "18:00")], /^field\[0\]\.from is "08:00 AM"/],
    "the same start and end": [
      [interval(weekdays, "08:00", "08:00")],
      /to is "08:00", the same as from\. For a whole day, write from "00:00"/,
    ],
    "a missing end": [[{ days: weekdays, from: "08:00" }], /^field\[0\]\.to is required\.$/],
    "a null start": [[interval(weekdays, null, "18:00")], /^field\[0\]\.from is required\.$/],
    "a misspelt property": [
      [{ ...interval(weekdays, "08:00", "18:00"), day: ["monday"] }],
      /^field\[0\]\.day is an unknown property\. Did you mean "days"\?$/,
    ],
    "a day of another type": [
      [interval([1], "08:00", "18:00")],
      /^field\[0\]\.days\[0\] must be a text, not a number\.$/,
    ],
    "a text in place of an interval": [["monday"], /^field\[0\] must be an object\.$/],
    "two intervals that overlap": [
      [interval(weekdays, "08:00", "18:00"), interval(["friday", "saturday"], "17:00", "20:00")],
      /^field\[1\] \(friday, saturday 17:00 to 20:00\) overlaps field\[0\] \(monday, .* 18:00\): friday 17:00 to 18:00 is in both\./,
    ],
    "a night that overlaps the next morning across the end of the week": [
      [interval(["sunday"], "22:00", "06:00"), interval(["monday"], "05:00", "09:00")],
      /: monday 05:00 to 06:00 is in both\./,
    ],
    "the same interval twice": [
      [interval(["monday"], "08:00", "18:00"), interval(["monday"], "08:00", "18:00")],
      /: monday 08:00 to 18:00 is in both\./,
    ],
  };

  for (const [name, [intervals, reason]] of Object.entries(mistakes)) {
    it(`reports ${name}, once`, () => {
      const reasons = reasonsFor(...intervals);
      assert.equal(reasons.length, 1, reasons.join("\n"));
      assert.match(reasons.join(), reason);
    });
  }

  it("reports all mistakes at once, each with its path", () => {
    const { paths } = checking(field, [interval(["mon"], "8:00", "18:00"), { from: "08:00" }]);
    assert.deepEqual(paths, ["field[0].days[0]", "field[0].from", "field[1].days", "field[1].to"]);
  });

  it("checks the known parts of an interval with unknown parts", () => {
    const known = interval(["monday"], "08:00", "18:00");
    assert.deepEqual(reasonsFor(UNKNOWN, known), []);
    assert.deepEqual(reasonsFor(interval(UNKNOWN, "08:00", UNKNOWN), known), []);
    assert.match(reasonsFor(interval([UNKNOWN, "monda"], "08:00", "18:00")).join(), /days\[1\] is "monda"/);
    assert.match(reasonsFor(interval(["monday", UNKNOWN], "17:00", "19:00"), known).join(), /overlaps/);
  });

  it("keeps the declared form if the observed one covers the same minutes, else shows the observed one", () => {
    const declared = [interval(["monday"], "22:00", "24:00"), interval(["tuesday"], "00:00", "06:00")];
    const same = [interval(["monday"], "22:00", "06:00")];
    const other = [interval(["monday"], "22:00", "07:00")];
    assert.equal(field.project(same, declared, {}), declared);
    assert.deepEqual(field.project(other, declared, {}), other);
  });

  it("differs from an interval of which it is not clear whether it is empty or a whole week", () => {
    const declared = [interval(["monday"], "08:00", "18:00")];
    const unclear = [...declared, interval(["monday"], "00:00", "00:00")];
    assert.ok(!field.equal(declared, unclear));
    assert.deepEqual(field.project(unclear, declared, {}), unclear);
  });

  it("merges as a whole: a change outside Pulumi is reported, and stays", () => {
    const [prior, observed] = [[interval(["monday"], "08:00", "18:00")], [interval(["monday"], "08:00", "20:00")]];
    const merged = merging(field, { prior, declared: prior, observed });
    assert.deepEqual(merged, { desired: observed, unplanned: ["field was changed"], conflicts: [] });
  });

  it("writes spans as people do", () => {
    const forms: readonly (readonly [WeeklyInterval[], WeeklyInterval[]])[] = [
      [
        [{ days: ["saturday", "sunday"], from: "00:00", to: "24:00" }],
        [{ days: ["saturday", "sunday"], from: "00:00", to: "24:00" }],
      ],
      [
        [
          { days: ["sunday"], from: "22:00", to: "24:00" },
          { days: ["monday"], from: "00:00", to: "06:00" },
        ],
        [{ days: ["sunday"], from: "22:00", to: "06:00" }],
      ],
      [
        [
          { days: ["saturday"], from: "22:00", to: "22:00" },
          { days: ["friday"], from: "22:00", to: "24:00" },
          { days: ["saturday"], from: "00:00", to: "08:00" },
        ],
        [
          { days: ["friday"], from: "22:00", to: "08:00" },
          { days: ["saturday"], from: "22:00", to: "22:00" },
        ],
      ],
      [
        [
          { days: ["friday"], from: "22:00", to: "21:00" },
          { days: ["saturday"], from: "21:00", to: "24:00" },
        ],
        [
          { days: ["friday"], from: "22:00", to: "24:00" },
          { days: ["saturday"], from: "00:00", to: "24:00" },
        ],
      ],
    ];
    for (const [given, expected] of forms) assert.deepEqual(intervalsOf(given.flatMap(spansOf)), expected);
  });
});
