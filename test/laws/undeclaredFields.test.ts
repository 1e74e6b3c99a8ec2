import assert from "node:assert/strict";
import { campusSeed, type OrganizationConsole } from "../../provider/emulator";
import { definitionOf, type ResourceType } from "../../provider/resources/registry";
import { begin, type Declared, endAll, type Properties } from "../drivers/stack";
import { dock, genea, group, kisi, lobby, onGuard } from "../resources/declared";
import { resourceFacts, samples } from "../resources/facts";
import { withoutBlanks } from "./contract/properties";
import { isFixed } from "./everyResource";

const { ada } = campusSeed.acme.users;

describe("a field that is no longer declared", () => {
  afterEach(endAll);

  for (const [name, { type, least, fields }] of Object.entries(samples)) {
    const declare = (inputs: Properties = {}): Declared => ({ type, inputs: { ...least, ...inputs } });
    const content = (console: OrganizationConsole) => resourceFacts[type].objects(console);
    const isRequired = (field: string) => definitionOf(type).fields[field]?.modifiers.required ?? false;
    const changeable = Object.entries(fields).filter(([field]) => !isFixed(type, field) && !isRequired(field));
    const scalars = changeable.filter(([, [value]]) => typeof value !== "object");
    const sets = changeable.filter(([, [value]]) => typeof value === "object");
    const isEmptied = (field: string) => definitionOf(type).fields[field]?.modifiers.whenUndeclared !== undefined;
    const collections = sets.filter(([field]) => !isEmptied(field));

    if (scalars.length > 0)
      it(`is reset if it is a scalar, without a warning: ${name}`, async () => {
        const { stack, console } = await begin();
        await stack.up({ it: declare() });
        const before = content(console);
        for (const [field, [value]] of scalars) {
          await stack.up({ it: declare({ [field]: value }) });
          assert.notDeepEqual(content(console), before, field);
          await stack.up({ it: declare() });
          assert.deepEqual(withoutBlanks(content(console)), withoutBlanks(before), field);
          assert.deepEqual(stack.warnings, []);
        }
      });

    for (const [field, [value]] of sets.filter(([each]) => isEmptied(each))) {
      it(`is emptied if the program manages it as a whole: ${name}, ${field}`, async () => {
        const { stack, console } = await begin();
        const { [field]: _, ...others } = least;
        const empty = { it: { type, inputs: { ...others, ...emptySets(type), [field]: [] } } };
        const undeclared = { it: { type, inputs: { ...others, ...emptySets(type), [field]: undefined } } };
        await stack.up(empty);
        const before = content(console);
        await stack.up({ it: declare({ ...emptySets(type), [field]: value }) });
        assert.deepEqual(await stack.up(undeclared), { it: "update" });
        assert.deepEqual([content(console), stack.warnings], [before, []]);
        await stack.refresh();
        assert.deepEqual(await stack.up(empty), { it: "same" });
      });
    }

    for (const [field, [value]] of collections) {
      const empty = Array.isArray(value) ? [] : {};

      it(`stays live if it is a collection, with a warning, and can be cleared: ${name}, ${field}`, async () => {
        const { stack, console } = await begin();
        await stack.up({ it: declare({ [field]: value }) });
        const before = content(console);
        assert.deepEqual(await stack.preview({ it: declare() }), { it: "update" });
        assert.match(stack.warnings.join(), new RegExp(`${field} is no longer declared: the current value in Rhombus`));
        await stack.up({ it: declare() });
        assert.deepEqual(content(console), before);
        assert.ok(!(field in stack.stored("it").outputs));
        await stack.refresh();
        assert.deepEqual(await stack.up({ it: declare() }), { it: "same" });
        await stack.up({ it: declare({ [field]: value }) });
        await stack.up({ it: declare({ [field]: empty }) });
        assert.notDeepEqual(content(console), before);
        await stack.refresh();
        assert.deepEqual(await stack.up({ it: declare({ [field]: empty }) }), { it: "same" });
        await stack.preview({ it: declare() });
        assert.match(stack.warnings.join(), /is no longer declared: the current value in Rhombus stays/);
        assert.doesNotMatch(stack.warnings.join(), /declare it as empty/);
      });
    }
  }

  it("produces a warning that asks for an empty declaration first only if entries would stay", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: group({ userUuids: [] }), kisi: kisi({ defaultOptions: { saveClips: false } }) });
    await stack.preview({ it: group(), kisi: kisi() });
    assert.match(stack.warnings.join(), /is no longer declared/);
    assert.doesNotMatch(stack.warnings.join(), /declare it as empty/);
    console.setGroupMembers(stack.stored("it").id, [ada.uuid]);
    await stack.refresh();
    await stack.preview({ it: group(), kisi: kisi() });
    assert.match(stack.warnings.join(), /To remove it, declare it as empty first/);
  });

  it("is reset if it is a field of a door, and the rest of the door stays", async () => {
    const { stack, console } = await begin();
    const door = (others: object) => genea({ doorInfoMap: { d1: { doorName: "Lobby", ...others } } });
    await stack.up({ it: door({ clipDuration: 20, remoteUnlock: true, ...lobby }) });
    await stack.up({ it: door({}) });
    assert.deepEqual(withoutBlanks(console.genea()?.doorInfoMap.d1), { doorName: "Lobby", assignedCameraList: [] });
  });

  it("is removed from the state if it is a field of a door that was cleared outside", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: genea({ doorInfoMap: { d1: { ...lobby, clipDuration: 20 } } }) });
    console.setGeneaDoor("d1", lobby);
    await stack.refresh();
    const program = { it: genea({ doorInfoMap: { d1: lobby } }) };
    assert.deepEqual([await stack.up(program), await stack.up(program)], [{ it: "update" }, { it: "same" }]);
    await stack.refresh();
    const { inputs, outputs } = stack.stored("it");
    assert.deepEqual([inputs.doorInfoMap, outputs.doorInfoMap], [{ d1: lobby }, { d1: lobby }]);
  });
});

/** Empty values of the sets that a program manages as a whole: some of them must be declared. */
function emptySets(type: ResourceType): Properties {
  const { fields } = definitionOf(type);
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, { each, modifiers }]) =>
      each && modifiers.whenUndeclared ? [[name, []]] : [],
    ),
  );
}

describe("a field that is declared as empty", () => {
  afterEach(endAll);

  it("is managed, as the door map of a new resource and as a field of a door", async () => {
    const { stack, console } = await begin();
    const program = {
      map: onGuard({ doorInfoMap: {} }),
      field: genea({ doorInfoMap: { d1: { ...lobby, remoteUnlock: false } } }),
    };
    await stack.up(program);
    console.setOnGuardDoor(console.onGuard()[0]?.rhombusToken ?? "", "1:4", dock);
    console.setGeneaDoor("d1", { ...lobby, remoteUnlock: true });
    await stack.refresh();
    assert.deepEqual(await stack.up(program), { map: "update", field: "update" });
    assert.deepEqual(console.onGuard()[0]?.doorInfoMap, {});
    assert.equal(console.genea()?.doorInfoMap.d1?.remoteUnlock ?? false, false);
  });
});
