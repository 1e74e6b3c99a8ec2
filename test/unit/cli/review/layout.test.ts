import assert from "node:assert/strict";
import { type Section, textOf } from "../../../../provider/cli/review/layout";
import { type PlannedStep, planOf, type Reviewed, reviewed } from "./plans";

/** A step that adds doors with remote unlock. */
const doors = (count: number, further: PlannedStep = {}): PlannedStep => {
  const keys = Array.from({ length: count }, (_, at) => `1:${at + 1}`);
  const entries = keys.map((key) => {
    return [key, { doorName: `Door ${key}`, assignedCameraList: [`camera-${key}`], remoteUnlock: true }];
  });
  return {
    before: { doorInfoMap: {} },
    after: { displayName: "HQ", doorInfoMap: Object.fromEntries(entries) },
    ...further,
  };
};
const review = (...steps: PlannedStep[]) => reviewed(planOf(steps));
const findingsIn = ({ sections }: Reviewed) => sections.flatMap(({ lines, isFinding }) => (isFinding ? lines : []));
const cut = ({ sections }: Reviewed, maxLength = 60_000) => textOf(sections, maxLength);

describe("the layout of a review", () => {
  it("lists many similar findings of one resource as one, with ranges of keys", () => {
    const hq = "OnGuard `HQ` (`it` in the program)";
    assert.deepEqual(findingsIn(review(doors(200))), [
      `- **Gains remote unlock**: ${hq}: 200 doors: \`1:1\` to \`1:200\``,
      `- **Gains a camera**: ${hq}: 200 doors: \`1:1\` to \`1:200\``,
    ]);
    assert.equal(review(doors(200)).findings, 400);
    assert.equal(findingsIn(review(doors(5))).length, 10);
  });

  it("names keys that are not consecutive, and counts those that it does not name", () => {
    const keys = ["2:1", "2:2", "2:4", "2:5", "2:6", "lobby", "3:09", "3:010"];
    const some = Object.fromEntries(keys.map((key) => [key, {}]));
    const [line = ""] = findingsIn(review({ before: {}, after: { doorInfoMap: some } }));
    assert.match(line, /: 8 doors: `2:1`, `2:2`, `2:4` to `2:6`, `3:09`, `3:010` and `lobby`$/);
    const many = Object.fromEntries(Array.from({ length: 99 }, (_, at) => [`${at}:1`, {}]));
    const [counted = ""] = findingsIn(review({ before: {}, after: { doorInfoMap: many } }));
    assert.match(counted, /: 99 doors: `0:1`, .*`48:1` and 50 more$/);
  });

  for (const count of [200, 2000]) {
    it(`fits ${count} new doors into a comment, with all findings, and says what is left out`, () => {
      const whole = review(doors(count), { type: "AccessControlGroup", name: "g", before: { name: "Gone" } });
      const text = cut(whole);
      assert.ok(text.length <= 60_000, `${text.length}`);
      for (const line of findingsIn(whole)) assert.ok(text.includes(line));
      const [, left] = /\*\*This is not the whole review\. (\d+) lines of details are left out,/.exec(text) ?? [];
      const detailsIn = (written: string) =>
        written.split("\n").filter((line) => /^- new door|^\*\*\w+ `/.test(line)).length;
      assert.equal(detailsIn(whole.text) - detailsIn(text), Number(left ?? 0));
      assert.equal(left === undefined, whole.text.length <= 60_000);
    });
  }

  it("shows every finding that fits if not all of them do, and counts the others", () => {
    const groups = Array.from({ length: 40 }, (_, at) => ({
      type: "AccessControlGroup",
      name: `g${at}`,
      before: { name: `G${at}` },
    }));
    const huge = { ...doors(0), name: "huge", before: {}, after: { displayName: "x".repeat(5000), saveClips: false } };
    const whole = review(...groups, { ...huge, before: { saveClips: true } });
    const text = cut(whole, 3000);
    assert.ok(text.length <= 3000);
    const shown = text.split("\n").filter((line) => line.startsWith("- **")).length;
    const [, left] =
      /\. (\d+) lines to look at first or that cannot be cleared and \d+ lines of details/.exec(text) ?? [];
    assert.equal(shown + Number(left), findingsIn(whole).length);
    assert.ok(shown > 10 && Number(left) > 10, `${shown} ${left}`);
  });

  it("is no longer than its limit, and loses no line without counting it, for any limit", () => {
    const { sections } = review(doors(30), { type: "AccessControlGroup", name: "g", before: { name: "Gone" } });
    const count = (all: readonly Section[]) =>
      textOf(all)
        .split("\n")
        .filter((line) => /^(?:- |\*\*)/.test(line)).length;
    for (let limit = 1000; limit < 6000; limit += 7) {
      const text = textOf(sections, limit);
      assert.ok(text.length <= limit, `${text.length} > ${limit}`);
      const [notice = ""] = /\*\*This is not the whole review\..*$/m.exec(text) ?? [];
      const left = [...notice.matchAll(/(\d+) lines? (?:to|of)/g)].reduce((sum, [, lines]) => sum + Number(lines), 0);
      const shown = text.split("\n").filter((line) => /^(?:- |\*\*(?!This))/.test(line)).length;
      const organizations = text.includes("### `Acme Robotics`") ? 0 : 1;
      assert.equal(shown + left - organizations, count(sections), `${limit}`);
    }
  });
});
