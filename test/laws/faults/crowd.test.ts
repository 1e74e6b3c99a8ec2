import assert from "node:assert/strict";
import { isLong } from "../../tally";
import { HurriedClock } from "./clock";
import { type End, endOf, rushes, rushThrough, type Sprinkling } from "./crowd";
import { faultNames, kindOf } from "./faults";
import { LONGEST_MS, report, score, wanted } from "./score";

// When a deadline passes, it passes for all calls in flight, and Rhombus may carry them out later: no fault of one call.
const loud = faultNames.filter((name) => !["timeout", "hang"].includes(kindOf(name)));

const ways = [2, 7, 15].flatMap((between) => (["0", "2"] as const).map((retries) => ({ between, retries })));

/** Without a fault, and with each: in a long run in all ways, otherwise every ninth one in one of them. */
function sprinklingsOf(turn: number): Sprinkling[] {
  const isWhole = isLong || wanted !== undefined;
  const each = loud.flatMap((fault, index) => {
    if (!isWhole && (index + turn) % 9 !== 0) return [];
    return ways.filter((_, way) => isWhole || way === (index + turn) % ways.length).map((way) => ({ fault, ...way }));
  });
  return [{ fault: undefined, between: 0, retries: "0" }, ...each];
}

describe("faults: twenty resources of one organization at once", function () {
  this.timeout(LONGEST_MS);
  const clock = new HurriedClock();
  const ends = new Map<string, End>();

  before(async () => {
    for (const rush of rushes) ends.set(rush.name, await endOf(rush));
  });
  beforeEach(() => clock.start());
  afterEach(() => clock.stop());

  for (const [turn, rush] of rushes.entries()) {
    it(`lose no update, and end as in turn: ${rush.name}`, async () => {
      const end = ends.get(rush.name);
      assert.ok(end);
      const mistakes: string[] = [];
      for (const sprinkling of sprinklingsOf(turn)) {
        const { fault, between, retries } = sprinkling;
        const name = `twenty at once, ${rush.name}, ${fault ?? "no fault"}, after ${between} calls each, ${retries} retries`;
        if (wanted !== undefined && !name.includes(wanted)) continue;
        const findings = await rushThrough(rush, end, sprinkling, clock);
        score.count(findings);
        mistakes.push(...report(name, findings));
      }
      assert.ok(mistakes.length === 0, mistakes.join("\n"));
    });
  }
});
