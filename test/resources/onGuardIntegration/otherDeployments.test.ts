import assert from "node:assert/strict";
import { livedInSeed } from "../../../provider/emulator";
import { begin, endAll } from "../../drivers/stack";
import { dock, lobby, onGuard } from "../declared";

const one = onGuard({ displayName: "One", doorInfoMap: { "1:4": lobby } });
const other = onGuard({ displayName: "Other", doorInfoMap: { "1:4": dock, "9:9": dock } });

describe("OnGuard: a creation that is answered with another resource's deployment, which no read shows yet", () => {
  afterEach(endAll);
  const refusal =
    /Check both .*"Other" was not created\. Rhombus answered with the object [\w-]{36}, which another resource/;

  it("is an error that names the deployment if the same run created it", async () => {
    const { emulator, stack } = await begin({ behaviours: { onGuardCreate: "existing", readLagMs: 60_000 } });
    await assert.rejects(stack.up({ one, other }), refusal);
    assert.deepEqual([stack.has("one"), stack.has("other")], [true, false]);
    emulator.behave({ readLagMs: 0 });
    await stack.refresh();
    await stack.up({ one });
    assert.deepEqual(await stack.up({ one }), { one: "same" });
  });
});

describe("OnGuard: an update that is answered with another deployment", () => {
  afterEach(endAll);
  const write = "createOrUpdateHoneywellOnGuardIntegration";
  const adopted = onGuard({ displayName: "Headquarters OnGuard", adopt: true });
  const main = onGuard({ displayName: "Main", doorInfoMap: { "7:7": lobby } });

  it("is an error that names a deployment that the call created and no read shows", async () => {
    const { emulator, stack, console } = await begin({ seed: "livedIn" });
    const adopted = { displayName: "Headquarters OnGuard", adopt: true, doorInfoMap: {} };
    await stack.up({ it: onGuard(adopted) });
    console.removeOnGuard(livedInSeed.headquartersOnGuard.rhombusToken);
    emulator.behave({ onGuardUnknownToken: "mint", readLagMs: 60_000 });
    const changed = onGuard({ ...adopted, doorInfoMap: { "1:1": lobby } });
    await assert.rejects(
      stack.up({ it: changed }),
      /Check both .*answered the update of .* with the deployment [\w-]{36} \("Headquarters OnGuard"\)/,
    );
    const left = console.onGuard().map(({ displayName }) => displayName);
    assert.deepEqual(left, ["Warehouse OnGuard", "Headquarters OnGuard"]);
  });

  it("is an error that names a deployment that existed before, under its name", async () => {
    const { emulator, stack } = await begin({ seed: "livedIn" });
    await stack.up({ it: adopted });
    const { rhombusToken: warehouse } = livedInSeed.warehouseOnGuard;
    const answer = { kind: "errorEnvelope", error: false, errorMsg: null, rhombusToken: warehouse } as const;
    emulator.fail({ operation: write, with: answer });
    await assert.rejects(stack.up({ it: main }), /Check both .*with the deployment [\w-]{36} \("Warehouse OnGuard"\)/);
    assert.equal(stack.stored("it").inputs.displayName, "Headquarters OnGuard");
  });
});
