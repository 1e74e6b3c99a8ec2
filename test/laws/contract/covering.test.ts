import assert from "node:assert/strict";
import fc from "fast-check";
import { behaviourSettings } from "../../../provider/emulator";
import { allMeetings, covering, meetingsIn } from "./covering";

const sizesOfBehaviours = Object.values(behaviourSettings).map(({ length }) => length);

/** The meetings that no row has. */
function missingIn(rows: readonly number[][], sizes: readonly number[], strength: number): string[] {
  const met = new Set(rows.flatMap((row) => meetingsIn(row, strength)));
  return allMeetings(sizes, strength).filter((meeting) => !met.has(meeting));
}

describe("contract: coverings", () => {
  it("know every meeting of two parameters by name", () => {
    const pairs = ["0=0 1=0", "0=0 1=1", "0=1 1=0", "0=1 1=1", "0=0 2=0", "0=1 2=0", "1=0 2=0", "1=1 2=0"];
    assert.deepEqual(allMeetings([2, 2, 1], 2), pairs);
    assert.deepEqual(meetingsIn([1, 0, 0], 2), ["0=1 1=0", "0=1 2=0", "1=0 2=0"]);
  });

  for (const strength of [1, 2, 3]) {
    it(`of strength ${strength} have every meeting, in rows that choose for every parameter`, () => {
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 7 }), (sizes) => {
          const rows = covering(sizes, strength);
          assert.deepEqual(missingIn(rows, sizes, strength), []);
          for (const row of rows) {
            assert.ok(row.length === sizes.length && row.every((choice, at) => choice < (sizes[at] ?? 0)));
          }
        }),
        { numRuns: 50 },
      );
    });
  }

  it("have all pairs of the emulator's behaviours in few rows", () => {
    const rows = covering(sizesOfBehaviours, 2);
    assert.deepEqual(missingIn(rows, sizesOfBehaviours, 2), []);
    assert.ok(rows.length >= 12 && rows.length <= 24, `${rows.length} rows`);
  });

  it("are the same each time", () => {
    assert.deepEqual(covering(sizesOfBehaviours, 2), covering(sizesOfBehaviours, 2));
  });
});
