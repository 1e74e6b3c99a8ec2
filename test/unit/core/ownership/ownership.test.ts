import assert from "node:assert/strict";
import { Ownership, type Reservation } from "../../../../provider/core/ownership/ownership";
import { PartialError } from "../../../../provider/core/resource/partialError";

const type = "AccessControlGroup";
const staff = { value: "staff", label: 'the group "Staff"' };
const twoResources = { name: "LifecycleError", message: /^Two AccessControlGroup resources .* the same object/ };
const object = { id: "id", values: {}, outputs: {}, raw: undefined };

/** The memory of a process in which a program runs. */
function inProgram(): Ownership {
  const ownership = new Ownership();
  ownership.journal.recordCheck({ type: "KisiIntegration", key: "kisi" });
  return ownership;
}

/** Reserves the key of the group, or of another type, while an operation runs. */
function reserve(ownership: Ownership, operation: (reservation: Reservation) => Promise<void>, of = type) {
  return ownership.reserve({ type: of }, staff, operation);
}

const compared = { type, id: "id", instanceId: "instance", key: staff };
const forever = () => new Promise<void>(() => {});
const briefly = async () => {};

describe("core: ownership", () => {
  it("holds a reserved key until the operation ends, and keeps the keys of types apart", async () => {
    const ownership = inProgram();
    let end = () => {};
    const first = reserve(ownership, () => new Promise<void>((resolve) => (end = resolve)));
    await assert.rejects(reserve(ownership, briefly), twoResources);
    await reserve(ownership, briefly, "OnGuardIntegration");
    end();
    await first;
    await reserve(ownership, briefly);
  });

  it("holds a committed key, also after a partial failure, until the object is deleted", async () => {
    const ownership = inProgram();
    const failing = reserve(ownership, async (reservation) => {
      reservation.commit();
      throw new PartialError({ id: "id", state: {}, reasons: ["half done"] });
    });
    await assert.rejects(failing, PartialError);
    await assert.rejects(reserve(ownership, briefly), twoResources);
    ownership.recordDeletion(type, "id", staff.value);
    await reserve(ownership, briefly);
  });

  it("is undone if the operation does not commit", async () => {
    const ownership = inProgram();
    const failing = reserve(ownership, async (reservation) => {
      reservation.own(object, "existing", "instance");
      assert.throws(() => reservation.refuseOwned(object), twoResources);
      throw new Error("refused");
    });
    await assert.rejects(failing, /refused/);
    await reserve(ownership, async (reservation) => reservation.refuseOwned(object));
  });

  it("counts a comparison only if a program runs in the process", async () => {
    for (const [ownership, isOwned] of [
      [new Ownership(), false],
      [inProgram(), true],
    ] as const) {
      ownership.recordComparison(compared);
      assert.equal(ownership.isOwnedByOther(type, "id", "other"), isOwned);
    }
  });

  it("refuses a created object that another resource manages", async () => {
    const ownership = inProgram();
    ownership.recordComparison(compared);
    const creating = reserve(ownership, async (reservation) => reservation.own(object, "created", "new"));
    await assert.rejects(creating, /was not created: Rhombus answered with the object id, which another resource/);
  });

  for (const [names, sentence] of [
    [[], '"Staff". Remove one of them, or give it a name of its own; after'],
    [["one"], '"Staff". One of them is "one". Remove'],
    [["one", "other"], 'They are "one" and "other". Remove'],
    [["one", "other", "third"], 'They are two of "one", "other" and "third". '],
  ] as const) {
    it(`names both resources in the error, as far as their names are known: ${names.join(", ")}`, async () => {
      const ownership = inProgram();
      void reserve(ownership, forever);
      for (const name of names) ownership.journal.recordCheck({ type, key: "staff", name });
      await assert.rejects(reserve(ownership, briefly), ({ message }: Error) => message.includes(sentence));
    });
  }
});
