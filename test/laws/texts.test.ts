import assert from "node:assert/strict";
import { unverifiedReason } from "../../provider/core/reconcile/unverified";
import { text } from "../../provider/core/schema/fields";
import { map } from "../../provider/core/schema/map";
import { set } from "../../provider/core/schema/set";
import type { Path, Value } from "../../provider/core/schema/values";
import { campusSeed } from "../../provider/emulator";
import { writes } from "../drivers/calls";
import { begin, type Declared, endAll } from "../drivers/stack";
import { genea, group, kisi, onGuard } from "../resources/declared";

const { acme } = campusSeed;

/** A text that Rhombus may normalize in every way at once, and its normalized form. */
const untidy = "\t Cafe\u0301\r\nand bar\r";
const tidied = "Caf\u00e9\nand bar";

/** Every free text that a program declares. */
const declarations: Readonly<Record<string, (text: string) => Declared>> = {
  "a group's name": (name) => group({ name }),
  "a group's description": (description) => group({ description }),
  "the name of a deployment": (displayName) => onGuard({ displayName }),
  "a door's name at OnGuard": (doorName) => onGuard({ doorInfoMap: { "1:4": { doorName } } }),
  "a door's name at Genea": (doorName) => genea({ doorInfoMap: { [acme.genea.doors.lobby.id]: { doorName } } }),
  "a place's name": (placeName) => kisi({ placeToSettingsMap: { "41001": { placeName } } }),
  "a door's name in a place": (doorName) =>
    kisi({ placeToSettingsMap: { "41001": { doorInfoMap: { "51001": { doorName } } } } }),
  "a door's name in Kisi's first version": (doorName) =>
    kisi({ apiVersion: "V1", doorInfoMap: { "51001": { doorName } } }),
};

describe("a text that Rhombus normalizes", () => {
  afterEach(endAll);

  for (const [what, declare] of Object.entries(declarations)) {
    for (const texts of ["tidied", "kept"] as const) {
      it(`shows no change if it is ${texts}, nor if the program normalizes it then: ${what}`, async () => {
        const { emulator, stack } = await begin({ behaviours: { texts } });
        const program = { it: declare(untidy) };
        await stack.up(program);
        const { inputs } = stack.stored("it");
        assert.deepEqual(await stack.preview(program), { it: "same" });
        await stack.refresh();
        assert.deepEqual(stack.stored("it").inputs, inputs, "a refresh shows a change");
        emulator.clearRequests();
        for (const text of [untidy, tidied]) assert.deepEqual(await stack.up({ it: declare(text) }), { it: "same" });
        await stack.refresh();
        assert.deepEqual(await stack.up({ it: declare(tidied) }), { it: "same" });
        assert.deepEqual(writes(emulator), []);
      });
    }
  }

  it("is neither drift nor a conflict, and is adopted without a write", async () => {
    const { emulator, stack, console } = await begin();
    const staff = (description: string, others = {}) => ({ it: group({ description, ...others }) });
    const id = console.addGroup({ name: "Staff", description: "First." });
    await stack.up(staff("First.\r\n", { adopt: true }));
    assert.deepEqual(writes(emulator), []);
    assert.deepEqual(await stack.up(staff("First.\n")), { it: "same" });
    console.setGroup(id, { description: "First.\t" });
    await stack.up(staff("First.\n", { userUuids: [] }));
    assert.deepEqual(stack.warnings, []);
    await stack.up(staff("Second.\n", { userUuids: [] }));
    assert.equal(console.groups()[0]?.description, "Second.\n");
  });

  it("counts as absent if it is only space", async () => {
    for (const texts of ["tidied", "kept"] as const) {
      const { stack } = await begin({ behaviours: { texts } });
      await stack.up({ it: group({ description: "All of us" }) });
      await stack.up({ it: group({ description: " \n" }) });
      await stack.refresh();
      assert.deepEqual(await stack.up({ it: group({ description: " \n" }) }), { it: "same" });
    }
  });

  it("is not a vendor key: keys are never normalized", async () => {
    const { stack } = await begin();
    await stack.up({ it: genea() });
    await assert.rejects(stack.up({ it: genea({ apiToken: `${acme.genea.apiToken}\u0301` }) }));
  });
});

describe("a value that Rhombus does not store", () => {
  const fields = { name: text(), key: text({ secret: true }), doors: map(map(text())), users: set(text()) };
  const long = `${"All of us, first. ".repeat(9)}And then the others. ${"And so on. ".repeat(9)}`;
  const excerpt =
    /At name it shows "….*And than the others[^"]{1,40}…" instead of "….*And then the others[^"]{1,40}…"\./;

  const rows: readonly (readonly [string, Path, Value | undefined, Value | undefined, RegExp])[] = [
    [
      "both values",
      ["name"],
      undefined,
      "b",
      /^Correct the program, .* does not show name\. At name it shows "b" instead of nothing\.$/,
    ],
    ["the part of a text that differs", ["name"], long, long.replace("then", "than"), excerpt],
    [
      "only the path of a missing door",
      ["doors", "d1"],
      { d1: { name: "Lobby" } },
      {},
      /^Correct .* does not show doors\.d1\.$/,
    ],
    [
      "the door that is still there, without advice to correct the program",
      ["doors", "d1"],
      {},
      { d1: { name: "Lobby" } },
      /^Run `pulumi up` again to retry: Rhombus accepted the change of it, but still shows doors\.d1, which should be removed\.$/,
    ],
    [
      "the member that is still there, without advice to correct the program",
      ["users", "ada"],
      [],
      ["ada"],
      /^Run `pulumi up` again to retry: Rhombus accepted the change of it, but still shows users\.ada, which should be removed\.$/,
    ],
    ["only the path of a secret", ["key"], "mine", "theirs", /^Correct .* does not show key\.$/],
  ];
  for (const [what, path, desired, live, error] of rows) {
    it(`is an error with ${what}`, () => {
      const [field = ""] = path;
      const sides = { desired: { [field]: desired }, observed: { values: { [field]: live } } };
      assert.match(
        unverifiedReason({ operation: { label: "it", definition: { fields } }, origin: "existing", ...sides }, [path]),
        error,
      );
    });
  }
});
