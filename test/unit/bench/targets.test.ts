import assert from "node:assert/strict";
import type { Implementation } from "../../../bench/implementations";
import { totals } from "../../../bench/report";
import { type Results, spread, summaryOf } from "../../../bench/results";
import type { LimitedSample } from "../../../bench/scenarios/rateLimited";
import type { Sample } from "../../../bench/scenarios/sizes";
import { evaluate, type TargetResult } from "../../../bench/targets";

const nothing: Results = { samples: [], limited: [], maps: [], startUp: { sdkMs: [], oursMs: [], responses: [] } };
const noCalls = { total: 0, rateLimited: 0, failed: 0, byOperation: {}, spanSeconds: 0 };

function sample(implementation: Implementation, seconds: number, more: Partial<Sample> = {}): Sample {
  return { implementation, groups: 200, repetition: 0, step: "up", seconds, stateBytes: 1000, calls: noCalls, ...more };
}

function limited(more: Partial<LimitedSample["calls"]>, failure?: string): LimitedSample {
  const calls = { ...noCalls, total: 152, byOperation: { createAccessControlGroup: 152 }, spanSeconds: 5.3, ...more };
  return { operation: "up", groups: 150, seconds: 7, calls, ...(failure === undefined ? {} : { failure }) };
}

function resultOf(results: Partial<Results>, name: string): TargetResult {
  const targetResults = evaluate({ ...nothing, ...results });
  const found = targetResults.find(({ target }) => target.name === name);
  return found ?? assert.fail(`no "${name}" among ${targetResults.map(({ target }) => target.name).join(", ")}`);
}

describe("the summary of measurements", () => {
  it("has the median of numbers in any order, or the mean of the two in the middle, and the spread", () => {
    assert.deepEqual(summaryOf([9, 100, undefined, 10]), { median: 10, min: 9, max: 100, count: 3 });
    assert.equal(summaryOf([1, 100, 2, 4])?.median, 3);
    assert.equal(summaryOf([undefined]), undefined);
    assert.deepEqual(
      [spread({ min: 9, max: 14, median: 10, count: 3 }), spread(summaryOf([0, 0]) ?? assert.fail())],
      [0.5, 0],
    );
  });
});

describe("the targets of the benchmark", () => {
  it("are missed without a measurement, and omitted if their size was not run", () => {
    const missing = resultOf({}, 'require("pulumi-rhombus") above @pulumi/pulumi');
    assert.deepEqual([missing.measured, missing.isMet], [undefined, false]);
    const names = evaluate({ ...nothing, samples: [sample("ours", 1)] }).map(({ target }) => target.name);
    assert.ok(names.includes("refresh of 200, ours / floor"));
    assert.ok(!names.includes("refresh of 1000, ours / floor"));
  });

  it("compare the count of each repetition with the limit, not the median", () => {
    const samples = [202, 202, 203].map((made, repetition) => {
      return sample("ours", 1, { repetition, calls: { ...noCalls, byOperation: { createAccessControlGroup: made } } });
    });
    assert.equal(resultOf({ samples }, "API calls to create 200 groups").isMet, false);
    assert.equal(resultOf({ samples: samples.slice(0, 2) }, "API calls to create 200 groups").isMet, true);
  });

  it("compare the times of the same repetition, because a slow machine slows both", () => {
    const seconds = [
      [1, 0.9],
      [10, 9],
      [2, 3],
    ];
    const samples = seconds.flatMap(([floor = 0, ours = 0], repetition) => [
      sample("floor", floor, { repetition }),
      sample("ours", ours, { repetition }),
    ]);
    // The other implementation does not have this repetition.
    samples.push(sample("ours", 0.1, { repetition: 3 }));
    const { measured, isMet } = resultOf({ samples }, "up of 200, ours / floor");
    assert.deepEqual([measured?.median, measured?.max, isMet], [0.9, 1.5, true]);
  });

  it("are met exactly at the limit and missed above it", () => {
    const at = (ours: number) => ({ samples: [sample("floor", 1), sample("ours", ours)] });
    assert.equal(resultOf(at(1), "up of 200, ours / floor").isMet, true);
    assert.equal(resultOf(at(1.001), "up of 200, ours / floor").isMet, false);
  });

  it("count reads and writes separately", () => {
    const byOperation = { getOrgV2: 1, findAccessControlGroupsByOrg: 1, updateAccessControlGroup: 2 };
    const samples = [sample("ours", 1, { step: "oneChange", calls: { ...noCalls, byOperation } })];
    assert.equal(
      resultOf({ samples }, "API reads to change one field, without that of the organization").measured?.median,
      1,
    );
    assert.equal(resultOf({ samples }, "API writes to change one field").isMet, false);
  });

  it("compare the rate-limited time with the time that the bucket takes to refill", () => {
    const { measured, isMet } = resultOf(
      { limited: [limited({})] },
      "rate-limited up, first call to last response / bound",
    );
    assert.deepEqual([measured?.median.toFixed(3), isMet], ["1.019", true]);
  });

  it("are missed if an operation or a call fails", () => {
    const name = "rate-limited up, failures";
    assert.equal(resultOf({ limited: [limited({})] }, name).isMet, true);
    assert.equal(resultOf({ limited: [limited({ failed: 1 })] }, name).isMet, false);
    assert.equal(resultOf({ limited: [limited({}, "pulumi up failed")] }, name).isMet, false);
  });

  it("use the slowest map of 5,000 doors", () => {
    const timing = { map: "Genea", work: "diff, unchanged", p99Ms: 0 };
    const maps = [
      [5000, 10],
      [5000, 49],
      [20_000, 90],
    ].map(([doors = 0, medianMs = 0]) => ({ ...timing, doors, medianMs }));
    assert.equal(resultOf({ maps }, "diff of the slowest map of 5,000 doors").measured?.median, 49);
  });

  it("are counted in the last line", () => {
    const samples = [sample("floor", 1), sample("ours", 2, { stateBytes: 600 })];
    const measured = evaluate({ ...nothing, samples }).filter((each) => each.measured !== undefined);
    assert.equal(totals(measured), "2 met, 1 missed");
  });
});
