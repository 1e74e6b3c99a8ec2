import assert from "node:assert/strict";
import { campusSeed } from "../../provider/emulator";
import { begin, count, endAll } from "../drivers/stack";
import { genea, group, onGuard } from "../resources/declared";

const { acme } = campusSeed;

describe("two resources with one object in the state", () => {
  afterEach(endAll);

  for (const [what, declare] of Object.entries({ group, onGuard, genea })) {
    it(`an interrupted rename with adopt deletes nothing at the next up: ${what}`, async () => {
      const { emulator, stack } = await begin();
      await stack.up({ old: declare() });
      emulator.fail({
        operation: "createAccessControlGroup",
        times: 1,
        with: { kind: "status", status: 400, body: "no", when: "before" },
      });
      const program = { renamed: declare({ adopt: true }), unrelated: group({ name: "Unrelated" }) };
      await assert.rejects(stack.up(program));
      await stack.up(program);
      assert.match(stack.warnings.join(), /is not deleted: another resource of this program has taken it over/);
      assert.equal(emulator.remains(acme.orgUuid).length, 2);
      assert.deepEqual(await stack.preview(program), { renamed: "same", unrelated: "same" });
    });
  }

  it("an answer that is lost while the look for it fails says what may be there", async () => {
    const { emulator, stack } = await begin();
    emulator.fail({
      operation: "createAccessControlGroup",
      times: 1,
      with: { kind: "status", status: 500, when: "after" },
    });
    emulator.fail({
      operation: "findAccessControlGroupsByOrg",
      skip: 1,
      times: 20,
      with: { kind: "html502", when: "before" },
    });
    await assert.rejects(stack.up({ it: group() }), /"Staff" may have been made: .*502.*`adopt: true` takes it over/);
    assert.equal(count(emulator, "createAccessControlGroup"), 1);
  });
});
