import assert from "node:assert/strict";
import { unverifiedReason } from "../../provider/core/reconcile/unverified";
import { text } from "../../provider/core/schema/fields";
import { campusSeed } from "../../provider/emulator";
import { writes } from "../drivers/calls";
import { begin, type Declared, endAll } from "../drivers/stack";
import { genea, group, kisi, onGuard } from "../resources/declared";

const { acme } = campusSeed;

/** A text that a vendor may normalize in every way at once, and its normalized form. */
const untidy = "\t Cafe\u0301\r\nand bar\r";
const tidied = "Caf\u00e9\nand bar";

/** Every free text that a program declares. */
const places: Readonly<Record<string, (text: string) => Declared>> = {
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

  for (const [what, declare] of Object.entries(places)) {
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

  it("shows a change to another text, and then none", async () => {
    const { stack } = await begin({ behaviours: { texts: "tidied" } });
    await stack.up({ it: group({ description: "One\r\n" }) });
    for (const step of ["update", "same"]) {
      assert.deepEqual(await stack.up({ it: group({ description: "Two\r\n" }) }), { it: step });
    }
  });

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

  it("does not make vendor keys equal", async () => {
    const { stack, emulator } = await begin();
    const keys = ["Cafe\u0301-key", "Caf\u00e9-key"] as const;
    await assert.rejects(stack.up({ it: genea({ apiToken: keys[0] }) }));
    await stack.up({ it: genea() });
    emulator.clearRequests();
    await assert.rejects(stack.up({ it: genea({ apiToken: `${acme.genea.apiToken}\u0301` }) }));
  });
});

describe("a text that Rhombus does not store", () => {
  afterEach(endAll);

  it("is an error with both values", async () => {
    const { stack } = await begin({ behaviours: { nulls: "keeps", emptyDescription: "keeps" } });
    await stack.up({ it: group({ description: "All of us" }) });
    await assert.rejects(
      stack.up({ it: group() }),
      /does not show it at description\. At description it shows "All of us" instead of nothing\. /,
    );
  });

  it("is an error with the part that differs", async () => {
    const { emulator, stack } = await begin();
    const long = `${"All of us, first. ".repeat(9)}And then the others. ${"And so on. ".repeat(9)}`;
    await stack.up({ it: group() });
    const { id } = stack.stored("it");
    const shown = { uuid: id, orgUuid: acme.orgUuid, name: "Staff", description: long.replace("then", "than") };
    const answer = (body: object) => ({ kind: "status", status: 200, body, when: "before" }) as const;
    emulator.fail({ operation: "findAccessControlGroupsByOrg", with: answer({ groups: [shown] }), times: 99 });
    emulator.fail({ operation: "updateAccessControlGroup", with: answer({ group: shown }), times: 99 });
    await assert.rejects(
      stack.up({ it: group({ description: long }) }),
      /At description it shows "….*And than the others[^"]{1,40}…" instead of "….*And then the others[^"]{1,40}…"\./,
    );
  });

  it("is an error that names only the path of a missing door", async () => {
    const { emulator, stack } = await begin({ behaviours: { failedDoors: true } });
    await stack.up({ it: genea() });
    emulator.behave({ doorWrites: "merge", nulls: "keeps" });
    const doors = (doorName?: string) => ({
      [acme.genea.doors.lobby.id]: { leadingSeconds: 5, ...(doorName && { doorName }) },
    });
    const program = { it: genea({ doorInfoMap: { ...doors("Lobby"), nowhere: { doorName: "Nowhere" } } }) };
    await assert.rejects(stack.up(program), /does not show it at doorInfoMap\.nowhere\. Correct the program/);
  });

  it("is not shown if it is a secret", () => {
    const fields = { key: text({ secret: true }), name: text() };
    const sides = { desired: { key: "mine", name: "a" }, observed: { values: { key: "theirs", name: "b" } } };
    const run = { label: "it", definition: { fields } };
    const message = unverifiedReason({ run, ...sides }, [["key"], ["name"]]);
    assert.match(message, /does not show it at key, name\. At name it shows "b" instead of "a"\. Correct/);
    assert.doesNotMatch(message, /mine|theirs/);
  });
});
