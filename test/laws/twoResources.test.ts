import assert from "node:assert/strict";
import { begin, type Declared, endAll } from "../drivers/stack";
import { genea, group, kisi, onGuard } from "../resources/declared";

const types: Readonly<Record<string, { declare: (inputs?: object) => Declared; remedy: RegExp }>> = {
  group: { declare: (inputs) => group({ ...inputs }), remedy: /Remove one of them, or give it a name of its own/ },
  onGuard: { declare: (inputs) => onGuard({ ...inputs }), remedy: /Remove one of them, or give it a name of its own/ },
  genea: {
    declare: (inputs) => genea({ ...inputs }),
    remedy: /Genea integration\. .*An organization has only one: remove/,
  },
  kisi: {
    declare: (inputs) => kisi({ ...inputs }),
    remedy: /Kisi integration\. .*An organization has only one: remove/,
  },
};

describe("two resources of a program for one object", () => {
  afterEach(endAll);

  for (const [what, { declare, remedy }] of Object.entries(types)) {
    const both = /They are "west" and "east"\. /;

    for (const parallel of [false, true]) {
      it(`are both named when they are made${parallel ? " at once" : ""}: ${what}`, async () => {
        const { stack } = await begin();
        const said = await refusal(stack.up({ west: declare(), east: declare() }, { parallel }));
        assert.match(said, parallel ? /They are "west" and "east"\. / : both);
        assert.match(said, remedy);
      });
    }

    it(`are both named when one adopts what the other has: ${what}`, async () => {
      const { stack } = await begin();
      await stack.up({ west: declare() });
      const said = await refusal(stack.up({ west: declare(), east: declare({ adopt: true }) }));
      assert.match(said, both);
      assert.match(said, remedy);
    });

    it(`are both named when the state has the object twice: ${what}`, async () => {
      const { stack } = await begin();
      await stack.up({ west: declare() });
      const west = stack.stored("west");
      stack.store("east", { ...west, outputs: { ...west.outputs, __mark: "another" } });
      const said = await refusal(stack.preview({ west: declare(), east: declare() }));
      assert.match(said, both);
      assert.match(said, remedy);
    });
  }

  it("are both named when two adopt one OnGuard deployment under different display names", async () => {
    const { console, stack } = await begin();
    const { rhombusToken } = console.addOnGuard({ displayName: "HQ" });
    const adopting = (displayName: string) => onGuard({ displayName, adopt: rhombusToken });
    const said = await refusal(stack.up({ west: adopting("West"), east: adopting("East") }));
    assert.match(said, /They are "west" and "east"\. Remove one of them/);
    assert.ok(!said.includes(rhombusToken));
  });

  it("are named by what is unlike, where one has another name in the state", async () => {
    const { stack } = await begin();
    await stack.up({ west: group(), east: group({ name: "Others" }) });
    const said = await refusal(stack.up({ west: group(), east: group({ name: "STAFF" }) }));
    assert.match(said, /exists already/);
  });

  it("leave no name in the state", async () => {
    const { stack } = await begin();
    await stack.up({ west: group(), kisi: kisi() });
    await stack.refresh();
    for (const name of ["west", "kisi"]) {
      const { inputs, outputs } = stack.stored(name);
      assert.ok(!("__logicalName" in inputs) && !("__logicalName" in outputs));
    }
  });
});

async function refusal(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => assert.fail("nothing was refused"),
    (error: unknown) => String(error),
  );
}
