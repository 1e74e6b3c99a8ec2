import assert from "node:assert/strict";
import { isLong } from "../tally";
import { HurriedClock } from "./clock";
import { faultNames } from "./faults";
import { callsOf, type Meeting, meet } from "./meeting";
import { type Pair, pairs, surroundings } from "./pairs";
import { LONGEST_MS, report, score, wanted } from "./score";

const all = Object.entries(surroundings);
const harshest = all.slice(0, 1);

/** The faults that strike the call held up: none and each in a long run, otherwise none and one in turn. */
function faultsAt(position: number): readonly (string | undefined)[] {
  if (isLong || wanted !== undefined) return [undefined, ...faultNames];
  return [position % 2 === 0 ? undefined : faultNames[position % faultNames.length]];
}

function meetingsOf(pair: Pair, behaviours: Meeting["behaviours"], calls: number): Meeting[] {
  const positions = Array.from({ length: calls }, (_, position) => position);
  return positions.flatMap((position) => faultsAt(position).map((fault) => ({ pair, behaviours, position, fault })));
}

describe("faults: two programs at once on one organization", function () {
  this.timeout(LONGEST_MS);
  const clock = new HurriedClock();
  beforeEach(() => clock.start());
  afterEach(() => clock.stop());

  for (const pair of pairs) {
    for (const [surrounding, behaviours] of isLong || wanted !== undefined ? all : harshest) {
      it(`lose nothing in silence, wherever they meet: ${pair.name}, ${surrounding}`, async () => {
        const mistakes: string[] = [];
        for (const meeting of meetingsOf(pair, behaviours, await callsOf(pair, behaviours))) {
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
