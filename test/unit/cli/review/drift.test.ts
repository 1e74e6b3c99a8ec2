import assert from "node:assert/strict";
import { linesOf, type PlannedStep, planOf, reviewed } from "./plans";

type Inputs = Readonly<Record<string, unknown>>;

/** A group before the refresh and after it, and what the deployment makes of it. */
function groupSteps(deployed: Inputs, refreshed: Inputs, declared: Inputs, further: PlannedStep = {}): PlannedStep[] {
  const named = (inputs: Inputs) => ({ type: "AccessControlGroup", before: { name: "Lab", ...inputs } });
  return [
    { ...named(deployed), after: deployed, op: "refresh" },
    { ...named(refreshed), after: { name: "Lab", ...declared }, ...further },
  ];
}

const members = (...userUuids: string[]) => ({ userUuids });
const stays = "**Changed outside Pulumi, and stays**";
const findingsOf = (steps: readonly PlannedStep[]) => linesOf(steps).filter((line) => line.startsWith("**"));

describe("review, about what was changed outside Pulumi and the program now declares", () => {
  it("lists a member, whether or not something else changes", () => {
    const [was, now] = [members("ada"), members("ada", "farid")];
    assert.deepEqual(linesOf(groupSteps(was, now, now, { op: "same" })), [
      `${stays} members added: \`farid\``,
      "outside Pulumi, and stays: members added: `farid`",
    ]);
    const described = groupSteps(was, now, { ...now, description: "A" });
    assert.deepEqual(findingsOf(described), [`${stays} members added: \`farid\``]);
    const { text } = reviewed(planOf(groupSteps(was, now, now, { op: "same" })));
    assert.match(text, /: \*\*nothing changes in Rhombus; 1 that this review cannot clear\.\*\*\n/);
  });

  it("divides members into those that the deployment removes or adds again, and those that stay as somebody left them", () => {
    const [was, now] = [members("ada", "ben", "chloe"), members("ada", "farid", "hugo")];
    const lines = linesOf(groupSteps(was, now, members("farid", "ada", "ben", "ida")));
    assert.deepEqual(lines, [
      "**Members added** `ben` and `ida`",
      "**Members removed** `hugo`",
      `${stays} members added: \`farid\``,
      `${stays} members removed: \`chloe\``,
      "`userUuids` was changed outside Pulumi since the last deployment",
      "outside Pulumi, and stays: members added: `farid`",
      "outside Pulumi, and stays: members removed: `chloe`",
      "members added: `ben` and `ida`",
      "members removed: `hugo`",
    ]);
  });

  it("lists no other order", () => {
    const [was, now] = [members("ada", "ben"), members("ben", "ada")];
    for (const op of ["same", "update"]) assert.deepEqual(findingsOf(groupSteps(was, now, was, { op })), []);
  });

  it("lists nothing that stays if the deployment undoes everything", () => {
    const lines = findingsOf(groupSteps(members("ada"), members("ben"), members("ada")));
    assert.deepEqual(lines, ["**Members added** `ada`", "**Members removed** `ben`"]);
  });

  it("lists a member that a replacement keeps", () => {
    const [was, now] = [members("ada"), members("ada", "farid")];
    const lines = findingsOf(groupSteps(was, now, now, { op: "replace" }));
    assert.ok(lines.includes(`${stays} members added: \`farid\``));
  });

  it("lists the door, and only its setting, that the program declares the same way", () => {
    const doors = (remoteUnlock: boolean, seconds: number) => ({
      doorInfoMap: { "1:4": { doorName: "Lobby", remoteUnlock, leadingSeconds: seconds }, "1:5": {} },
    });
    const [before, now] = [doors(false, 5), doors(true, 9)];
    const steps = [
      { op: "refresh", before, after: before },
      { before: now, after: doors(true, 7) },
    ];
    assert.deepEqual(findingsOf(steps), [
      "**Door changed** door `Lobby` (`1:4`): leading seconds `9` → `7`",
      `${stays} door \`Lobby\` (\`1:4\`): remote unlock \`false\` → \`true\``,
    ]);
  });

  const observed = (locationUuid: string | null): PlannedStep => ({
    state: { outputs: { name: "Lab", __observed: { locationUuid } } },
  });
  const located = (from: string | null, to: string | null, declared: Inputs, op: string) => {
    const [refresh = {}, step = {}] = groupSteps({}, {}, declared, { op });
    return linesOf([
      { ...refresh, ...observed(from) },
      { ...step, ...observed(to) },
    ]).filter((line) => /^\*\*C/.test(line));
  };

  it("lists what the program does not declare, where the state shows what Rhombus has", () => {
    assert.deepEqual(located("a", "b", {}, "same"), [`${stays} \`locationUuid\`: \`a\` → \`b\``]);
    assert.deepEqual(located("a", null, {}, "update"), [`${stays} \`locationUuid\`: \`a\` → (not set)`]);
    assert.deepEqual(located("a", "b", { locationUuid: "b" }, "update")[0], `${stays} \`locationUuid\`: \`a\` → \`b\``);
    assert.deepEqual(located("a", "a", {}, "same"), []);
  });

  it("lists an OnGuard integration that was switched off, which no program can declare", () => {
    const onGuard = (op: string, outputs: object): PlannedStep => ({ op, before: {}, after: {}, state: { outputs } });
    const lines = linesOf([onGuard("refresh", { enabled: true }), onGuard("same", { enabled: false })]);
    assert.equal(lines[0], `${stays} \`enabled\`: \`true\` → \`false\``);
    assert.deepEqual(linesOf([onGuard("refresh", {}), onGuard("same", { enabled: false })]), []);
  });
});
