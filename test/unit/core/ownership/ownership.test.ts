import assert from "node:assert/strict";
import { Ownership } from "../../../../provider/core/ownership/ownership";
import type { Values } from "../../../../provider/core/schema/values";

const type = "AccessControlGroup";
const label = 'the group "Staff"';
const twoResources = { name: "LifecycleError", obstacle: "twoResources" };

/** The ownership of a process in which a program runs. */
function inProgram(): Ownership {
  const ownership = new Ownership();
  ownership.checked();
  return ownership;
}

describe("core: ownership", () => {
  it("refuse a natural key that another resource holds, until it is given free", () => {
    const ownership = inProgram();
    const release = ownership.takeKey(type, "staff", label);
    assert.throws(() => ownership.takeKey(type, "staff", label), twoResources);
    release();
    ownership.takeKey(type, "staff", label);
  });

  it("keep keys of different types apart", () => {
    const ownership = inProgram();
    ownership.takeKey(type, "staff", label);
    ownership.takeKey("OnGuardIntegration", "staff", label);
  });

  it("refuse to adopt an object that a resource of the program has", () => {
    const ownership = inProgram();
    ownership.diffed(type, "id", "mark");
    assert.throws(() => ownership.adopt(type, { id: "id", label }, "mark"), twoResources);
  });

  it("refuse to adopt an object twice, or one that was just made", () => {
    const ownership = inProgram();
    ownership.made(type, "new", "mark");
    ownership.adopt(type, { id: "found", label }, "mark");
    assert.throws(() => ownership.adopt(type, { id: "found", label }, "mark"), twoResources);
    assert.throws(() => ownership.adopt(type, { id: "new", label }, "mark"), twoResources);
  });

  it("let the successor of a resource's object be adopted, as what only the old one had tells", () => {
    const ownership = inProgram();
    const had = new Map([["token", "old"]]);
    ownership.diffed(type, "only", "mark", { fingerprint: had });
    assert.throws(() => ownership.adopt(type, { id: "only", label, fingerprint: had }, "new"), twoResources);
    assert.throws(() => ownership.adopt(type, { id: "only", label, fingerprint: new Map() }, "new"), twoResources);
    ownership.adopt(type, { id: "only", label, fingerprint: new Map([["token", "new"]]) }, "new");
  });

  it("let what may be the successor be adopted once the same inputs were checked anew, unless something tells otherwise", () => {
    const declared = { apiToken: "key", adopt: true };
    const adoptable = (anew: Values, had: string, has: string) => {
      const ownership = inProgram();
      ownership.checkedOnly(type, declared, true);
      ownership.diffed(type, "only", "mark", { fingerprint: new Map([[had, "same"]]) });
      ownership.checkedOnly(type, anew, false);
      return () => ownership.adopt(type, { id: "only", label, fingerprint: new Map([[has, "same"]]) }, "new");
    };
    adoptable({ ...declared }, "token", "another")();
    assert.throws(adoptable({ ...declared }, "token", "token"), twoResources);
    assert.throws(adoptable({ apiToken: "key" }, "token", "another"), twoResources);
  });

  it("let an object be adopted that makes room for another one, once", () => {
    const ownership = inProgram();
    ownership.diffed(type, "only", "mark");
    ownership.replaced(type, "only");
    ownership.adopt(type, { id: "only", label }, "new");
    assert.throws(() => ownership.adopt(type, { id: "only", label }, "other"), twoResources);
  });

  it("refuse the diff of an object that another resource has made or adopted", () => {
    const ownership = inProgram();
    ownership.adopt(type, { id: "id", label }, "mark");
    assert.throws(() => ownership.diffed(type, "id", "mark"), twoResources);
  });

  it("let a resource be compared as often as the engine likes", () => {
    const ownership = inProgram();
    ownership.diffed(type, "id", "mark");
    ownership.diffed(type, "id", "mark");
  });

  it("take a diff for ownership only once a program runs in the process", () => {
    const ownership = new Ownership();
    ownership.diffed(type, "id", "mark");
    ownership.adopt(type, { id: "id", label }, "mark");
  });

  it("know what must not be deleted because another resource has taken it", () => {
    const ownership = inProgram();
    ownership.diffed(type, "mine", "mark");
    ownership.made(type, "theirs", "mark");
    assert.deepEqual(
      [ownership.isTaken(type, "mine", "mark"), ownership.isTaken(type, "theirs", "mark")],
      [false, true],
    );
  });

  it("tell two resources with one id apart by their marks", () => {
    const ownership = inProgram();
    ownership.diffed(type, "id", "one");
    assert.throws(() => ownership.diffed(type, "id", "other"), twoResources);
    assert.deepEqual([ownership.isTaken(type, "id", "one"), ownership.isTaken(type, "id", "other")], [false, true]);
  });

  it("remember what this process has deleted", () => {
    const ownership = inProgram();
    ownership.deleted(type, "id", undefined);
    assert.deepEqual([ownership.wasDeleted(type, "id"), ownership.wasDeleted(type, "other")], [true, false]);
  });

  it("free the id and the natural key of what was deleted", () => {
    const ownership = inProgram();
    ownership.takeKey(type, "staff", label);
    ownership.made(type, "id", "mark");
    ownership.deleted(type, "id", "staff");
    ownership.takeKey(type, "staff", label);
    ownership.adopt(type, { id: "id", label }, "mark");
  });

  it("say what to do, and which object it is about", () => {
    const ownership = inProgram();
    ownership.takeKey(type, "staff", label);
    assert.throws(() => ownership.takeKey(type, "staff", label), /the group "Staff".*Remove one of them.*`aliases`/);
  });

  it("name the resources, as far as their names are known, and say what helps for the only object of an organization", () => {
    const ownership = inProgram();
    const refusal = (act: () => unknown) => {
      const seen: string[] = [];
      assert.throws(act, (error) => seen.push(String(error)) > 0);
      return seen.join();
    };
    ownership.takeKey(type, "staff", label);
    assert.match(
      refusal(() => ownership.takeKey(type, "staff", label)),
      /: the group "Staff"\. Remove one of them, or give it a name/,
    );
    ownership.named(type, "staff", "one");
    assert.match(
      refusal(() => ownership.takeKey(type, "staff", label)),
      /"Staff"\. One of them is "one"\. Remove/,
    );
    ownership.named(type, "staff", "other");
    assert.match(
      refusal(() => ownership.takeKey(type, "staff", label)),
      /They are "one" and "other"\. Remove/,
    );
    ownership.named(type, "staff", "third");
    assert.match(
      refusal(() => ownership.takeKey(type, "staff", label)),
      /They are among "one", "other" and "third"\. /,
    );

    ownership.checkedOnly("KisiIntegration", {}, false);
    const key = { value: "kisi", label: "the organization's Kisi integration" };
    for (const name of ["a", "b"]) ownership.named("KisiIntegration", "kisi", name);
    ownership.diffed("KisiIntegration", "kisi", "mark", { key });
    assert.match(
      refusal(() => ownership.diffed("KisiIntegration", "kisi", "other", { key })),
      /the organization's Kisi integration\. They are "a" and "b"\. An organization has only one: remove one of the two resources; after a rename/,
    );
  });
});
