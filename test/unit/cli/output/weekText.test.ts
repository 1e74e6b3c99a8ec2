import assert from "node:assert/strict";
import { timesText, weeklyTimes } from "../../../../provider/cli/access/times";
import { weekText } from "../../../../provider/cli/output/weekText";
import { DAYS, type Day, spansOf } from "../../../../provider/core/schema/week";

const spans = (days: readonly Day[], from: string, to: string) => spansOf({ days: [...days], from, to });

describe("times of the week in words", () => {
  for (const [text, given] of [
    ["never", []],
    ["always", spans(DAYS, "00:00", "24:00")],
    ["always", [{ start: 60, stop: 60 + 7 * 24 * 60 }]],
    ["every day 08:00 to 18:00", spans(DAYS, "08:00", "18:00")],
    ["weekdays 08:00 to 18:00", spans(DAYS.slice(0, 5), "08:00", "18:00")],
    ["weekends 00:00 to 24:00", spans(["saturday", "sunday"], "00:00", "24:00")],
    ["Tuesday to Thursday 08:00 to 18:00", spans(["tuesday", "wednesday", "thursday"], "08:00", "18:00")],
    ["Monday and Tuesday 08:00 to 18:00", spans(["monday", "tuesday"], "08:00", "18:00")],
    ["Monday, Wednesday and Friday 08:00 to 18:00", spans(["monday", "wednesday", "friday"], "08:00", "18:00")],
    ["Sunday 22:00 to 06:00", spans(["sunday"], "22:00", "06:00")],
    [
      "Monday 08:00 to 12:00, Tuesday 13:00 to 18:00",
      [...spans(["tuesday"], "13:00", "18:00"), ...spans(["monday"], "08:00", "12:00")],
    ],
  ] as const) {
    it(text, () => assert.equal(weekText(given), text));
  }

  it("say that a schedule without times, or with an interval that ends where it starts, may be always", () => {
    const empty = "unknown schedule (it shows no times), may be always";
    assert.deepEqual([timesText(weeklyTimes([])), timesText(weeklyTimes(undefined))], [empty, empty]);
    const doubtful = weeklyTimes([...spans(["monday"], "08:00", "12:00"), { start: 5, stop: 5 }]);
    assert.equal(
      timesText(doubtful),
      "Monday 08:00 to 12:00, unknown schedule (it has an interval that ends where it starts), may be always",
    );
  });
});
