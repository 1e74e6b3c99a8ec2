import assert from "node:assert/strict";
import { isLong } from "../../tally";
import { HurriedClock } from "./clock";
import { faultNames } from "./faults";
import { callsOf, type Meeting, meet } from "./meeting";
import { type Pair, pairs, surroundings } from "./pairs";
import { LONGEST_MS, report, score, wanted } from "./score";

const isWhole = isLong || wanted !== undefined;
const played = (["writes that replace", "writes that keep"] as const).slice(0, isWhole ? 2 : 1);

/** The faults that strike the call held up: none and each in a long run, otherwise none and one in turn. */
function faultsAt(position: number, turn: number): readonly (string | undefined)[] {
  if (isWhole) return [undefined, ...faultNames];
  return [(position + turn) % 2 === 0 ? undefined : faultNames[(position * 5 + turn * 3) % faultNames.length]];
}

/** Every call that can be held up. Where programs rarely hit each other, faults are left to the other tests. */
async function meetingsOf(pair: Pair, surrounding: keyof typeof surroundings): Promise<Meeting[]> {
  const behaviours = surroundings[surrounding];
  const positions = Array.from({ length: await callsOf(pair, behaviours) }, (_, position) => position);
  return positions.flatMap((position) => {
    const faults = surrounding === "writes that keep" ? [undefined] : faultsAt(position, pairs.indexOf(pair));
    return faults.map((fault) => ({ pair, behaviours, position, fault }));
  });
}

describe("faults: two programs at once on one organization", function () {
  this.timeout(LONGEST_MS);
  const clock = new HurriedClock();
  beforeEach(() => clock.start());
  afterEach(() => clock.stop());

  for (const pair of pairs) {
    for (const surrounding of played) {
      it(`lose nothing in silence, wherever they meet: ${pair.name}, ${surrounding}`, async () => {
        const mistakes: string[] = [];
        for (const meeting of await meetingsOf(pair, surrounding)) {
          const { position, fault = "no fault" } = meeting;
          const name = `${pair.name}, ${surrounding}, before call ${position + 1}, ${fault}`;
          if (wanted !== undefined && !name.includes(wanted)) continue;
          const findings = await meet(meeting, clock);
          score.count(findings);
          mistakes.push(...report(name, findings));
        }
        assert.ok(mistakes.length === 0, mistakes.join("\n"));
      });
    }
  }
});
