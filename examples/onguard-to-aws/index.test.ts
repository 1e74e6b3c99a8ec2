import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { before, describe, it } from "mocha";

describe("the program", () => {
  let program: typeof import("./index.js");

  before(async () => {
    await pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => ({
        id: `${name}-id`,
        state: { ...inputs, webhookUrl: "https://rhombus.example/hook", presharedSecret: "key" },
      }),
      call: ({ inputs }) => inputs,
    });
    program = await import("./index.js");
  });

  it("keeps the webhook's URL and the signing key secret in AWS", async () => {
    assert.ok(await pulumi.isSecret(program.version.secretString));
  });
});
