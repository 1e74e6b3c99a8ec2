import assert from "node:assert/strict";
import { campusSeed } from "../../provider/emulator";
import { begin, count, endAll } from "../drivers/stack";
import { group, onGuard } from "../resources/declared";

const { acme } = campusSeed;

const spellings: [existing: string, declared: string][] = [
  ["Café staff", "Cafe\u0301 staff"],
  ["Cafe\u0301 staff", "CAFÉ STAFF"],
  ["Café staff ", "café staff"],
  ["ΟΔΟΣ", "οδοσ"],
];

describe("names that differ only in case, blanks or Unicode form", () => {
  afterEach(endAll);

  for (const [existing, declared] of spellings) {
    const said = `${JSON.stringify(existing)} for ${JSON.stringify(declared)}`;

    it(`a group of the name stands in the way, and adopt takes it over: ${said}`, async () => {
      const { emulator, console, stack } = await begin({ behaviours: { groupNames: "duplicates" } });
      const uuid = console.addGroup({ name: existing });
      await assert.rejects(stack.up({ it: group({ name: declared }) }), /exists already/);
      await stack.up({ it: group({ name: declared, adopt: true }) });
      assert.equal(stack.stored("it").id, uuid);
      assert.equal(count(emulator, "createAccessControlGroup"), 0);
    });

    it(`an OnGuard deployment of the name stands in the way, and adopt takes it over: ${said}`, async () => {
      const { console, stack } = await begin();
      const { rhombusToken } = console.addOnGuard({ displayName: existing });
      await assert.rejects(stack.up({ it: onGuard({ displayName: declared }) }), /exists already/);
      await stack.up({ it: onGuard({ displayName: declared, adopt: true }) });
      assert.equal(stack.stored("it").outputs.rhombusToken, rhombusToken);
      assert.equal(console.onGuard().length, 1);
    });

    it(`two resources of one program must not have both: ${said}`, async () => {
      for (const behaviours of [{ groupNames: "duplicates" }, { groupNames: "unique" }] as const) {
        const { emulator, stack } = await begin({ behaviours });
        const groups = { one: group({ name: existing }), other: group({ name: declared }) };
        await assert.rejects(stack.up(groups, { parallel: true }), /Two AccessControlGroup resources/);
        const deployments = { a: onGuard({ displayName: existing }), b: onGuard({ displayName: declared }) };
        await assert.rejects(stack.up({ ...groups, ...deployments }), /Two OnGuardIntegration resources/);
        assert.equal(emulator.remains(acme.orgUuid).length, 2);
      }
    });
  }

  it("of two OnGuard deployments whose names differ by case, adopt by name takes neither", async () => {
    const { console, stack } = await begin();
    const [first] = ["HQ", "hq"].map((displayName) => console.addOnGuard({ displayName }));
    const before = console.onGuard();
    await assert.rejects(stack.up({ it: onGuard({ displayName: "HQ", adopt: true }) }), /exists 2 times .*not clear/);
    await assert.rejects(stack.up({ it: onGuard({ displayName: "HQ" }) }), /exists already/);
    assert.deepEqual(console.onGuard(), before);
    assert.ok(first);
    await assert.rejects(
      stack.up({ it: onGuard({ displayName: "HQ", adopt: first.rhombusToken }) }),
      /exists already/,
      "the declared name is another one's as well",
    );
  });

  it("two deployments that a stack already has under such names go on, each with its own", async () => {
    const { console, stack } = await begin();
    await stack.up({ one: onGuard({ displayName: "HQ" }), other: onGuard({ displayName: "Annex" }) });
    const annex = console.onGuard().find(({ displayName }) => displayName === "Annex");
    console.setOnGuardDisplayName(annex?.rhombusToken ?? "", "hq");
    await stack.refresh();
    const program = { one: onGuard({ displayName: "HQ" }), other: onGuard({ displayName: "hq" }) };
    assert.deepEqual(await stack.up(program), { one: "same", other: "same" });
    const doors = { doorInfoMap: { "1:4": { doorName: "Dock" } } };
    await stack.up({ ...program, other: onGuard({ displayName: "hq", ...doors }) });
    assert.equal(console.onGuard().find(({ displayName }) => displayName === "HQ")?.doorInfoMap["1:4"], undefined);
  });

  it("a change of case renames the object itself", async () => {
    const { console, stack } = await begin();
    await stack.up({ it: onGuard({ displayName: "HQ" }), staff: group() });
    await stack.up({ it: onGuard({ displayName: "Hq" }), staff: group({ name: "STAFF" }) });
    assert.deepEqual(
      console.onGuard().map(({ displayName }) => displayName),
      ["Hq"],
    );
  });
});
