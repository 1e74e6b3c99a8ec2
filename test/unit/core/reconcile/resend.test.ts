import assert from "node:assert/strict";
import { type ResendMeans, resend } from "../../../../provider/core/reconcile/resend";

/** A call that fails, a retry policy with the given pauses in seconds, and a log of what happened. */
function scene(outcome: "unknown" | "refused", pauses: number[]) {
  const log: string[] = [];
  const means: ResendMeans = {
    api: {
      outcomeOf: () => outcome,
      mayComeLate: () => false,
      retries: () => ({
        pauseAfter: () => {
          const [next] = pauses.splice(0, 1);
          return next === undefined ? undefined : next * 1_000;
        },
      }),
    },
    polling: { sleep: async (ms) => void log.push(`${ms / 1_000} s`) },
  };
  const write = (isStale = false) =>
    resend<never>(means, {
      isStale: () => isStale,
      sendWrite: async () => {
        log.push("sent");
        throw new Error("no answer");
      },
      checkEffect: async ({ kind }) => {
        log.push(`read (${kind})`);
        return undefined;
      },
    });
  return { log, write };
}

describe("core: a call that is repeated after a read", () => {
  for (const [outcome, reason] of [
    ["unknown", "lost"],
    ["refused", "refused"],
  ] as const) {
    it(`is sent again after each pause of the retry policy, directly after a read, where its outcome is ${outcome}`, async () => {
      const { log, write } = scene(outcome, [100, 7]);
      await assert.rejects(write(), /no answer/);
      assert.deepEqual(log, ["sent", "100 s", `read (${reason})`, "sent", "7 s", `read (${reason})`, "sent"]);
    });
  }

  it("is preceded by a read where the latest reading is too old", async () => {
    const { log, write } = scene("unknown", []);
    await assert.rejects(write(true), /no answer/);
    assert.deepEqual(log, ["read (prepared)", "sent"]);
  });
});
