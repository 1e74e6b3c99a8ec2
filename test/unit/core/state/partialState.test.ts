import assert from "node:assert/strict";
import { partialState } from "../../../../provider/core/state/partialState";

describe("core: the state after a change that could not be verified", () => {
  it("is the old value of a scalar, and the new one of all others", () => {
    const state = partialState({ name: "new", description: "new" }, { name: "old", description: "old" }, [["name"]]);
    assert.deepEqual(state, { name: "old", description: "new" });
  });

  it("has, of a set, the members that were added, and not those that were removed", () => {
    const [declared, base] = [{ users: ["chloe", "gone"] }, { users: ["ada", "ben", "stuck"] }];
    const state = partialState(declared, base, [
      ["users", "gone"],
      ["users", "stuck"],
    ]);
    assert.deepEqual(state, { users: ["chloe", "stuck"] });
  });

  it("has the doors that were written as they are now, and those that were not as they were", () => {
    const base = { doors: { "1:1": { name: "a", clip: 1 }, "1:2": { name: "b" } } };
    const declared = { doors: { "1:1": { name: "A", clip: 2 }, "1:2": { name: "B" }, "1:3": { name: "C" } } };
    const state = partialState(declared, base, [
      ["doors", "1:1", "clip"],
      ["doors", "1:3"],
    ]);
    assert.deepEqual(state, { doors: { "1:1": { name: "A", clip: 1 }, "1:2": { name: "B" } } });
  });

  it("still has a door that could not be removed", () => {
    const base = { doors: { "1:1": { name: "a" } } };
    assert.deepEqual(partialState({ doors: {} }, base, [["doors", "1:1"]]), base);
  });

  it("leaves a field out that is new and of which nothing is done", () => {
    const declared = { users: ["ada"], doors: { "1:1": {} } };
    assert.deepEqual(
      partialState(declared, {}, [
        ["users", "ada"],
        ["doors", "1:1"],
      ]),
      {},
    );
  });

  it("takes keys for what they are, whatever they are called", () => {
    const declared = {
      doors: Object.fromEntries([
        ["__proto__", { name: "A" }],
        ["constructor", { name: "B" }],
      ]),
    };
    const state = partialState(declared, {}, [["doors", "constructor"]]);
    assert.deepEqual(Object.keys(Object(state.doors)), ["__proto__"]);
  });
});
