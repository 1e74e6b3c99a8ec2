import assert from "node:assert/strict";
import { isLong } from "../../longRun";
import { type Deployment, deployments, deploymentsUnderBehaviours } from "./deployments";
import { faultNames, kindOf } from "./faults";
import { describeScenarios, requested, runEach } from "./findings";
import { baselineOf, runScenario } from "./runScenario";
import {
  allOf,
  type Baseline,
  combinationsOf,
  coveringOf,
  nameOf,
  type Scenario,
  stepCombinationsOf,
} from "./scenarios";

const isWhole = isLong || requested !== undefined;

/** The scenarios of this run: in a long run all, and a covering for other behaviours of Rhombus; otherwise a small covering. */
function chosen(baselines: readonly Baseline[]): Scenario[] {
  const isElsewhere = ({ deployment }: Baseline) => deployment.behaviours !== undefined;
  const here = baselines.filter((baseline) => !isElsewhere(baseline));
  if (!isWhole) return coveringOf(here);
  return [...here.flatMap(allOf), ...coveringOf(baselines.filter(isElsewhere), stepCombinationsOf)];
}

describeScenarios("each call of each operation of the engine", (clock) => {
  const baselines: Baseline[] = [];
  let scenarios: readonly Scenario[] = [];

  before(async () => {
    for (const deployment of isWhole ? [...deployments, ...deploymentsUnderBehaviours] : deployments)
      baselines.push(await baselineOf(deployment));
    scenarios = chosen(baselines);
  });
  async function runAll(deployment: Deployment, isWanted: (fault: string) => boolean): Promise<void> {
    const wanted = scenarios.filter(({ baseline, fault }) => baseline.deployment === deployment && isWanted(fault));
    await runEach(wanted, nameOf, (scenario) => runScenario(scenario, clock));
  }

  for (const deployment of deployments) {
    for (const kind of new Set(faultNames.map(kindOf))) {
      it(`ends as without a fault: ${deployment.name}, ${kind}`, () =>
        runAll(deployment, (fault) => kindOf(fault) === kind));
    }
  }

  for (const deployment of isWhole ? deploymentsUnderBehaviours : []) {
    it(`ends as without a fault: ${deployment.name}, whichever fault`, () => runAll(deployment, () => true));
  }

  it("is covered in npm test: every step, fault and condition", () => {
    const here = baselines.filter(({ deployment }) => deployments.includes(deployment));
    const covered = new Set((isWhole ? coveringOf(here) : scenarios).flatMap(combinationsOf));
    const all = new Set(here.flatMap(allOf).flatMap(combinationsOf));
    assert.deepEqual(
      [...all].filter((combination) => !covered.has(combination)),
      [],
    );
  });
});
