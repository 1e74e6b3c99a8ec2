import assert from "node:assert/strict";
import { campusSeed, type OrganizationConsole } from "../../provider/emulator";
import { count } from "../drivers/calls";
import { begin, type Declared, endAll, type Stored } from "../drivers/stack";
import { dock, genea, group, kisi, lobby, onGuard } from "../resources/declared";

const { acme } = campusSeed;
const token = (console: OrganizationConsole) => console.onGuard()[0]?.rhombusToken ?? "";
const geneaDoors = (console: OrganizationConsole) => console.genea()?.doorInfoMap ?? {};
const onGuardDoors = (console: OrganizationConsole) => console.onGuard()[0]?.doorInfoMap ?? {};
const place = (doorName: string) => ({ placeToSettingsMap: { "41001": { doorInfoMap: { "51001": { doorName } } } } });

/** A property that changes in the program and outside Pulumi, for each way in which values are merged. */
interface Contested {
  readonly path: RegExp;
  declare(value: string, others?: object): Declared;
  /** The values: at first, changed by the program, and changed outside. */
  readonly values: readonly [first: string, changed: string, theirs: string];
  /** Another field, changed by the program. */
  readonly others: object;
  drift(console: OrganizationConsole, theirs: string, stored: Stored): void;
  live(console: OrganizationConsole): unknown;
}

const contested: Readonly<Record<string, Contested>> = {
  "a text": {
    path: /description/,
    declare: (description, others) => group({ description, ...others }),
    values: ["mine", "changed", "theirs"],
    others: { name: "Crew" },
    drift: (console, description, { id }) => console.setGroup(id, { description }),
    live: (console) => console.groups()[0]?.description,
  },
  "a field of a door of a place": {
    path: /placeToSettingsMap\["41001"\]\.doorInfoMap\["51001"\]\.doorName/,
    declare: (doorName, others) => kisi({ ...place(doorName), ...others }),
    values: ["mine", "changed", "theirs"],
    others: { enabled: false },
    drift: (console, doorName) => console.setKisiDoor("41001", "51001", { doorName }),
    live: (console) => console.kisi()?.placeToSettingsMap["41001"]?.doorInfoMap["51001"]?.doorName,
  },
};

describe("drift: the same property changed outside", () => {
  afterEach(endAll);

  for (const [what, { path, declare, values, others, drift, live }] of Object.entries(contested)) {
    const [first, changed, theirs] = values;

    it(`stays, with a warning, if an update changes another field; a refresh shows it, and the next up repairs it: ${what}`, async () => {
      const { stack, console } = await begin();
      await stack.up({ it: declare(first) });
      drift(console, theirs, stack.stored("it"));
      await stack.up({ it: declare(first, others) });
      assert.equal(live(console), theirs);
      assert.match(stack.warnings.join(), new RegExp(`left as it is: .*${path.source} was changed.*pulumi refresh`));
      await stack.refresh();
      assert.deepEqual(await stack.up({ it: declare(first, others) }), { it: "update" });
      assert.deepEqual([live(console), stack.warnings], [first, []]);
      assert.deepEqual(await stack.up({ it: declare(first, others) }), { it: "same" });
    });

    it(`is a conflict if the program changes it too: nothing is written until a refresh has shown it: ${what}`, async () => {
      const { stack, console } = await begin();
      await stack.up({ it: declare(first) });
      const prior = stack.stored("it");
      drift(console, theirs, prior);
      const conflict = `pulumi refresh.*to different values by the program and outside Pulumi.*${path.source}.*Nothing was written`;
      await assert.rejects(stack.up({ it: declare(changed) }), new RegExp(conflict));
      assert.deepEqual([live(console), stack.stored("it")], [theirs, prior]);
      await stack.refresh();
      assert.deepEqual(await stack.up({ it: declare(changed) }), { it: "update" });
      assert.equal(live(console), changed);
    });
  }
});

describe("drift: doors and undeclared fields", () => {
  afterEach(endAll);

  it("keeps a door that was added outside, with a warning, until a refresh", async () => {
    const { stack, console } = await begin();
    const program = { it: onGuard({ doorInfoMap: { "1:4": lobby } }) };
    await stack.up(program);
    console.setOnGuardDoor(token(console), "2:2", { doorName: "Theirs" });
    await stack.up({ it: onGuard({ doorInfoMap: { "1:4": lobby, "1:5": dock } }) });
    assert.match(stack.warnings.join(), /doorInfoMap\["2:2"\] was added/);
    assert.deepEqual(Object.keys(onGuardDoors(console)).sort(), ["1:4", "1:5", "2:2"]);
    await stack.refresh();
    await stack.up(program);
    assert.deepEqual(Object.keys(onGuardDoors(console)), ["1:4"]);
  });

  it("does not restore a door that was removed outside until a refresh", async () => {
    const { stack, console } = await begin();
    const doorInfoMap = { "gd-acme-1001": lobby, "gd-acme-3001": dock };
    await stack.up({ it: genea({ doorInfoMap }) });
    console.setGeneaDoor("gd-acme-1001", undefined);
    const program = { it: genea({ doorInfoMap, saveClips: true }) };
    await stack.up(program);
    assert.match(stack.warnings.join(), /doorInfoMap\["gd-acme-1001"\] was removed/);
    assert.deepEqual(Object.keys(geneaDoors(console)), ["gd-acme-3001"]);
    await stack.refresh();
    await stack.up(program);
    assert.equal(Object.keys(geneaDoors(console)).length, 2);
  });

  it("shows no change of a field that was never declared", async () => {
    const { stack, console } = await begin();
    const program = { onGuard: onGuard(), genea: genea(), group: group() };
    await stack.up(program);
    console.setOnGuardDoor(token(console), "2:2", lobby);
    console.setOnGuardFlags(token(console), { saveClips: true });
    console.setGenea({ flags: { indexFaces: true } });
    console.setGroup(stack.stored("group").id, { description: "theirs", locationUuid: acme.locations.warehouse.uuid });
    await stack.refresh();
    assert.deepEqual(await stack.up(program), { onGuard: "same", genea: "same", group: "same" });
  });
});

describe("drift: an object that was deleted outside", () => {
  afterEach(endAll);

  it("produces a warning that a new OnGuard deployment needs its connector set up again", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: onGuard() });
    console.removeOnGuard();
    assert.deepEqual(await stack.refresh(), ["it"]);
    assert.match(stack.warnings.join(), /OnGuard integration "HQ" is gone.*new webhook URL and secret/);
  });

  for (const [type, id, error] of [
    ["AccessControlGroup", "A".repeat(22), /found nothing with the id "A{22}"\. .*findAccessControlGroupsByOrg/],
    ["OnGuardIntegration", "x", /derived from the deployment's secret token/],
    ["GeneaIntegration", "genea", /its id is "genea"/],
    ["KisiIntegration", "wrong", /its id is "kisi"/],
  ] as const) {
    it(`is an error of ${type}.get, which says where to find ids`, async () => {
      const { stack } = await begin();
      await assert.rejects(stack.get(type, id), error);
    });
  }

  it("is deleted without a call if the state has no token of it", async () => {
    const { emulator, stack, console } = await begin({ seed: "livedIn" });
    for (const rhombusToken of ["", "  ", undefined]) {
      const outputs = { displayName: "x", orgUuid: acme.orgUuid, ...(rhombusToken !== undefined && { rhombusToken }) };
      stack.store("it", { type: "OnGuardIntegration", id: "unknown", inputs: {}, outputs });
      await stack.destroy();
    }
    assert.equal(count(emulator, "deleteHoneywellOnGuardIntegration"), 0);
    assert.equal(console.onGuard().length, 2);
  });
});
