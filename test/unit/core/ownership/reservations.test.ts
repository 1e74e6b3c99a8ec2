import assert from "node:assert/strict";
import { PartialError } from "../../../../provider/core/resource/partialError";
import { found, inProgram, staff, twoResources, type } from "./program";

const forever = () => new Promise<void>(() => {});
const briefly = async () => {};

describe("core: reservations of natural keys", () => {
  it("refuse a key that another operation holds, until that operation ends", async () => {
    const { reservations } = inProgram();
    let end = () => {};
    const first = reservations.hold(type, staff, () => new Promise<void>((resolve) => (end = resolve)));
    await assert.rejects(reservations.hold(type, staff, briefly), twoResources);
    end();
    await first;
    await reservations.hold(type, staff, briefly);
  });

  it("keep keys of different types apart", async () => {
    const { reservations } = inProgram();
    void reservations.hold(type, staff, forever);
    await reservations.hold("OnGuardIntegration", staff, briefly);
  });

  it("last beyond the operation once they are committed, also when it fails in part, until the object is deleted", async () => {
    const { reservations } = inProgram();
    const failing = reservations.hold(type, staff, async (reservation) => {
      reservation.commit();
      throw new PartialError({ id: "id", inputs: {}, state: {}, reasons: ["half done"] });
    });
    await assert.rejects(failing, PartialError);
    await assert.rejects(reservations.hold(type, staff, briefly), twoResources);
    reservations.release(type, staff.value);
    await reservations.hold(type, staff, briefly);
  });

  it("make the resource the owner of its object, and undo that when nothing is committed", async () => {
    const { reservations, ownership } = inProgram();
    const failing = reservations.hold(type, staff, async (reservation) => {
      reservation.own("id", "instance");
      assert.throws(() => ownership.refuseOwned(type, found("id")), twoResources);
      throw new Error("refused");
    });
    await assert.rejects(failing, /refused/);
    ownership.refuseOwned(type, found("id"));
    await reservations.hold(type, staff, async (reservation) => {
      reservation.own("id", "instance");
      reservation.commit();
    });
    assert.throws(() => ownership.refuseOwned(type, found("id")), twoResources);
  });

  it("name the resources in the error as far as their names are known, and the remedy", async () => {
    const { journal, reservations } = inProgram();
    void reservations.hold(type, staff, forever);
    const refused = (message: RegExp) => assert.rejects(reservations.hold(type, staff, briefly), message);
    await refused(/: the group "Staff"\. Remove one of them, or give it a name of its own; after .* `aliases`/);
    journal.recordCheck({ type, key: "staff", name: "one" });
    await refused(/"Staff"\. One of them is "one"\. Remove/);
    journal.recordCheck({ type, key: "staff", name: "other" });
    await refused(/They are "one" and "other"\. Remove/);
    journal.recordCheck({ type, key: "staff", name: "third" });
    await refused(/They are two of "one", "other" and "third"\. /);
  });
});
