import assert from "node:assert/strict";
import { campusSeed } from "../../provider/emulator";
import { begin, endAll, quickPolling } from "../drivers/stack";
import { genea, group, kisi, onGuard } from "../resources/declared";

describe("reads that lag", () => {
  afterEach(endAll);

  for (const [what, one, other] of [
    ["description", { description: "old" }, { description: "new" }],
    ["name", { name: "Staff" }, { name: "Crew" }],
  ] as const) {
    it(`a new ${what} of a group shows no change after a refresh, and can be changed back`, async () => {
      const { stack, console } = await begin({ behaviours: { readLagMs: 100 }, polling: quickPolling });
      await stack.up({ it: group(one) });
      await stack.up({ it: group(other) });
      await stack.refresh();
      assert.deepEqual([await stack.up({ it: group(other) }), stack.warnings], [{ it: "same" }, []]);
      await stack.up({ it: group(one) });
      assert.deepEqual([{ ...console.groups()[0], ...one }], console.groups());
    });
  }

  it("the answer to a group's update suffices if no read shows it in time", async () => {
    const { emulator, stack } = await begin({ seed: "livedIn" });
    const adopted = { name: "Engineering", adopt: true };
    await stack.up({ it: group(adopted) });
    emulator.behave({ readLagMs: 60_000 });
    await stack.up({ it: group({ ...adopted, description: "new" }) });
    assert.equal(stack.stored("it").outputs.description, "new");
  });

  it("a replacement whose answer was lost is not confused with the deleted group", async () => {
    // If the organization cannot be read, the delete lists the groups, and the creation uses that listing.
    const behaviours = { readLagMs: 100, organizationReads: "refused" } as const;
    const { emulator, stack, console } = await begin({ behaviours, polling: quickPolling });
    const { headquarters, warehouse } = campusSeed.acme.locations;
    await stack.up({ it: group({ locationUuid: headquarters.uuid }) });
    emulator.fail({ operation: "createAccessControlGroup", with: { kind: "status", status: 500, when: "after" } });
    await stack.up({ it: group({ locationUuid: warehouse.uuid, description: "new" }) });
    assert.deepEqual(
      console.groups().map(({ uuid }) => uuid),
      [stack.stored("it").id],
    );
  });

  for (const [operation, declared] of [
    ["deleteAccessControlGroup", group()],
    ["deleteHoneywellOnGuardIntegration", onGuard()],
    ["deleteGeneaIntegrationV2", genea()],
    ["deleteKisiIntegrationV2", kisi()],
  ] as const) {
    it(`a ${operation} that was carried out succeeds although its answer is an error`, async () => {
      const { emulator, stack } = await begin({ behaviours: { readLagMs: 100 }, polling: quickPolling });
      await stack.up({ it: declared });
      emulator.fail({ operation, with: { kind: "status", status: 500, when: "after" } });
      await stack.destroy();
      assert.deepEqual(emulator.remains(), []);
    });
  }
});
