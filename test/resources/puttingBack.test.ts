import assert from "node:assert/strict";
import { messageOf } from "../../provider/core/schema/values";
import type { Fault, LoggedRequest } from "../../provider/emulator";
import { onGuard } from "./declared";
import { begin, count, endAll, type StackOptions } from "./stack";

const write = "createOrUpdateHoneywellOnGuardIntegration";
const read = "getHoneywellOnGuardIntegration";

/** A creation that the vendor takes for the existing deployment; from then on the fault is in force. */
async function taken(
  target: typeof write | typeof read,
  fault: Fault,
  options: { times?: number } & StackOptions = {},
) {
  const onRequest = ({ operation }: LoggedRequest) => {
    if (operation !== write || count(made.emulator, write) !== 1) return;
    made.emulator.fail({ operation: target, with: fault, times: options.times ?? 99 });
  };
  const pauses: number[] = [];
  const sleep = async (ms: number) => {
    pauses.push(ms);
  };
  const patience = { delaysMs: [], sleep };
  const made = await begin({
    seed: "livedIn",
    behaviours: { onGuardCreate: "existing" },
    onRequest,
    patience,
    ...options,
  });
  const before = made.console.onGuard();
  const said = await made.stack.up({ it: onGuard() }).then(JSON.stringify, messageOf);
  return { said, pauses, isAsBefore: () => assert.deepEqual(made.console.onGuard(), before), ...made };
}

describe("putting back an OnGuard deployment that a creation was taken for", () => {
  afterEach(endAll);
  const passing: readonly (readonly [string, typeof write | typeof read, Fault])[] = [
    ["a write that came too soon", write, { kind: "rateLimited" }],
    ["a write that failed", write, { kind: "status", status: 503 }],
    ["a write whose answer was lost", write, { kind: "reset", when: "after" }],
    ["a read that failed", read, { kind: "status", status: 500 }],
    ["a read that came too soon", read, { kind: "rateLimited" }],
  ];

  for (const [what, target, fault] of passing) {
    it(`is tried again after ${what}, however few retries the settings allow`, async () => {
      const { said, isAsBefore, pauses } = await taken(target, fault, { times: 4 });
      assert.match(said, /answered with the existing one, "Headquarters OnGuard", whose name has been put back/);
      isAsBefore();
      assert.equal(pauses.length, 4);
    });
  }

  it("is given up after five tries, and the deployment is named", async () => {
    const { said, emulator, pauses } = await taken(write, { kind: "status", status: 503 });
    assert.match(said, /for "Headquarters OnGuard", whose name and doors could not be put back \(.*503.*Check them/);
    assert.equal(count(emulator, write), 6);
    assert.ok(pauses.every((ms, index) => ms >= 1000 * 2 ** index));
  });

  it("is said to be uncertain where nobody can look whether all of it is as before", async () => {
    const { said, isAsBefore } = await taken(read, { kind: "status", status: 500 });
    assert.match(said, /could not be put back with certainty \(getHoneywellOnGuardIntegration failed: 500/);
    isAsBefore();
  });

  it("waits a minute at most for all pauses that are asked for", async () => {
    const fault = { kind: "status", status: 503, retryAfterSeconds: 25 } as const;
    const { said, emulator, pauses } = await taken(write, fault);
    assert.match(said, /could not be put back \(.*503/);
    assert.deepEqual([pauses, count(emulator, write)], [[25_000, 25_000], 4]);
  });

  it("waits no longer and tries no more often where the settings allow more retries", async () => {
    const fault = { kind: "status", status: 503, retryAfterSeconds: 61 } as const;
    const { said, emulator, pauses } = await taken(write, fault, { config: { maxRetries: "8" } });
    assert.match(said, /could not be put back \(.*503/);
    assert.deepEqual([pauses, count(emulator, write)], [[], 2]);
  });

  for (const status of [400, 403, 404]) {
    it(`is not tried again after a ${status}`, async () => {
      const { said, emulator, pauses } = await taken(write, { kind: "status", status });
      assert.match(said, new RegExp(`could not be put back \\(.*${status}`));
      assert.deepEqual([pauses, count(emulator, write)], [[], 2]);
    });
  }
});
