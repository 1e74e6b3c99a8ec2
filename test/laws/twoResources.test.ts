import assert from "node:assert/strict";
import { definitions } from "../../provider/resources/registry";
import { begin, type Declared, endAll, type Properties } from "../drivers/stack";
import { genea, group, onGuard } from "../resources/declared";
import { samples } from "../resources/facts";
import { everything } from "./everyResource";

const resources = Object.entries(samples).map(([what, { type, least }]) => {
  const declare = (inputs: Properties = {}): Declared => ({ type, inputs: { ...least, ...inputs } });
  const isSingleton = definitions[type].shape === "singleton";
  const remedy = isSingleton
    ? /Remove one of the two resources; .*integration\./
    : /Remove one of the two resources, or give it a name of its own/;
  return { what, declare, remedy };
});

describe("two resources of a program for one object", () => {
  afterEach(endAll);

  for (const { what, declare, remedy } of resources) {
    const areNamed = (error: Error) => {
      assert.match(error.message, /They are "(?:west" and "east|east" and "west)"\.$/);
      assert.match(error.message, remedy);
      return true;
    };

    it(`are both named if they are created, or if one adopts the object of the other: ${what}`, async () => {
      for (const parallel of [false, true]) {
        const { emulator, stack } = await begin();
        await assert.rejects(stack.up({ west: declare(), east: declare() }, { parallel }), areNamed);
        assert.equal(emulator.remains().length, 1);
        await assert.rejects(stack.up({ west: declare(), east: declare({ adopt: true }) }), areNamed);
        await assert.rejects(stack.up({ east: declare({ adopt: true }), west: declare() }), areNamed);
      }
    });

    it(`leave the object as it is if one is deleted and the other has adopted it: ${what}`, async () => {
      const { emulator, stack } = await begin();
      await stack.up({ west: declare() });
      await stack.up({ east: declare({ adopt: true }) });
      assert.equal(emulator.remains().length, 1);
      assert.match(stack.warnings.join(), /is not deleted: another resource of this program has taken it over/);
      assert.deepEqual([stack.has("west"), stack.has("east")], [false, true]);
    });

    it(`are both named if the state has the object twice: ${what}`, async () => {
      const { stack } = await begin();
      await stack.up({ west: declare() });
      const west = stack.stored("west");
      stack.store("east", { ...west, outputs: { ...west.outputs, __mark: "another" } });
      await assert.rejects(stack.preview({ west: declare(), east: declare() }), areNamed);
    });
  }

  it("are both named if they adopt one OnGuard deployment under different display names", async () => {
    const { console, stack } = await begin();
    const { rhombusToken } = console.addOnGuard({ displayName: "HQ" });
    const adopting = (displayName: string) => onGuard({ displayName, adopt: rhombusToken });
    await assert.rejects(stack.up({ west: adopting("West"), east: adopting("East") }), ({ message }: Error) => {
      assert.match(message, /Remove one .* They are "west" and "east"\.$/);
      return !message.includes(rhombusToken);
    });
  });

  for (const { what, declare } of resources) {
    it(`leave the object as it is if an interrupted run has renamed the resource: ${what}`, async () => {
      const { emulator, stack } = await begin();
      await stack.up({ old: declare() });
      emulator.fail({ operation: "createAccessControlGroup", with: { kind: "status", status: 400 } });
      const program = { renamed: declare({ adopt: true }), unrelated: group({ name: "Unrelated" }) };
      await assert.rejects(stack.up(program));
      await stack.up(program);
      assert.match(stack.warnings.join(), /is not deleted: another resource of this program has taken it over/);
      assert.equal(emulator.remains().length, 2);
      assert.deepEqual(await stack.preview(program), { renamed: "same", unrelated: "same" });
    });
  }

  for (const seed of ["campus", "livedIn"] as const) {
    it(`leave the object to the second one if the first one fails, with the seed ${seed}`, async () => {
      const { stack } = await begin({ seed });
      const wrong = genea({ apiToken: "wrong-vendor-key", adopt: true });
      await assert.rejects(stack.up({ one: wrong, other: genea({ adopt: true }) }), /which Genea does not accept/);
      assert.deepEqual([stack.has("one"), stack.has("other")], [false, true]);
    });
  }

  it("leave their names in the program out of the state", async () => {
    const { stack } = await begin();
    await stack.up(everything);
    await stack.refresh();
    for (const name of Object.keys(everything)) {
      const { inputs, outputs } = stack.stored(name);
      assert.ok(!("__logicalName" in inputs) && !("__logicalName" in outputs));
    }
  });
});
