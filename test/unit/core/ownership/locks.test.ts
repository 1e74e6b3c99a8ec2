import assert from "node:assert/strict";
import { Locks } from "../../../../provider/core/ownership/locks";

/** Work that a test starts and ends, and that logs both. */
function work(log: string[], name: string) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = async () => {
    log.push(`${name} begins`);
    await ended;
    log.push(`${name} ends`);
    return name;
  };
  return { run, end };
}

describe("core: locks", () => {
  it("runs work under one key in order, one at a time", async () => {
    const locks = new Locks();
    const log: string[] = [];
    const [first, second] = [work(log, "first"), work(log, "second")];
    const results = Promise.all([locks.hold("key", first.run), locks.hold("key", second.run)]);
    second.end();
    first.end();
    assert.deepEqual(await results, ["first", "second"]);
    assert.deepEqual(log, ["first begins", "first ends", "second begins", "second ends"]);
  });

  for (const keys of [
    ["one", "other"],
    [undefined, undefined],
  ]) {
    it(`runs work under ${keys.join(" and ") || "no key"} side by side`, async () => {
      const locks = new Locks();
      const log: string[] = [];
      const [first, second] = [work(log, "first"), work(log, "second")];
      const results = Promise.all([locks.hold(keys[0], first.run), locks.hold(keys[1], second.run)]);
      second.end();
      first.end();
      await results;
      assert.deepEqual(log.slice(0, 2), ["first begins", "second begins"]);
    });
  }

  it("hands an error to the caller, and the lock to the next one", async () => {
    const locks = new Locks();
    const failed = locks.hold("key", () => Promise.reject(new Error("refused")));
    const next = locks.hold("key", async () => "next");
    await assert.rejects(failed, /refused/);
    assert.equal(await next, "next");
  });

  it("can be taken again when it was given back", async () => {
    const locks = new Locks();
    await locks.hold("key", async () => undefined);
    assert.equal(await locks.hold("key", async () => "again"), "again");
  });
});
