import assert from "node:assert/strict";
import { isLong } from "../tally";
import { HurriedClock } from "./clock";
import { faultNames, kindOf } from "./faults";
import { journeys } from "./journeys";
import { chartOf, play } from "./play";
import { allOf, type Chart, circumstances, coveringOf, nameOf, type Scenario } from "./scenarios";
import { report, score, wanted } from "./score";

/** The scenarios that this run plays. */
function chosen(charts: readonly Chart[]): Scenario[] {
  const all = charts.flatMap(allOf);
  score.possible = all.length;
  if (wanted !== undefined) return all.filter((scenario) => nameOf(scenario).includes(wanted ?? ""));
  return isLong ? all : coveringOf(charts);
}

describe("faults: each call of each operation of the engine", function () {
  this.timeout(600_000);
  const charts: Chart[] = [];
  const clock = new HurriedClock();
  let scenarios: readonly Scenario[] = [];

  before(async () => {
    for (const journey of journeys) charts.push(await chartOf(journey));
    scenarios = chosen(charts);
  });
  beforeEach(() => clock.start());
  afterEach(() => clock.stop());

  for (const { name } of journeys) {
    for (const kind of new Set(faultNames.map(kindOf))) {
      it(`ends as without a fault: ${name}, ${kind}`, async () => {
        const mistakes: string[] = [];
        for (const scenario of scenarios) {
          if (scenario.chart.journey.name !== name || kindOf(scenario.fault) !== kind) continue;
          const findings = await play(scenario, clock);
          score.count(findings);
          mistakes.push(...report(nameOf(scenario), findings));
        }
        assert.ok(mistakes.length === 0, mistakes.join("\n"));
      });
    }
  }

  it("is covered in npm test: every fault, every operation and every journey meets all circumstances", () => {
    const met = new Map<string, Set<string>>();
    for (const { chart, step, fault, lasts, retries, refreshes } of coveringOf(charts)) {
      for (const one of [fault, step.operation, chart.journey.name]) {
        met.set(one, (met.get(one) ?? new Set()).add([lasts, retries, refreshes].join()));
      }
    }
    const lacking = [...met].filter(([, each]) => each.size < circumstances.length).map(([one]) => one);
    assert.deepEqual(lacking, []);
  });
});
