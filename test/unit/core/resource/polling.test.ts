import assert from "node:assert/strict";
import { lasting, poll, threeSeconds } from "../../../../provider/core/resource/polling";

/** Polling that records its pauses instead of waiting. */
function pausing() {
  const pauses: number[] = [];
  const sleep = async (ms: number) => {
    pauses.push(ms);
  };
  return { pauses, polling: { delaysMs: [1, 2, 3], sleep } };
}

const answers = (...readings: string[]) => {
  return async () => readings.shift() ?? "no more readings";
};
const isUnexpected = (reading: string) => reading !== "expected";

describe("core: polling", () => {
  it("ends at an expected reading without a pause", async () => {
    const { polling, pauses } = pausing();
    assert.equal(await poll(polling, "expected", isUnexpected, answers()), "expected");
    assert.deepEqual(pauses, []);
  });

  it("reads again until a reading is as expected", async () => {
    const { polling, pauses } = pausing();
    assert.equal(await poll(polling, "stale", isUnexpected, answers("stale", "expected")), "expected");
    assert.deepEqual(pauses, [1, 2]);
  });

  it("ends with the last reading where none is as expected", async () => {
    const { polling, pauses } = pausing();
    assert.equal(await poll(polling, "first", isUnexpected, answers("a", "b", "last")), "last");
    assert.deepEqual(pauses, [1, 2, 3]);
  });

  it("throws the error of a further reading", async () => {
    const { polling } = pausing();
    const broken = () => Promise.reject(new Error("no connection"));
    await assert.rejects(poll(polling, "stale", isUnexpected, broken), /no connection/);
  });

  it("is extended to a given time, with one more reading at its end", () => {
    const { polling } = pausing();
    assert.deepEqual(lasting(polling, 10).delaysMs, [1, 2, 3, 4]);
    assert.deepEqual(lasting(polling, 6).delaysMs, [1, 2, 3]);
  });

  it("makes three further reads within 3 s by default", () => {
    assert.deepEqual(threeSeconds.delaysMs, [250, 750, 2000]);
  });
});
