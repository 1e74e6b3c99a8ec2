import assert from "node:assert/strict";
import { campusSeed } from "../../provider/emulator";
import { begin, endAll, type Stack } from "../drivers/stack";
import { genea, group, kisi, onGuard } from "../resources/declared";

const NEWER = /A newer pulumi-rhombus wrote this state/;

describe("the format of a state", () => {
  afterEach(endAll);

  /** Puts another format into the state of the resource `it`; `undefined` takes the number out. */
  const reformat = (stack: Stack, format: unknown) => {
    const { outputs, ...stored } = stack.stored("it");
    const { __format: _written, ...others } = outputs;
    stack.store("it", { ...stored, outputs: format === undefined ? others : { ...others, __format: format } });
  };

  for (const [what, declare] of Object.entries({ group, onGuard, genea, kisi })) {
    it(`is the first one where there is no number: nothing changes, and the next reading adds it: ${what}`, async () => {
      const { stack } = await begin();
      await stack.up({ it: declare() });
      const { inputs, outputs } = stack.stored("it");
      reformat(stack, undefined);
      assert.deepEqual(await stack.preview({ it: declare() }), { it: "same" });
      await stack.refresh();
      assert.deepEqual([stack.stored("it").inputs, stack.stored("it").outputs], [inputs, outputs]);
    });
  }

  const damaged = /is damaged: __format must be a whole number/;
  for (const [format, refused] of [
    [2, NEWER],
    [1.5, damaged],
    ["1", damaged],
    [{}, damaged],
    [true, damaged],
    [null, damaged],
  ] as const) {
    it(`is refused without a call when it is no number that this version knows: ${JSON.stringify(format)}`, async () => {
      const { emulator, stack } = await begin();
      await stack.up({ it: group() });
      reformat(stack, format);
      emulator.clearRequests();
      const operations = [() => stack.preview({ it: group() }), () => stack.refresh(), () => stack.destroy()];
      for (const operation of operations) await assert.rejects(operation(), refused);
      assert.deepEqual(emulator.requests(), []);
    });
  }

  it("is kept by a partial failure", async () => {
    const { stack } = await begin();
    const stranger = campusSeed.acme.users.deleted.uuid;
    await assert.rejects(stack.up({ it: group({ userUuids: [stranger] }) }), /userUuids/);
    assert.equal(stack.stored("it").outputs.__format, 1);
  });
});
