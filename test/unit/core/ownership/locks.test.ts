import assert from "node:assert/strict";
import { Locks } from "../../../../provider/core/ownership/locks";

/** The order in which two works under these keys begin and end, if each takes several turns. */
async function orderOf(keys: readonly (string | undefined)[]): Promise<string> {
  const locks = new Locks();
  const log: string[] = [];
  const work = (key: string | undefined, name: string) =>
    locks.hold(key, async () => {
      log.push(`${name} begins`);
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
      log.push(`${name} ends`);
    });
  await Promise.all([work(keys[0], "one"), work(keys[1], "other")]);
  return log.join(", ");
}

describe("core: locks", () => {
  it("runs work under one key in order, one at a time", async () => {
    assert.equal(await orderOf(["key", "key"]), "one begins, one ends, other begins, other ends");
  });

  for (const keys of [
    ["a", "b"],
    [undefined, undefined],
  ]) {
    it(`runs work under ${keys.join(" and ") || "no key"} side by side`, async () => {
      assert.match(await orderOf(keys), /^one begins, other begins/);
    });
  }

  it("hands an error to the caller, and the lock to the next one", async () => {
    const locks = new Locks();
    const failed = locks.hold("key", () => Promise.reject(new Error("refused")));
    const next = locks.hold("key", async () => "next");
    await assert.rejects(failed, /refused/);
    assert.equal(await next, "next");
  });
});
