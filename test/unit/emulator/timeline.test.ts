import assert from "node:assert/strict";
import sinon from "sinon";
import { maxReadLagMs, Timeline } from "../../../provider/emulator/data/timeline";

describe("emulator: timeline", () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers({ now: 1_000_000, toFake: ["Date"] });
  });
  afterEach(() => clock.restore());

  it("returns values as they were at a moment, in the order in which their keys were first set", () => {
    const timeline = new Timeline<string>();
    timeline.set("a", "seed", Number.NEGATIVE_INFINITY);
    timeline.set("a", "first");
    timeline.set("b", "other");
    clock.tick(10);
    timeline.delete("a");
    timeline.delete("b");
    const moments = [999_999, 1_000_000, 1_000_009, 1_000_010, undefined];
    const values = moments.map((moment) => timeline.get("a", moment));
    assert.deepEqual(values, ["seed", "first", "first", undefined, undefined]);
    timeline.set("a", "last");
    assert.deepEqual([timeline.values(1_000_000), timeline.values()], [["first", "other"], ["last"]]);
  });

  it("drops values older than the longest read lag", () => {
    const timeline = new Timeline<number>();
    timeline.set("a", 1);
    clock.tick(1);
    timeline.set("a", 2);
    clock.tick(maxReadLagMs);
    timeline.set("a", 3);
    assert.deepEqual([timeline.get("a", 1_000_000), timeline.get("a", 1_000_001)], [undefined, 2]);
  });
});
