import assert from "node:assert/strict";
import { type Insisting, resend } from "../../../../provider/core/reconcile/resend";

/** An API whose answers are lost, or refused for now, and which asks for pauses; and what came of them. */
function scene(outcome: "unknown" | "refused", pauseMs: number) {
  const log: string[] = [];
  const insisting: Insisting = {
    api: {
      outcomeOf: () => outcome,
      mayBeMadeAgain: (_error, repeated) => repeated < 5,
      mayComeLate: () => false,
      retryDelayMs: () => pauseMs,
      announceWait: () => log.push("announced"),
    },
    polling: { sleep: async (ms) => void log.push(`${ms / 1_000} s`) },
  };
  const write = (isOld = false) =>
    resend<never>(insisting, {
      isOld: () => isOld,
      send: async () => {
        log.push("sent");
        throw new Error("no answer");
      },
      arrived: async ({ kind }) => {
        log.push(`looked (${kind})`);
        return undefined;
      },
    });
  return { log, write };
}

describe("a write that is repeated", () => {
  it("waits as long as it is asked to, says so, and looks right before the next try", async () => {
    const { log, write } = scene("unknown", 100_000);
    await assert.rejects(write(), /no answer/);
    const again = ["announced", "100 s", "looked (lost)", "sent"];
    assert.deepEqual(log, ["sent", ...again, ...again]);
  });

  for (const [outcome, pauseMs, tries] of [
    ["unknown", 301_000, 1],
    ["unknown", 300_000, 2],
    ["unknown", 0, 3],
    ["refused", 200_000, 2],
    ["refused", 100_000, 4],
    ["refused", 0, 6],
  ] as const) {
    it(`is sent ${tries} times where its answers are ${outcome} and ask for ${pauseMs / 1_000} s each`, async () => {
      const { log, write } = scene(outcome, pauseMs);
      await assert.rejects(write(), /no answer/);
      assert.equal(log.filter((line) => line === "sent").length, tries);
    });
  }

  it("is looked for before the first try where what it holds is old", async () => {
    const { log, write } = scene("unknown", 999_000);
    await assert.rejects(write(true), /no answer/);
    assert.deepEqual(log, ["looked (prepared)", "sent"]);
  });
});
