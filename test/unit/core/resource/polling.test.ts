import assert from "node:assert/strict";
import { lasting, poll, threeSeconds } from "../../../../provider/core/resource/polling";

/** Polls through readings; the first one is made before. Returns the last reading and the pauses. */
async function polled(first: string, ...further: string[]) {
  const pauses: number[] = [];
  const polling = { delaysMs: [1, 2, 3], sleep: async (ms: number) => void pauses.push(ms) };
  const read = async () => further.shift() ?? assert.fail("no more readings");
  return [await poll(polling, first, (reading) => reading !== "expected", read), pauses];
}

describe("core: polling", () => {
  it("reads again until a reading is as expected, and ends with the last reading where none is", async () => {
    assert.deepEqual(await polled("expected"), ["expected", []]);
    assert.deepEqual(await polled("stale", "stale", "expected"), ["expected", [1, 2]]);
    assert.deepEqual(await polled("first", "a", "b", "last"), ["last", [1, 2, 3]]);
  });

  it("throws the error of a further reading", async () => {
    await assert.rejects(polled("stale"), /no more readings/);
  });

  it("is extended to a given time, with one more reading at its end", () => {
    const polling = { ...threeSeconds, delaysMs: [1, 2, 3] };
    assert.deepEqual(lasting(polling, 10).delaysMs, [1, 2, 3, 4]);
    assert.deepEqual(lasting(polling, 6).delaysMs, [1, 2, 3]);
  });

  it("makes three further reads within 3 s by default", () => {
    assert.deepEqual(threeSeconds.delaysMs, [250, 750, 2000]);
  });
});
