import assert from "node:assert/strict";
import { livedInSeed } from "../../../provider/emulator";
import { begin, endAll } from "../../drivers/stack";
import { onGuard } from "../declared";

const { headquartersOnGuard } = livedInSeed;

describe("OnGuard: adoption by token", () => {
  afterEach(endAll);
  const byToken = (inputs = {}) => onGuard({ adopt: headquartersOnGuard.rhombusToken, ...inputs });

  it("takes over the deployment, and gives it the declared name", async () => {
    const { stack, console } = await begin({ seed: "livedIn" });
    await stack.up({ it: byToken({ displayName: "Main" }) });
    assert.deepEqual(
      console.onGuard().map(({ displayName }) => displayName),
      ["Main", "Warehouse OnGuard"],
    );
    assert.ok(!stack.stored("it").id.includes(headquartersOnGuard.rhombusToken));
  });

  it("is an error without the token if no deployment has it", async () => {
    const { stack } = await begin({ seed: "livedIn" });
    const secret = "A".repeat(22);
    await assert.rejects(stack.up({ it: byToken({ adopt: secret }) }), (error: Error) => {
      assert.match(error.message, /^Check the value of `adopt` .* cannot be adopted, because no object matches/);
      return !error.message.includes(secret);
    });
  });

  it("is an error with the name of another deployment", async () => {
    const { stack, console } = await begin({ seed: "livedIn" });
    const before = console.onGuard();
    await assert.rejects(stack.up({ it: byToken({ displayName: "Warehouse OnGuard" }) }), /already exists/);
    assert.deepEqual(console.onGuard(), before);
  });

  it("reads the webhook URL and the secret of a deployment that is adopted by name", async () => {
    const { stack, console } = await begin({ seed: "livedIn", behaviours: { onGuardSecretReads: "absent" } });
    await stack.up({ it: onGuard({ displayName: "Headquarters OnGuard", adopt: true }) });
    const { presharedSecret, webhookUrl, rhombusToken } = stack.stored("it").outputs;
    const [live] = console.onGuard();
    assert.deepEqual(
      { presharedSecret, webhookUrl, rhombusToken },
      { ...headquartersOnGuard, webhookUrl: live?.webhookUrl },
    );
  });
});
