import assert from "node:assert/strict";
import { isLong } from "../../longRun";
import { batches, type FaultPattern, runBatch } from "./concurrentResources";
import { faultNames, kindOf } from "./faults";
import { describeScenarios, requested, runEach } from "./findings";
import { baselineOf } from "./runScenario";
import type { Baseline } from "./scenarios";

// A deadline passes for all calls in flight, and Rhombus may carry them out later, so that it is not a fault of one call.
const names = faultNames.filter((name) => !["timeout", "hang"].includes(kindOf(name)));

const conditions = [2, 7, 15].flatMap((between) => (["0", "2"] as const).map((retries) => ({ between, retries })));

/** Without a fault, and with each under all conditions; in the short run every ninth fault under one of them. */
function patternsOf(turn: number): FaultPattern[] {
  const isWhole = isLong || requested !== undefined;
  const each = names.flatMap((fault, index) => {
    if (!isWhole && (index + turn) % 9 !== 0) return [];
    const chosen = conditions.filter((_, at) => isWhole || at === (index + turn) % conditions.length);
    return chosen.map((condition) => ({ fault, ...condition }));
  });
  return [{ fault: undefined, between: 0, retries: "0" }, ...each];
}

describeScenarios("twenty resources of one organization at once", (clock) => {
  const baselines: Baseline[] = [];

  before(async () => {
    for (const batch of batches) baselines.push(await baselineOf(batch));
  });

  for (const [turn, batch] of batches.entries()) {
    it(`lose no update, with the same result as one by one: ${batch.name}`, async () => {
      const baseline = baselines[turn] ?? assert.fail("no baseline");
      await runEach(
        patternsOf(turn),
        ({ fault = "no fault", between, retries }) =>
          `twenty at once, ${batch.name}, ${fault}, after ${between} calls each, ${retries} retries`,
        (pattern) => runBatch(baseline, pattern, clock),
      );
    });
  }
});
