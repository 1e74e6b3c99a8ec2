import assert from "node:assert/strict";
import { withReplies } from "../loopback";

describe("client warnings", () => {
  const caveats = {
    error: false,
    warningMsg: "Webhook is slow",
    failedGuids: ["g1"],
    misconfiguredDoors: ["Lobby"],
  };

  it("show each warning of a write as a sentence and leave it in the answer", async () => {
    await withReplies({ body: caveats }, async ({ client, warned }) => {
      const answer = await client.call("updateGeneaIntegrationV2", { geneaSettings: {} });
      assert.deepEqual(answer, caveats);
      assert.deepEqual(
        warned.map((text) => text.replace(/^updateGeneaIntegrationV2: /, "")),
        [
          "Rhombus warns: Webhook is slow.",
          "Rhombus accepted the call but could not update g1.",
          "these doors are assigned to cameras of more than one location: Lobby. Give each door cameras of one location.",
        ],
      );
    });
  });

  it("are shown for every write, but once for the same read", async () => {
    await withReplies({ body: { warningMsg: "Slow" } }, async ({ client, warned }) => {
      for (const _ of [1, 2]) {
        await client.call("getGeneaIntegration", {});
        await client.call("deleteGeneaIntegrationV2", {});
      }
      const [read, write] = ["getGeneaIntegration", "deleteGeneaIntegrationV2"].map(
        (name) => `${name}: Rhombus warns: Slow.`,
      );
      assert.deepEqual(warned, [read, write, write]);
    });
  });
});
