import assert from "node:assert/strict";
import { isLong } from "../../tally";
import { HurriedClock } from "./clock";
import { faultNames, kindOf } from "./faults";
import { type Journey, journeys, journeysElsewhere } from "./journeys";
import { chartOf, play } from "./play";
import { allOf, type Chart, coveringOf, meetingsOf, nameOf, type Scenario, smallCoveringOf } from "./scenarios";
import { LONGEST_MS, report, score, wanted } from "./score";

const isWhole = isLong || wanted !== undefined;

/** The scenarios that this run plays: all in a long run, with a covering for vendors who behave otherwise; else a small covering. */
function chosen(charts: readonly Chart[]): Scenario[] {
  const isElsewhere = ({ journey }: Chart) => journey.behaviours !== undefined;
  const here = charts.filter((chart) => !isElsewhere(chart));
  if (!isWhole) return smallCoveringOf(here);
  const all = [...here.flatMap(allOf), ...coveringOf(charts.filter(isElsewhere))];
  return all.filter((scenario) => nameOf(scenario).includes(wanted ?? ""));
}

describe("faults: each call of each operation of the engine", function () {
  this.timeout(LONGEST_MS);
  const charts: Chart[] = [];
  const clock = new HurriedClock();
  let scenarios: readonly Scenario[] = [];

  before(async () => {
    for (const journey of isWhole ? [...journeys, ...journeysElsewhere] : journeys) charts.push(await chartOf(journey));
    scenarios = chosen(charts);
  });
  beforeEach(() => clock.start());
  afterEach(() => clock.stop());

  /** Plays scenarios of a journey one after the other, and fails with all their mistakes. */
  async function playAll(journey: Journey, isWanted: (fault: string) => boolean): Promise<void> {
    const mistakes: string[] = [];
    for (const scenario of scenarios) {
      if (scenario.chart.journey !== journey || !isWanted(scenario.fault)) continue;
      const findings = await play(scenario, clock);
      score.count(findings);
      mistakes.push(...report(nameOf(scenario), findings));
    }
    assert.ok(mistakes.length === 0, mistakes.join("\n"));
  }

  for (const journey of journeys) {
    for (const kind of new Set(faultNames.map(kindOf))) {
      it(`ends as without a fault: ${journey.name}, ${kind}`, () =>
        playAll(journey, (fault) => kindOf(fault) === kind));
    }
  }

  for (const journey of isWhole ? journeysElsewhere : []) {
    it(`ends as without a fault: ${journey.name}, whichever fault`, () => playAll(journey, () => true));
  }

  it("is covered in npm test: every step, kind of fault and circumstance", () => {
    const here = charts.filter(({ journey }) => journeys.includes(journey));
    const met = new Set((isWhole ? smallCoveringOf(here) : scenarios).flatMap(meetingsOf));
    const lacking = new Set(
      here
        .flatMap(allOf)
        .flatMap(meetingsOf)
        .filter((meeting) => !met.has(meeting)),
    );
    assert.deepEqual([...lacking], []);
  });
});
