import assert from "node:assert/strict";
import sinon from "sinon";
import { type Listed, Listing } from "../../../../provider/rhombus/api/listings";

/** A listing whose calls the test answers one by one. */
function listing() {
  const calls: { answer: (...items: string[]) => void; fail: (error: Error) => void }[] = [];
  const load = () =>
    new Promise<Listed<string>>((resolve, reject) => {
      calls.push({ answer: (...items) => resolve({ items }), fail: reject });
    });
  return { listing: new Listing(load), calls };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
const without = (gone: string) => (items: readonly string[]) => items.filter((item) => item !== gone);
const withItem = (item: string) => (items: readonly string[]) => [...without(item)(items), item];

describe("listing", () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers({ toFake: ["performance"] });
  });
  afterEach(() => clock.restore());

  it("makes one call for all readers while it is in flight", async () => {
    const { listing: groups, calls } = listing();
    const asked = Promise.all([groups.shared(), groups.shared(), groups.shared()]);
    await settle();
    calls[0]?.answer("a");
    assert.deepEqual(await asked, [["a"], ["a"], ["a"]]);
    assert.equal(calls.length, 1);
  });

  it("reuses an answer for 60 s after the start of its call", async () => {
    const { listing: groups, calls } = listing();
    const first = groups.shared();
    await settle();
    clock.tick(10_000);
    calls[0]?.answer("a");
    await first;
    clock.tick(50_000);
    assert.deepEqual(await groups.shared(), ["a"]);
    clock.tick(1);
    void groups.shared();
    await settle();
    assert.equal(calls.length, 2);
  });

  it("makes a new call for a fresh read, and reuses its answer", async () => {
    const { listing: groups, calls } = listing();
    void groups.shared();
    await settle();
    const fresh = groups.fresh();
    await settle();
    assert.equal(calls.length, 1);
    calls[0]?.answer("old");
    await settle();
    calls[1]?.answer("new");
    assert.deepEqual(await fresh, ["new"]);
    assert.deepEqual(await groups.shared(), ["new"]);
    assert.equal(calls.length, 2);
  });

  it("makes one call for all waiting fresh reads", async () => {
    const { listing: groups, calls } = listing();
    const asked = Promise.all([groups.fresh(), groups.fresh()]);
    await settle();
    const later = groups.fresh();
    calls[0]?.answer("a");
    assert.deepEqual(await asked, [["a"], ["a"]]);
    await settle();
    calls[1]?.answer("b");
    assert.deepEqual(await later, ["b"]);
    assert.equal(calls.length, 2);
  });

  it("shows own writes and deletes in a reused answer", async () => {
    const { listing: groups, calls } = listing();
    const first = groups.shared();
    await settle();
    calls[0]?.answer("a", "b");
    await first;
    groups.applyOwnWrite(without("a"));
    groups.applyOwnWrite(withItem("c"));
    assert.deepEqual(await groups.shared(), ["b", "c"]);
  });

  it("applies an own write to the answer of a call in flight, whether or not the answer shows it", async () => {
    for (const answer of [["a"], ["a", "c"]]) {
      const { listing: groups, calls } = listing();
      const asked = groups.shared();
      await settle();
      groups.applyOwnWrite(withItem("c"));
      calls[0]?.answer(...answer);
      assert.deepEqual(await asked, ["a", "c"]);
      assert.deepEqual(await groups.shared(), ["a", "c"]);
    }
  });

  it("does not apply a write to a call that starts after it", async () => {
    const { listing: groups, calls } = listing();
    groups.applyOwnWrite(withItem("c"));
    const asked = groups.fresh();
    await settle();
    calls[0]?.answer("a");
    assert.deepEqual(await asked, ["a"]);
  });

  it("reuses no failed call, and makes the call for fresh reads after it", async () => {
    const { listing: groups, calls } = listing();
    const failed = assert.rejects(Promise.all([groups.shared(), groups.shared()]), /down/);
    await settle();
    const fresh = groups.fresh();
    calls[0]?.fail(new Error("down"));
    await failed;
    await settle();
    calls[1]?.answer("a");
    assert.deepEqual([await fresh, calls.length], [["a"], 2]);
  });

  it("works after a call that throws synchronously", async () => {
    let healthy = false;
    const groups = new Listing(() => {
      if (!healthy) throw new Error("no key");
      return Promise.resolve({ items: ["a"] });
    });
    await assert.rejects(groups.shared(), /no key/);
    healthy = true;
    assert.deepEqual(await groups.shared(), ["a"]);
  });

  it("does not reuse an incomplete answer, even after an own write, and never returns its items as complete", async () => {
    const silentError = new Error("the list is null");
    const answers: Listed<string>[] = [{ items: [], silentError }, { items: [], silentError }, { items: ["a"] }];
    const groups = new Listing(async () => answers.shift() ?? { items: [] });
    assert.deepEqual(await groups.read(false), { items: [], silentError });
    groups.applyOwnWrite(withItem("a"));
    await assert.rejects(groups.shared(), silentError);
    assert.deepEqual(await groups.shared(), ["a"]);
    assert.equal(answers.length, 0);
  });
});
