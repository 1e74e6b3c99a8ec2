import assert from "node:assert/strict";
import { campusSeed } from "../../provider/emulator";
import { begin, endAll } from "../drivers/stack";
import { adopting, group, onGuard } from "../resources/declared";

const { acme } = campusSeed;

// The unit tests of `foldedName` have the other spellings of one name.
const spellings = [
  ["Cafe\u0301 staff ", "CAFÉ STAFF"],
  ["ΟΔΟΣ", "οδοσ"],
] as const;

describe("names that differ only in case, space or Unicode form", () => {
  afterEach(endAll);

  for (const [existing, declared] of spellings) {
    const spelling = `${JSON.stringify(existing)} for ${JSON.stringify(declared)}`;

    it(`an object of the name is an error, and adopt: true takes it over: ${spelling}`, async () => {
      const { emulator, console, stack } = await begin({ behaviours: { groupNames: "duplicates" } });
      const uuid = console.addGroup({ name: existing });
      const { rhombusToken } = console.addOnGuard({ displayName: existing });
      await assert.rejects(stack.up({ staff: group({ name: declared }) }), /already exists/);
      await assert.rejects(stack.up({ hq: onGuard({ displayName: declared }) }), /already exists/);
      await stack.up({ staff: adopting(group({ name: declared })), hq: adopting(onGuard({ displayName: declared })) });
      assert.deepEqual([stack.stored("staff").id, stack.stored("hq").outputs.rhombusToken], [uuid, rhombusToken]);
      assert.equal(emulator.remains().length, 2);
    });

    it(`two resources of one program cannot have both: ${spelling}`, async () => {
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

  it("unusual names of groups show no change after a refresh, and cannot be declared twice", async () => {
    const names = ["Straße", "ΣΊΣΥΦΟΣ", "人事部", "a\u0000b", "🚪".repeat(100), "constructor"];
    const { stack } = await begin();
    const program = Object.fromEntries(names.map((name, index) => [`group${index}`, group({ name })]));
    await stack.up(program);
    await stack.refresh();
    assert.deepEqual(new Set(Object.values(await stack.up(program))), new Set(["same"]));
    for (const name of names) {
      await assert.rejects(stack.up({ ...program, other: group({ name }) }), /Two AccessControlGroup resources/);
    }
  });

  it("adopt: true takes none of two OnGuard deployments whose names differ by case", async () => {
    const { console, stack } = await begin();
    const [rhombusToken] = ["HQ", "hq"].map((displayName) => console.addOnGuard({ displayName }).rhombusToken);
    const before = console.onGuard();
    for (const [adopt, error] of [
      [true, /exists 2 times .*not clear/],
      [false, /already exists/],
      [rhombusToken, /already exists/],
    ] as const) {
      await assert.rejects(stack.up({ it: onGuard({ displayName: "HQ", adopt }) }), error);
    }
    assert.deepEqual(console.onGuard(), before);
  });

  it("two deployments of a stack that have such names already are updated as before", async () => {
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
    assert.deepEqual([console.onGuard()[0]?.displayName, console.groups()[0]?.name], ["Hq", "STAFF"]);
  });

  for (const [what, declare, other, renamed] of [
    ["group", (name: string) => group({ name }), "Other", "other"],
    ["deployment", (displayName: string) => onGuard({ displayName }), "Other", "Other"],
  ] as const) {
    it(`refuses to rename a ${what} onto the name of another, also of one that is being created`, async () => {
      const { emulator, stack } = await begin();
      await stack.up({ one: declare("One") });
      await assert.rejects(stack.up({ other: declare(other), one: declare(other) }), /Two \w+ resources/);
      await stack.up({ one: declare("One"), other: declare(other) });
      await assert.rejects(
        stack.up({ one: declare(renamed), other: declare(other) }),
        /^(?:.*: )?Choose another name, .* already exists/,
      );
      assert.equal(emulator.remains().length, 2);
    });
  }

  it("a name that an update gives up is free for another resource of the same run", async () => {
    const { stack } = await begin();
    await stack.up({ it: group({ name: "One" }) });
    assert.deepEqual(await stack.up({ it: group({ name: "Two" }), other: group({ name: "One" }) }), {
      it: "update",
      other: "create",
    });
  });
});
