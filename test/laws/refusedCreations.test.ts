import assert from "node:assert/strict";
import { campusSeed, type LoggedRequest } from "../../provider/emulator";
import { begin, endAll, quickPolling } from "../drivers/stack";
import { adopting, group } from "../resources/declared";
import { creationOf, everyResource } from "./everyResource";

const behaviours = { groupNames: "duplicates" } as const;
const create = "createAccessControlGroup";

describe("an object that was created although Rhombus refused it", () => {
  afterEach(endAll);
  const refusal = /exists now, although Rhombus refused to create it.*`adopt: true`/;
  const staff = group({ userUuids: [campusSeed.acme.users.ada.uuid] });

  for (const [what, declared] of everyResource) {
    for (const [how, options] of [
      ["is an error that names the remedy", { behaviours }],
      ["is the same error if reads lag", { behaviours: { ...behaviours, readLagMs: 100 }, polling: quickPolling }],
    ] as const) {
      it(`${how}, and adopt: true takes it over: ${what}`, async () => {
        const operation = await creationOf(declared);
        const { emulator, stack } = await begin(options);
        emulator.fail({ operation, with: { kind: "status", status: 403, when: "after" } });
        await assert.rejects(stack.up({ it: declared }), refusal);
        assert.ok(!stack.has("it"));
        await stack.up({ it: adopting(declared) });
        assert.deepEqual([emulator.remains().length, await stack.up({ it: declared })], [1, { it: "same" }]);
      });
    }
  }

  for (const [what, fault] of [
    ["error: true", { kind: "errorEnvelope", errorMsg: "Something broke.", when: "after" }],
    ["400", { kind: "status", status: 400, when: "after" }],
  ] as const) {
    it(`is found although reads lag, and no second group without the members is created: ${what}`, async () => {
      const { emulator, stack } = await begin({ behaviours: { ...behaviours, readLagMs: 250 }, polling: quickPolling });
      emulator.fail({ operation: create, with: fault });
      await assert.rejects(stack.up({ it: staff }), refusal);
      assert.deepEqual([emulator.remains().length, stack.has("it")], [1, false]);
    });

    it(`is reported as a duplicate if reads show it only after a second creation: ${what}`, async () => {
      const { emulator, stack } = await begin({ behaviours: { ...behaviours, readLagMs: 450 }, polling: quickPolling });
      emulator.fail({ operation: create, with: fault });
      await assert.rejects(stack.up({ it: staff }), /after a failed call .*now exists more than once/);
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

  it("is a plain error if nothing was created", async () => {
    const { emulator, stack } = await begin();
    emulator.fail({ operation: create, with: { kind: "errorEnvelope", errorMsg: "Something broke." }, times: 2 });
    await assert.rejects(stack.up({ it: staff }), /failed: Something broke\.$/);
    assert.deepEqual(emulator.remains(), []);
  });
});
