import assert from "node:assert/strict";
import { ProcessMemory } from "../../../../provider/core/ownership/processMemory";
import type { Values } from "../../../../provider/core/schema/values";
import { compared, found, inProgram, twoResources, type } from "./program";

describe("core: ownership", () => {
  it("refuses to adopt the object of a resource that was compared", () => {
    const { journal, ownership } = inProgram();
    journal.recordComparison(compared("id", "instance"));
    assert.throws(() => ownership.refuseOwned(type, found("id")), twoResources);
  });

  it("refuses to adopt an object that was created or adopted", () => {
    const { ownership } = inProgram();
    ownership.add(type, "id", { instanceId: "instance", key: "staff" });
    assert.throws(() => ownership.refuseOwned(type, found("id")), twoResources);
    ownership.remove(type, "id");
    ownership.refuseOwned(type, found("id"));
  });

  it("lets the successor of a resource's object be adopted: its fingerprint is another one", () => {
    const { journal, ownership } = inProgram();
    const fingerprint = new Map([["token", "old"]]);
    journal.recordComparison({ ...compared("only", "instance"), fingerprint });
    assert.throws(() => ownership.refuseOwned(type, found("only", fingerprint)), twoResources);
    assert.throws(() => ownership.refuseOwned(type, found("only")), twoResources);
    ownership.refuseOwned(type, found("only", new Map([["token", "new"]])));
  });

  it("lets a possible successor be adopted once the same inputs were checked anew, unless fingerprints show otherwise", () => {
    const declared = { apiToken: "key", adopt: true };
    const adoption = (anew: Values, inState: string, live: string) => {
      const { journal, ownership } = inProgram();
      journal.recordCheck({ type, key: "only", singleton: { declared, isInState: true } });
      journal.recordComparison({ ...compared("only", "instance"), fingerprint: new Map([[inState, "same"]]) });
      journal.recordCheck({ type, key: "only", singleton: { declared: anew, isInState: false } });
      return () => ownership.refuseOwned(type, found("only", new Map([[live, "same"]])));
    };
    adoption({ ...declared }, "token", "another")();
    assert.throws(adoption({ ...declared }, "token", "token"), twoResources);
    assert.throws(adoption({ apiToken: "key" }, "token", "another"), twoResources);
  });

  it("lets the object of a singleton that is replaced be adopted once", () => {
    const { journal, ownership } = inProgram();
    journal.recordCheck({ type, key: "only", singleton: { declared: {}, isInState: true } });
    journal.recordComparison(compared("only", "instance"));
    journal.recordReplacement(type, "only");
    ownership.refuseOwned(type, found("only"));
    ownership.add(type, "only", { instanceId: "new", key: "only" });
    assert.throws(() => ownership.refuseOwned(type, found("only")), twoResources);
  });

  it("refuses the comparison of an object that was created or adopted", () => {
    const { ownership } = inProgram();
    ownership.add(type, "id", { instanceId: "instance", key: "staff" });
    assert.throws(() => ownership.refuseSecondOwner(compared("id", "instance")), twoResources);
  });

  it("lets a resource be compared several times", () => {
    const { journal, ownership } = inProgram();
    journal.recordComparison(compared("id", "instance"));
    ownership.refuseSecondOwner(compared("id", "instance"));
  });

  it("counts a comparison only once a program runs in the process", () => {
    const { journal, ownership } = new ProcessMemory();
    journal.recordComparison(compared("id", "instance"));
    ownership.refuseOwned(type, found("id"));
  });

  it("shows which objects must not be deleted because another resource has taken them over", () => {
    const { journal, ownership } = inProgram();
    journal.recordComparison(compared("mine", "instance"));
    ownership.add(type, "theirs", { instanceId: "instance", key: "staff" });
    const ids = ["mine", "theirs", "nobody's"];
    const owned = ids.map((id) => ownership.isOwnedByOther(type, id, "instance"));
    assert.deepEqual(owned, [false, true, false]);
  });

  it("tells two resources with one id apart by their instance ids", () => {
    const { journal, ownership } = inProgram();
    journal.recordComparison(compared("id", "one"));
    assert.throws(() => ownership.refuseSecondOwner(compared("id", "other")), twoResources);
    const owned = ["one", "other"].map((instanceId) => ownership.isOwnedByOther(type, "id", instanceId));
    assert.deepEqual(owned, [false, true]);
  });

  it("remembers which objects this process has deleted, and that their ids are free", () => {
    const { journal, ownership } = inProgram();
    journal.recordComparison(compared("id", "instance"));
    ownership.add(type, "id", { instanceId: "instance", key: "staff" });
    journal.recordDeletion(type, "id");
    ownership.recordDeletion(type, "id");
    assert.deepEqual([ownership.wasDeleted(type, "id"), ownership.wasDeleted(type, "other")], [true, false]);
    ownership.refuseOwned(type, found("id"));
  });

  it("names the resources in the error, and the remedy for the only object of an organization", () => {
    const { journal, ownership } = inProgram();
    for (const name of ["a", "b"]) {
      journal.recordCheck({ type, key: "staff", name, singleton: { declared: {}, isInState: true } });
    }
    journal.recordComparison(compared("id", "one"));
    assert.throws(
      () => ownership.refuseSecondOwner(compared("id", "other")),
      /the group "Staff"\. They are "a" and "b"\. An organization has only one: remove one of the two resources; after a rename/,
    );
  });
});
