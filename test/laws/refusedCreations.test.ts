import assert from "node:assert/strict";
import { campusSeed, type Fault, type LoggedRequest } from "../../provider/emulator";
import { begin, endAll, quickPolling } from "../drivers/stack";
import { adopting, genea, group, kisi, onGuard } from "../resources/declared";

const { acme } = campusSeed;
const forbidden: Fault = { kind: "status", status: 403, when: "after" };
const refusals: Readonly<Record<string, Fault>> = {
  "error: true": { kind: "errorEnvelope", errorMsg: "Something broke.", when: "after" },
  "400": { kind: "status", status: 400, when: "after" },
};
const created = [
  ["a group", group({ userUuids: [acme.users.ada.uuid] }), "createAccessControlGroup"],
  ["an OnGuard deployment", onGuard({ saveClips: true }), "createOrUpdateHoneywellOnGuardIntegration"],
  ["Genea", genea({ saveClips: true }), "updateGeneaIntegrationV2"],
  ["Kisi", kisi({ enabled: false }), "updateKisiIntegrationV2"],
] as const;

describe("a creation that Rhombus carried out and answered with a refusal", () => {
  afterEach(endAll);

  for (const [what, declared, operation] of created) {
    it(`is an error that names the way out, and adopt: true takes the object over: ${what}`, async () => {
      const { emulator, stack } = await begin({ behaviours: { groupNames: "duplicates" } });
      emulator.fail({ operation, with: forbidden });
      await assert.rejects(
        stack.up({ it: declared }),
        /exists now, although Rhombus refused to create it.*`adopt: true`/,
      );
      assert.ok(!stack.has("it"));
      await stack.up({ it: adopting(declared) });
      assert.equal(emulator.remains().length, 1);
      assert.deepEqual(await stack.up({ it: declared }), { it: "same" });
    });

    it(`is the same error if reads lag: ${what}`, async () => {
      const behaviours = { groupNames: "duplicates", readLagMs: 100 } as const;
      const { emulator, stack } = await begin({ behaviours, polling: quickPolling });
      emulator.fail({ operation, with: forbidden });
      await assert.rejects(stack.up({ it: declared }), /exists now, although Rhombus refused to create it/);
      assert.deepEqual([emulator.remains().length, stack.has("it")], [1, false]);
    });

    it(`is a plain error if nothing was created: ${what}`, async () => {
      const { emulator, stack } = await begin();
      emulator.fail({ operation, with: { kind: "errorEnvelope", errorMsg: "Something broke." }, times: 2 });
      await assert.rejects(stack.up({ it: declared }), /failed: Something broke\.$/);
      assert.deepEqual(emulator.remains(), []);
    });
  }

  for (const [fault, plan] of Object.entries(refusals)) {
    const declared = group({ userUuids: [acme.users.ada.uuid] });

    it(`creates no second group without the members if reads lag: ${fault}`, async () => {
      const behaviours = { groupNames: "duplicates", readLagMs: 250 } as const;
      const { emulator, stack } = await begin({ behaviours, polling: quickPolling });
      emulator.fail({ operation: "createAccessControlGroup", with: plan });
      await assert.rejects(stack.up({ it: declared }), /exists now, although Rhombus refused to create it/);
      assert.deepEqual([emulator.remains().length, stack.has("it")], [1, false]);
    });

    it(`is reported as a duplicate if reads show the first group only after a second creation: ${fault}`, async () => {
      const behaviours = { groupNames: "duplicates", readLagMs: 450 } as const;
      const { emulator, stack } = await begin({ behaviours, polling: quickPolling });
      emulator.fail({ operation: "createAccessControlGroup", with: plan });
      await assert.rejects(stack.up({ it: declared }), /after a failed call .*now exists more than once/);
      assert.deepEqual([emulator.remains().length, stack.has("it")], [2, true]);
    });
  }

  it("leaves an object of another program out of the state", async () => {
    const onRequest = ({ operation }: LoggedRequest) =>
      operation === "findAccessControlGroupsByOrg" && emulator.isEmpty() && console.addGroup({ name: "Staff" });
    const { emulator, stack, console } = await begin({ onRequest });
    await assert.rejects(
      stack.up({ it: group() }),
      /although Rhombus refused to create it.*400 .*or someone else created it/,
    );
    assert.deepEqual([emulator.remains().length, stack.has("it")], [1, false]);
  });
});
