import assert from "node:assert/strict";
import { lasting, readUntil, threeSeconds } from "../../../../provider/core/resource/polling";

/** Patience whose pauses are written down instead of waited. */
function pausing() {
  const pauses: number[] = [];
  const sleep = async (ms: number) => {
    pauses.push(ms);
  };
  return { pauses, patience: { delaysMs: [1, 2, 3], sleep } };
}

const answers = (...readings: string[]) => {
  return async () => readings.shift() ?? "no more readings";
};
const surprising = (reading: string) => reading !== "expected";

describe("core: patience", () => {
  it("believes an expected reading at once", async () => {
    const { patience, pauses } = pausing();
    assert.equal(await readUntil(patience, "expected", surprising, answers()), "expected");
    assert.deepEqual(pauses, []);
  });

  it("reads again until the reading is as expected", async () => {
    const { patience, pauses } = pausing();
    assert.equal(await readUntil(patience, "stale", surprising, answers("stale", "expected")), "expected");
    assert.deepEqual(pauses, [1, 2]);
  });

  it("believes a surprising reading when all further ones agree", async () => {
    const { patience, pauses } = pausing();
    assert.equal(await readUntil(patience, "first", surprising, answers("a", "b", "last")), "last");
    assert.deepEqual(pauses, [1, 2, 3]);
  });

  it("ends with the error of a further reading", async () => {
    const { patience } = pausing();
    const broken = () => Promise.reject(new Error("no connection"));
    await assert.rejects(readUntil(patience, "stale", surprising, broken), /no connection/);
  });

  it("lasts for a time that is asked for, with one more reading at its end", () => {
    const { patience } = pausing();
    assert.deepEqual(lasting(patience, 10).delaysMs, [1, 2, 3, 4]);
    assert.deepEqual(lasting(patience, 6).delaysMs, [1, 2, 3]);
  });

  it("takes three further readings within 3 s by default", () => {
    assert.deepEqual(threeSeconds.delaysMs, [250, 750, 2000]);
  });
});
