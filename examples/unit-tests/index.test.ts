import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import * as pulumi from "@pulumi/pulumi";

describe("our access control", () => {
  let program: typeof import("./index.js");

  before(async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => ({
        id: `${name}-id`,
        state: { ...inputs, webhookUrl: "https://rhombus.example/hook" },
      }),
      call: ({ inputs }) => inputs,
    });
    program = await import("./index.js");
  });

  it("maps the lobby door", async () => {
    const doors = await promised(program.badges.doorInfoMap);
    assert.equal(doors?.["1:4"]?.doorName, "Lobby");
  });

  it("keeps the webhook's URL secret", async () => {
    assert.ok(await pulumi.isSecret(program.badges.webhookUrl));
  });

  it("names the group after its resource", async () => {
    assert.equal(await promised(program.engineering.name), "engineering");
  });
});

function promised<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}
