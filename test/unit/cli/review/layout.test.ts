import assert from "node:assert/strict";
import { SHORTEST, textOf } from "../../../../provider/cli/review/layout";
import { type PlannedStep, planOf, type Reviewed, reviewed, staffWith } from "./plans";

/** A step that adds doors with remote unlock. */
const doors = (count: number, further: PlannedStep = {}): PlannedStep => {
  const keys = Array.from({ length: count }, (_, at) => `1:${at + 1}`);
  const entries = keys.map((key) => {
    return [key, { doorName: `Door ${key}`, assignedCameraList: [`camera-${key}`], remoteUnlock: true }];
  });
  return {
    before: { displayName: "HQ", doorInfoMap: {} },
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
      `- **Gains remote unlock**: ${hq}: 200 new doors: \`1:1\` to \`1:200\``,
      `- **Gains a camera**: ${hq}: 200 new doors: \`1:1\` to \`1:200\``,
    ]);
    assert.equal(review(doors(200)).findings, 400);
    assert.equal(findingsIn(review(doors(5))).length, 10);
  });

  it("names all keys that are not consecutive, in several lines if they are many", () => {
    const keys = ["2:1", "2:2", "2:4", "2:5", "2:6", "lobby", "3:09", "3:010"];
    const some = Object.fromEntries(keys.map((key) => [key, {}]));
    const [line = ""] = findingsIn(review({ before: { doorInfoMap: {} }, after: { doorInfoMap: some } }));
    assert.match(line, /: 8 new doors: `2:1`, `2:2`, `2:4` to `2:6`, `3:09`, `3:010` and `lobby`$/);
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`${at}:1`, {}]));
    const lines = findingsIn(review({ before: { doorInfoMap: {} }, after: { doorInfoMap: many } }));
    const counts = lines.map((line) => Number(/: (\d+) new doors: /.exec(line)?.[1]));
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      300,
    );
    for (const key of Object.keys(many)) assert.ok(lines.join().includes(`\`${key}\``), key);
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

  const groups = (count: number, further: object = {}) =>
    Array.from({ length: count }, (_, at) => {
      return { type: "AccessControlGroup", name: `g${at}`, before: { name: `G${at}`, userUuids: [] }, ...further };
    });
  const unlocked = {
    before: { doorInfoMap: { "2:7": {} } },
    after: { doorInfoMap: { "2:7": { remoteUnlock: true } } },
  };

  it("shows a line of every kind of finding before the second one of any, and counts the others", () => {
    const members = groups(90).map((step, at) => ({ ...step, after: { name: `G${at}`, userUuids: [`u${at}`] } }));
    const deleted = groups(30).map((step) => ({ ...step, name: `deleted-${step.name}`, before: { name: step.name } }));
    const whole = review(...members, ...deleted, unlocked, staffWith(["u1"], { adopt: true }));
    for (const limit of [4000, 5000, 10_000]) {
      const text = cut(whole, limit);
      assert.ok(text.length <= limit);
      for (const kind of ["Members added", "Gains remote unlock", "Deleted", "Not managed"]) {
        const lines = text.split("\n").filter((line) => line.startsWith(`- **${kind}**`));
        const all = findingsIn(whole).filter((line) => line.startsWith(`- **${kind}**`));
        const [, rest = "0"] = /: (\d+) lines? left out$/.exec(lines.at(-1) ?? "") ?? [];
        const shown = lines.filter((line) => all.includes(line));
        assert.ok(shown.length > 0, `${limit} ${kind}`);
        assert.equal(shown.length + Number(rest), all.length, `${limit} ${kind}`);
      }
    }
  });

  it("keeps a finding about something whose name is too long", () => {
    const door = (doorName: string, remoteUnlock: boolean) => ({ doorInfoMap: { "2:7": { doorName, remoteUnlock } } });
    const long = (more: number) => `Server room${"Y".repeat(more)}`;
    const group = {
      type: "AccessControlGroup",
      name: long(9e4),
      before: { name: long(8e4) },
      after: { name: long(7e4) },
    };
    const whole = review({ before: door("Server room", false), after: door(long(65_000), true) }, group);
    const gains = /- \*\*Gains remote unlock\*\*: .*: door `Server roomY+…`, until now `Server room` \(`2:7`\)\n/;
    for (const limit of [SHORTEST, 60_000]) assert.match(cut(whole, limit), gains);
    assert.ok(whole.text.split("\n").every((line) => line.length < 1000));
    assert.match(
      cut(whole),
      /- \*\*Renamed\*\*: Group `Server roomY+…`, until now `Server roomY+…` \(`Server roomY+…` in the/,
    );
  });

  it("lists a finding that many resources share in few lines, which name them all", () => {
    const members = groups(60).map((step, at) => ({ ...step, after: { name: `G${at}`, userUuids: ["u1"] } }));
    const found = findingsIn(review(...members));
    assert.ok(found.length < 5);
    const line = /^- \*\*Members added\*\*: `u1`: \d+ resources: Group `G\d+` \(`g\d+` in the program\), /;
    for (const each of found) assert.match(each, line);
    for (const { name } of members) assert.ok(found.join().includes(`(\`${name}\` in the program)`), name);
  });

  it("lists an existing resource before the new ones that share its finding", () => {
    const added = groups(60).map((step, at) => ({
      ...step,
      before: undefined,
      after: { name: `A${at}`, userUuids: ["u1"] },
    }));
    const [first, second = ""] = findingsIn(review(...added, { ...staffWith(["u1"]), name: "zzz" }));
    assert.equal(first, "- **Members added**: Group `Staff` (`zzz` in the program): `u1`");
    assert.match(second, /^- \*\*Members added\*\*: `u1`: \d+ new resources: Group `A0` /);
  });

  it("is no longer than its limit, loses no line without counting it, and has no heading without a line, for any limit", () => {
    const adopted = { type: "GeneaIntegration", name: "genea", after: {} };
    const plan = planOf([doors(30), ...groups(3), adopted, staffWith(["u"])], {
      diagnostics: [{ severity: "info", message: `warning: rhombus: ${"long ".repeat(100)}` }],
    });
    const { sections } = reviewed(plan);
    // A resource without lines, such as a deleted group, counts as one.
    const bare = sections.flatMap(({ title, lines }) => (lines.length === 0 && !title.startsWith("#") ? [title] : []));
    const total = sections.slice(1).reduce((sum, { lines }) => sum + lines.length, bare.length);
    for (let limit = SHORTEST; limit < 7000; limit += 7) {
      const text = textOf(sections, limit);
      assert.ok(text.length <= limit, `${text.length} > ${limit}`);
      const [notice = ""] = /\*\*This is not the whole review\..*$/m.exec(text) ?? [];
      const left = [...notice.matchAll(/(\d+) lines? (?:to|of)/g)].reduce((sum, [, lines]) => sum + Number(lines), 0);
      const lines = text.split("\n");
      const shown = lines.filter((line) => /^- (?!.* left out$)/.test(line) || bare.includes(line)).length;
      assert.equal(shown + left, total, `${limit}`);
      for (const [at, line] of lines.entries()) {
        if (/^#|^\*\*(?!Th)/.test(line) && !bare.includes(line)) assert.match(lines[at + 2] ?? "", /^- |^\*\*|^Stack/);
      }
      const [, one, other, verb] =
        /\. (\d+) lines? [^,]*?(?: and (\d+) lines? [^,]*)? (is|are) left out,/.exec(notice) ?? [];
      assert.equal(verb === "is", one === "1" && other === undefined, notice);
    }
  });
});
