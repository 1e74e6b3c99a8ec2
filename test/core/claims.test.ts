import assert from "node:assert/strict";
import { Claims } from "../../provider/core/claims";

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
    claims.diffed(type, "id");
    assert.throws(() => claims.adopt(type, "id", said), twoResources);
  });

  it("refuse to adopt an object twice, or one that was just made", () => {
    const claims = inProgram();
    claims.made(type, "new");
    claims.adopt(type, "found", said);
    assert.throws(() => claims.adopt(type, "found", said), twoResources);
    assert.throws(() => claims.adopt(type, "new", said), twoResources);
  });

  it("refuse the diff of an object that another resource has made or adopted", () => {
    const claims = inProgram();
    claims.adopt(type, "id", said);
    assert.throws(() => claims.diffed(type, "id"), twoResources);
  });

  it("let a resource be compared as often as the engine likes", () => {
    const claims = inProgram();
    claims.diffed(type, "id");
    claims.diffed(type, "id");
  });

  it("take a diff for ownership only once a program runs in the process", () => {
    const claims = new Claims();
    claims.diffed(type, "id");
    claims.adopt(type, "id", said);
  });

  it("know what must not be deleted because another resource has taken it", () => {
    const claims = inProgram();
    claims.diffed(type, "mine");
    claims.made(type, "theirs");
    assert.deepEqual([claims.isTaken(type, "mine"), claims.isTaken(type, "theirs")], [false, true]);
  });

  it("free the id and the natural key of what was deleted", () => {
    const claims = inProgram();
    claims.takeKey(type, "staff", said);
    claims.made(type, "id");
    claims.deleted(type, "id", "staff");
    claims.takeKey(type, "staff", said);
    claims.adopt(type, "id", said);
  });

  it("say what to do, and which object it is about", () => {
    const claims = inProgram();
    claims.takeKey(type, "staff", said);
    assert.throws(() => claims.takeKey(type, "staff", said), /the group "Staff".*Remove one of them.*`aliases`/);
  });
});
