import assert from "node:assert/strict";
import { Claims } from "../../../../provider/core/ownership/ownership";
import type { Values } from "../../../../provider/core/schema/values";

const type = "AccessControlGroup";
const said = 'the group "Staff"';
const twoResources = { name: "LifecycleError", obstacle: "twoResources" };

/** The claims of a process in which a program runs. */
function inProgram(): Claims {
  const claims = new Claims();
  claims.checked();
  return claims;
}

describe("core: claims", () => {
  it("refuse a natural key that another resource holds, until it is given free", () => {
    const claims = inProgram();
    const release = claims.takeKey(type, "staff", said);
    assert.throws(() => claims.takeKey(type, "staff", said), twoResources);
    release();
    claims.takeKey(type, "staff", said);
  });

  it("keep keys of different types apart", () => {
    const claims = inProgram();
    claims.takeKey(type, "staff", said);
    claims.takeKey("OnGuardIntegration", "staff", said);
  });

  it("refuse to adopt an object that a resource of the program has", () => {
    const claims = inProgram();
    claims.diffed(type, "id", "mark");
    assert.throws(() => claims.adopt(type, { id: "id", said }, "mark"), twoResources);
  });

  it("refuse to adopt an object twice, or one that was just made", () => {
    const claims = inProgram();
    claims.made(type, "new", "mark");
    claims.adopt(type, { id: "found", said }, "mark");
    assert.throws(() => claims.adopt(type, { id: "found", said }, "mark"), twoResources);
    assert.throws(() => claims.adopt(type, { id: "new", said }, "mark"), twoResources);
  });

  it("let the successor of a resource's object be adopted, as what only the old one had tells", () => {
    const claims = inProgram();
    const had = new Map([["token", "old"]]);
    claims.diffed(type, "only", "mark", { traits: had });
    assert.throws(() => claims.adopt(type, { id: "only", said, traits: had }, "new"), twoResources);
    assert.throws(() => claims.adopt(type, { id: "only", said, traits: new Map() }, "new"), twoResources);
    claims.adopt(type, { id: "only", said, traits: new Map([["token", "new"]]) }, "new");
  });

  it("let what may be the successor be adopted once the same inputs were checked anew, unless something tells otherwise", () => {
    const declared = { apiToken: "key", adopt: true };
    const adoptable = (anew: Values, had: string, has: string) => {
      const claims = inProgram();
      claims.checkedOnly(type, declared, true);
      claims.diffed(type, "only", "mark", { traits: new Map([[had, "same"]]) });
      claims.checkedOnly(type, anew, false);
      return () => claims.adopt(type, { id: "only", said, traits: new Map([[has, "same"]]) }, "new");
    };
    adoptable({ ...declared }, "token", "another")();
    assert.throws(adoptable({ ...declared }, "token", "token"), twoResources);
    assert.throws(adoptable({ apiToken: "key" }, "token", "another"), twoResources);
  });

  it("let an object be adopted that makes room for another one, once", () => {
    const claims = inProgram();
    claims.diffed(type, "only", "mark");
    claims.replaced(type, "only");
    claims.adopt(type, { id: "only", said }, "new");
    assert.throws(() => claims.adopt(type, { id: "only", said }, "other"), twoResources);
  });

  it("refuse the diff of an object that another resource has made or adopted", () => {
    const claims = inProgram();
    claims.adopt(type, { id: "id", said }, "mark");
    assert.throws(() => claims.diffed(type, "id", "mark"), twoResources);
  });

  it("let a resource be compared as often as the engine likes", () => {
    const claims = inProgram();
    claims.diffed(type, "id", "mark");
    claims.diffed(type, "id", "mark");
  });

  it("take a diff for ownership only once a program runs in the process", () => {
    const claims = new Claims();
    claims.diffed(type, "id", "mark");
    claims.adopt(type, { id: "id", said }, "mark");
  });

  it("know what must not be deleted because another resource has taken it", () => {
    const claims = inProgram();
    claims.diffed(type, "mine", "mark");
    claims.made(type, "theirs", "mark");
    assert.deepEqual([claims.isTaken(type, "mine", "mark"), claims.isTaken(type, "theirs", "mark")], [false, true]);
  });

  it("tell two resources with one id apart by their marks", () => {
    const claims = inProgram();
    claims.diffed(type, "id", "one");
    assert.throws(() => claims.diffed(type, "id", "other"), twoResources);
    assert.deepEqual([claims.isTaken(type, "id", "one"), claims.isTaken(type, "id", "other")], [false, true]);
  });

  it("remember what is known of an object for as long as a resource has it", () => {
    const claims = inProgram();
    claims.remember(type, "id", { name: "nobody's" });
    assert.equal(claims.remembered(type, "id"), undefined);
    claims.made(type, "id", "mark");
    claims.remember(type, "id", { name: "Staff" });
    assert.deepEqual(claims.remembered(type, "id"), { name: "Staff" });
    claims.deleted(type, "id", undefined);
    assert.equal(claims.remembered(type, "id"), undefined);
  });

  it("remember what this process has deleted", () => {
    const claims = inProgram();
    claims.deleted(type, "id", undefined);
    assert.deepEqual([claims.wasDeleted(type, "id"), claims.wasDeleted(type, "other")], [true, false]);
  });

  it("free the id and the natural key of what was deleted", () => {
    const claims = inProgram();
    claims.takeKey(type, "staff", said);
    claims.made(type, "id", "mark");
    claims.deleted(type, "id", "staff");
    claims.takeKey(type, "staff", said);
    claims.adopt(type, { id: "id", said }, "mark");
  });

  it("say what to do, and which object it is about", () => {
    const claims = inProgram();
    claims.takeKey(type, "staff", said);
    assert.throws(() => claims.takeKey(type, "staff", said), /the group "Staff".*Remove one of them.*`aliases`/);
  });

  it("name the resources, as far as their names are known, and say what helps for the only object of an organization", () => {
    const claims = inProgram();
    const refusal = (act: () => unknown) => {
      const seen: string[] = [];
      assert.throws(act, (error) => seen.push(String(error)) > 0);
      return seen.join();
    };
    claims.takeKey(type, "staff", said);
    assert.match(
      refusal(() => claims.takeKey(type, "staff", said)),
      /: the group "Staff"\. Remove one of them, or give it a name/,
    );
    claims.named(type, "staff", "one");
    assert.match(
      refusal(() => claims.takeKey(type, "staff", said)),
      /"Staff"\. One of them is "one"\. Remove/,
    );
    claims.named(type, "staff", "other");
    assert.match(
      refusal(() => claims.takeKey(type, "staff", said)),
      /They are "one" and "other"\. Remove/,
    );
    claims.named(type, "staff", "third");
    assert.match(
      refusal(() => claims.takeKey(type, "staff", said)),
      /They are among "one", "other" and "third"\. /,
    );

    claims.checkedOnly("KisiIntegration", {}, false);
    const key = { value: "kisi", said: "the organization's Kisi integration" };
    for (const name of ["a", "b"]) claims.named("KisiIntegration", "kisi", name);
    claims.diffed("KisiIntegration", "kisi", "mark", { key });
    assert.match(
      refusal(() => claims.diffed("KisiIntegration", "kisi", "other", { key })),
      /the organization's Kisi integration\. They are "a" and "b"\. An organization has only one: remove one of the two resources; after a rename/,
    );
  });
});
