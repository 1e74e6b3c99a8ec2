import assert from "node:assert/strict";
import { isLong } from "../../tally";
import { HurriedClock } from "./clock";
import { callsOf, type Interleaving, runInterleaved } from "./concurrentPrograms";
import { faultNames } from "./faults";
import { LONGEST_MS, report, requested, totals } from "./findings";
import { type Pair, pairBehaviours, pairs } from "./programPairs";

const isWhole = isLong || requested !== undefined;
const run = (["writes that replace", "writes that keep"] as const).slice(0, isWhole ? 2 : 1);

/** The faults of the call that is held: none and each in a long run, otherwise none or one in turn. */
function faultsAt(position: number, turn: number): readonly (string | undefined)[] {
  if (isWhole) return [undefined, ...faultNames];
  return [(position + turn) % 2 === 0 ? undefined : faultNames[(position * 5 + turn * 3) % faultNames.length]];
}

/** Every call that can be held. Under behaviours that keep values, it has no fault. */
async function combinationsOf(pair: Pair, behaviourName: keyof typeof pairBehaviours): Promise<Interleaving[]> {
  const behaviours = pairBehaviours[behaviourName];
  const positions = Array.from({ length: await callsOf(pair, behaviours) }, (_, position) => position);
  return positions.flatMap((position) => {
    const faults = behaviourName === "writes that keep" ? [undefined] : faultsAt(position, pairs.indexOf(pair));
    return faults.map((fault) => ({ pair, behaviours, position, fault }));
  });
}

describe("faults: two programs at once on one organization", function () {
  this.timeout(LONGEST_MS);
  const clock = new HurriedClock();
  beforeEach(() => clock.start());
  afterEach(() => clock.stop());

  for (const pair of pairs) {
    for (const behaviourName of run) {
      it(`lose nothing without an error, at each call: ${pair.name}, ${behaviourName}`, async () => {
        const failures: string[] = [];
        for (const interleaving of await combinationsOf(pair, behaviourName)) {
          const { position, fault = "no fault" } = interleaving;
          const name = `${pair.name}, ${behaviourName}, before call ${position + 1}, ${fault}`;
          if (requested !== undefined && !name.includes(requested)) continue;
          const findings = await runInterleaved(interleaving, clock);
          totals.count(findings);
          failures.push(...report(name, findings));
        }
        assert.ok(failures.length === 0, failures.join("\n"));
      });
    }
  }
});
