import { isLong } from "../../longRun";
import { callsOf, type Interleaving, runInterleaved } from "./concurrentPrograms";
import { faultNames } from "./faults";
import { describeScenarios, requested, runEach } from "./findings";
import { type Pair, pairBehaviours, pairs } from "./programPairs";

const isWhole = isLong || requested !== undefined;
const run = (["writes that replace", "writes that keep"] as const).slice(0, isWhole ? 2 : 1);

/** The faults of the call that is held: none and each in a long run, otherwise none or one in turn. */
function faultsAt(position: number, turn: number): readonly (string | undefined)[] {
  if (isWhole) return [undefined, ...faultNames];
  return [position % 4 < 2 ? undefined : faultNames[(position * 5 + turn * 3) % faultNames.length]];
}

/** Every call that can be held, in the short run every second one. Under behaviours that keep values, it has no fault. */
async function combinationsOf(pair: Pair, behaviourName: keyof typeof pairBehaviours): Promise<Interleaving[]> {
  const behaviours = pairBehaviours[behaviourName];
  const positions = Array.from({ length: await callsOf(pair, behaviours) }, (_, position) => position);
  const turn = pairs.indexOf(pair);
  const chosen = positions.filter((position) => isWhole || (position + turn) % 2 === 0);
  return chosen.flatMap((position) => {
    const faults = behaviourName === "writes that keep" ? [undefined] : faultsAt(position, turn);
    return faults.map((fault) => ({ pair, behaviours, position, fault }));
  });
}

describeScenarios("two programs at once on one organization", (clock) => {
  for (const pair of pairs) {
    for (const behaviourName of run) {
      const title = `${pair.name}, ${behaviourName}`;
      it(`lose nothing without an error, at each call: ${title}`, async () => {
        await runEach(
          await combinationsOf(pair, behaviourName),
          ({ position, fault = "no fault" }) => `${title}, before call ${position + 1}, ${fault}`,
          (interleaving) => runInterleaved(interleaving, clock),
        );
      });
    }
  }
});
