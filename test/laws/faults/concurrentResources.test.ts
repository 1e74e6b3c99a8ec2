import assert from "node:assert/strict";
import { isLong } from "../../tally";
import { HurriedClock } from "./clock";
import { batches, type FaultPattern, runBatch } from "./concurrentResources";
import { faultNames, kindOf } from "./faults";
import { LONGEST_MS, report, requested, totals } from "./findings";
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

describe("faults: twenty resources of one organization at once", function () {
  this.timeout(LONGEST_MS);
  const clock = new HurriedClock();
  const baselines = new Map<string, Baseline>();

  before(async () => {
    for (const batch of batches) baselines.set(batch.name, await baselineOf({ ...batch, does: "up" }));
  });
  beforeEach(() => clock.start());
  afterEach(() => clock.stop());

  for (const [turn, batch] of batches.entries()) {
    it(`lose no update, with the same result as one by one: ${batch.name}`, async () => {
      const baseline = baselines.get(batch.name);
      assert.ok(baseline);
      const failures: string[] = [];
      for (const pattern of patternsOf(turn)) {
        const { fault, between, retries } = pattern;
        const name = `twenty at once, ${batch.name}, ${fault ?? "no fault"}, after ${between} calls each, ${retries} retries`;
        if (requested !== undefined && !name.includes(requested)) continue;
        const findings = await runBatch(batch, baseline, pattern, clock);
        totals.count(findings);
        failures.push(...report(name, findings));
      }
      assert.ok(failures.length === 0, failures.join("\n"));
    });
  }
});
