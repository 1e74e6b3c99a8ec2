import assert from "node:assert/strict";
import fc from "fast-check";
import { weeklyIntervals } from "../../../../provider/core/schema/fields";
import { valueFrom } from "../../../../provider/core/schema/values";
import {
  DAY_MINUTES,
  DAYS,
  intervalsOf,
  joined,
  minuteOf,
  spansOf,
  WEEK_MINUTES,
  type WeeklyInterval,
  type WeekSpan,
} from "../../../../provider/core/schema/week";
import { checking } from "./trials";

/** Any span of the week: mostly at full hours and midnights, so that spans touch and meet the end of the week. */
const spans: fc.Arbitrary<WeekSpan[]> = fc.array(
  fc
    .tuple(
      fc.oneof(
        fc.nat({ max: 7 * 24 - 1 }).map((hour) => hour * 60),
        fc.nat({ max: WEEK_MINUTES - 1 }),
      ),
      fc.oneof(
        fc.integer({ min: 1, max: 7 * 24 }).map((hours) => hours * 60),
        fc.integer({ min: 1, max: WEEK_MINUTES }),
      ),
    )
    .map(([start, length]) => ({ start, stop: start + length })),
  { maxLength: 8 },
);

/** Intervals as people write them, also across midnight. They may overlap. */
const written: fc.Arbitrary<WeeklyInterval[]> = fc.array(
  fc
    .record({
      days: fc.uniqueArray(fc.constantFrom(...DAYS), { minLength: 1 }),
      from: fc.nat({ max: DAY_MINUTES - 1 }),
      to: fc.nat({ max: DAY_MINUTES }),
    })
    .filter(({ from, to }) => from !== to)
    .map(({ days, from, to }) => ({ days, from: timeOf(from), to: timeOf(to) })),
  { maxLength: 5 },
);

function timeOf(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/** The minutes of the week that spans cover, counted one by one. */
function coveredBy(list: readonly WeekSpan[]): boolean[] {
  const minutes = new Array<boolean>(WEEK_MINUTES).fill(false);
  for (const { start, stop } of list) {
    for (let minute = start; minute < stop; minute += 1) minutes[minute % WEEK_MINUTES] = true;
  }
  return minutes;
}

describe("core: the minutes of a week", () => {
  it("spans become intervals that cover the same minutes", () => {
    fc.assert(
      fc.property(spans, (each) => {
        assert.deepEqual(coveredBy(intervalsOf(each).flatMap(spansOf)), coveredBy(each));
      }),
    );
  });

  it("the intervals of any spans are correct, unless there are none", () => {
    fc.assert(
      fc.property(spans, (each) => {
        fc.pre(each.length > 0);
        const intervals = valueFrom(intervalsOf(each));
        assert.deepEqual(checking(weeklyIntervals({ required: true }), intervals).reasons, []);
      }),
    );
  });

  it("joined spans cover the same minutes, are sorted, and do not touch, also across the end of the week", () => {
    fc.assert(
      fc.property(spans, (each) => {
        const result = joined(each);
        assert.deepEqual(coveredBy(result), coveredBy(each));
        for (const [index, { start, stop }] of result.entries()) {
          const next = result[index + 1]?.start ?? (result[0]?.start ?? 0) + WEEK_MINUTES;
          assert.ok(start < stop && (stop < next || result.length === 1), JSON.stringify(result));
        }
        assert.deepEqual(joined(result), result);
      }),
    );
  });

  it("intervals become spans of the days and times that they name", () => {
    fc.assert(
      fc.property(written, (intervals) => {
        const covered = coveredBy(intervals.flatMap(spansOf));
        covered.forEach((is, minute) => {
          const [day, at] = [Math.floor(minute / DAY_MINUTES), minute % DAY_MINUTES];
          assert.equal(
            is,
            intervals.some((each) => isIn(each, day, at)),
            `${DAYS[day]} ${timeOf(at)}`,
          );
        });
      }),
      { numRuns: 20 },
    );
  });

  it("two overlapping intervals are a mistake, and two that touch are none", () => {
    fc.assert(
      fc.property(written, (intervals) => {
        fc.pre(intervals.length > 0);
        const count = intervals.flatMap(spansOf).reduce((sum, { start, stop }) => sum + stop - start, 0);
        const covered = coveredBy(intervals.flatMap(spansOf)).filter((is) => is).length;
        const { reasons } = checking(weeklyIntervals({ required: true }), valueFrom(intervals));
        assert.equal(reasons.length > 0, covered < count, reasons.join("\n"));
      }),
    );
  });

  it("intervals with the same minutes are equal, however they are divided and ordered", () => {
    const field = weeklyIntervals({ required: true });
    fc.assert(
      fc.property(written, spans, (intervals, others) => {
        const own = intervals.flatMap(spansOf);
        const divided = intervals
          .flatMap(({ days, ...times }) => days.map((day) => ({ days: [day], ...times })))
          .reverse();
        assert.ok(field.equal(valueFrom(intervals), valueFrom(divided)));
        assert.ok(field.equal(valueFrom(intervals), valueFrom(intervalsOf(own))));
        const [left, right] = [coveredBy(own), coveredBy(others)];
        const areSame = left.every((is, minute) => is === right[minute]);
        assert.equal(field.equal(valueFrom(intervals), valueFrom(intervalsOf(others))), areSame);
      }),
      { numRuns: 20 },
    );
  });
});

function isIn({ days, from, to }: WeeklyInterval, day: number, at: number): boolean {
  const [first = 0, last = 0] = [minuteOf(from), minuteOf(to)];
  const has = (index: number) => days.some((each) => each === DAYS[(index + 7) % 7]);
  if (first < last) return has(day) && at >= first && at < last;
  return (has(day) && at >= first) || (has(day - 1) && at < last);
}
