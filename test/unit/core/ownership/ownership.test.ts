import assert from "node:assert/strict";
import { Ownership } from "../../../../provider/core/ownership/ownership";

const type = "AccessControlGroup";
const staff = { value: "staff", label: 'the group "Staff"' };
const compared = { type, id: "id", instanceId: "instance", key: staff };

/** The memory of a process in which a program runs. */
function inProgram(): Ownership {
  const ownership = new Ownership();
  ownership.journal.recordCheck({ type: "KisiIntegration", key: "kisi" });
  return ownership;
}

describe("core: ownership", () => {
  it("counts a comparison only if a program runs in the process", async () => {
    for (const [ownership, isOwned] of [
      [new Ownership(), false],
      [inProgram(), true],
    ] as const) {
      ownership.recordComparison(compared);
      assert.equal(ownership.isOwnedByOther(type, "id", "other"), isOwned);
    }
  });

  it("holds a committed key until the object is deleted", async () => {
    const ownership = inProgram();
    const create = () => ownership.reserve({ type }, staff, async ({ commit }) => commit());
    await create();
    await assert.rejects(create(), /^LifecycleError: Remove one .*Two AccessControlGroup resources .* the same object/);
    ownership.recordDeletion(type, "id", staff.value);
    await create();
  });

  for (const [names, sentence] of [
    [[], 'the group "Staff".'],
    [["one"], '"Staff". One of them is "one".'],
    [["one", "other"], 'They are "one" and "other".'],
    [["one", "other", "third"], 'They are two of "one", "other" and "third".'],
  ] as const) {
    it(`names both resources in the error, as far as their names are known: ${names.join(", ")}`, async () => {
      const ownership = inProgram();
      void ownership.reserve({ type }, staff, () => new Promise<void>(() => {}));
      for (const name of names) ownership.journal.recordCheck({ type, key: "staff", name });
      await assert.rejects(
        ownership.reserve({ type }, staff, async () => {}),
        ({ message }: Error) => message.endsWith(sentence),
      );
    });
  }
});
