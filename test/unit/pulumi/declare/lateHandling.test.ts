import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { RunError } from "@pulumi/pulumi";
import * as rhombus from "../../../../provider";
import { preventLateHandlingWarnings } from "../../../../provider/pulumi/declare/lateHandling";
import { beginRun, endRuns } from "../../lookups/run";

/** The warnings of Node after a promise has failed unhandled, as under Pulumi, and is handled later. */
async function warningsAfter(fail: () => Promise<unknown>): Promise<string[]> {
  const listeners = process.listeners("unhandledRejection");
  const [warnings, unhandled]: [string[], unknown[]] = [[], []];
  const note = ({ name }: Error) => void warnings.push(name);
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (reason) => unhandled.push(reason)).on("warning", note);
  try {
    const promise = fail();
    for (let turn = 0; turn < 50 && unhandled.length === 0; turn += 1) await setImmediate();
    assert.equal(unhandled.length, 1);
    promise.catch(() => {});
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
    return warnings;
  } finally {
    process.removeAllListeners("unhandledRejection").off("warning", note);
    for (const listener of listeners) process.on("unhandledRejection", listener);
  }
}

describe("An error that is handled after Pulumi has shown it", () => {
  const late = "PromiseRejectionHandledWarning";

  it("is not followed by a warning of Node if it is one of a look-up", async () => {
    await beginRun({});
    try {
      assert.deepEqual(await warningsAfter(() => rhombus.getLocation({ name: " " })), []);
    } finally {
      await endRuns();
    }
  });

  it("is followed by the warning, once, if it is not one that Pulumi shows without a stack", async () => {
    preventLateHandlingWarnings();
    preventLateHandlingWarnings();
    assert.deepEqual(await warningsAfter(() => Promise.reject(new RunError("a mistake"))), []);
    assert.deepEqual(await warningsAfter(() => Promise.reject(new Error("a fault"))), [late]);
  });

  it("is left to the program if the program listens itself", async () => {
    preventLateHandlingWarnings();
    const listen = () => {};
    process.on("rejectionHandled", listen);
    try {
      assert.deepEqual(await warningsAfter(() => Promise.reject(new Error("a fault"))), []);
    } finally {
      process.off("rejectionHandled", listen);
    }
  });
});
