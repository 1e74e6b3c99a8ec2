import assert from "node:assert/strict";
import { campusSeed } from "../../provider/emulator";
import { begin, type Declared, endAll } from "../drivers/stack";
import { dock, genea, group, kisi, lobby, onGuard } from "../resources/declared";

const { acme } = campusSeed;
const places = { "41001": { saveClips: true, doorInfoMap: { "51001": lobby } } };

/** Collections: a declaration, a value and the empty value. */
const collections: Readonly<
  Record<string, { declare: (value?: unknown) => Declared; value: unknown; empty: unknown }>
> = {
  "OnGuard doorInfoMap": {
    declare: (doorInfoMap) => onGuard(doorInfoMap === undefined ? {} : { doorInfoMap }),
    value: { "1:4": lobby },
    empty: {},
  },
  "Genea doorInfoMap": {
    declare: (doorInfoMap) => genea(doorInfoMap === undefined ? {} : { doorInfoMap }),
    value: { "gd-acme-1001": lobby },
    empty: {},
  },
  "Kisi placeToSettingsMap": {
    declare: (placeToSettingsMap) => kisi(placeToSettingsMap === undefined ? {} : { placeToSettingsMap }),
    value: places,
    empty: {},
  },
  "Kisi doorToCameraMap": {
    declare: (doorToCameraMap) =>
      kisi({ apiVersion: "V1", ...(doorToCameraMap === undefined ? {} : { doorToCameraMap }) }),
    value: { "51001": [acme.cameras.lobby.uuid] },
    empty: {},
  },
  "Kisi doorInfoMap": {
    declare: (doorInfoMap) => kisi({ apiVersion: "V1", ...(doorInfoMap === undefined ? {} : { doorInfoMap }) }),
    value: { "51001": lobby },
    empty: {},
  },
  "group userUuids": {
    declare: (userUuids) => group(userUuids === undefined ? {} : { userUuids }),
    value: [acme.users.ada.uuid],
    empty: [],
  },
};

describe("a field that is no longer declared", () => {
  afterEach(endAll);

  for (const [what, { declare, value, empty }] of Object.entries(collections)) {
    const field = what.split(" ")[1] ?? "";
    const liveIn = (text: string) => /"(51001|gd-acme-1001|1:4)"/.test(text) || text.includes(acme.users.ada.uuid);

    it(`${what} stays live, with a warning`, async () => {
      const { stack, console } = await begin();
      await stack.up({ it: declare(value) });
      assert.deepEqual(await stack.preview({ it: declare() }), { it: "update" });
      assert.match(
        stack.warnings.join(),
        new RegExp(`${field} is no longer declared: the current value in Rhombus stays`),
      );
      await stack.up({ it: declare() });
      assert.ok(liveIn(JSON.stringify([console.onGuard(), console.genea(), console.kisi(), console.groups()])));
      assert.ok(!(field in stack.stored("it").outputs));
      await stack.refresh();
      assert.deepEqual(await stack.up({ it: declare() }), { it: "same" });
    });

    it(`${what} is cleared by an explicit ${JSON.stringify(empty)}`, async () => {
      const { stack, console } = await begin();
      await stack.up({ it: declare(value) });
      await stack.up({ it: declare(empty) });
      assert.ok(!liveIn(JSON.stringify([console.onGuard(), console.genea(), console.kisi(), console.groups()])));
      await stack.refresh();
      assert.deepEqual(await stack.up({ it: declare(empty) }), { it: "same" });
    });
  }

  const emptied: readonly [string, Declared, Declared][] = [
    ...Object.entries(collections).map(([what, { declare, empty }]): [string, Declared, Declared] => {
      return [what, declare(empty), declare()];
    }),
    ["Kisi defaultOptions", kisi({ defaultOptions: {} }), kisi()],
    ["Kisi defaultOptions of nothing but defaults", kisi({ defaultOptions: { saveClips: false } }), kisi()],
  ];
  for (const [what, declared, undeclared] of emptied) {
    it(`${what} that was declared as empty: the warning does not ask for an empty declaration`, async () => {
      const { stack } = await begin();
      await stack.up({ it: declared });
      await stack.preview({ it: undeclared });
      assert.match(stack.warnings.join(), /is no longer declared: the current value in Rhombus stays/);
      assert.doesNotMatch(stack.warnings.join(), /declare it as empty/);
    });
  }

  it("a collection that was declared as empty and has entries now: the warning says how to remove them", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: group({ userUuids: [] }) });
    console.setGroupMembers(stack.stored("it").id, [acme.users.ada.uuid]);
    await stack.refresh();
    await stack.preview({ it: group() });
    assert.match(stack.warnings.join(), /To remove it, declare it as empty first/);
  });

  const scalars: readonly [string, Declared, Declared, unknown][] = [
    ["a description", group({ description: "x" }), group(), null],
    ["an OnGuard flag", onGuard({ saveClips: true }), onGuard(), false],
    ["an OnGuard mode", onGuard({ badgeFaceVerificationMode: "AUTO" }), onGuard(), "OFF"],
    ["Genea's enabled", genea({ enabled: false }), genea(), true],
    ["Kisi's enabled", kisi({ enabled: false }), kisi(), true],
  ];
  for (const [what, declared, undeclared, expected] of scalars) {
    it(`${what} is reset to ${expected}`, async () => {
      const { stack, console } = await begin();
      await stack.up({ it: declared });
      await stack.up({ it: undeclared });
      const live = [
        console.groups()[0]?.description,
        console.onGuard()[0]?.flags[what.endsWith("mode") ? "badgeFaceVerificationMode" : "saveClips"],
        console.genea()?.flags.enabled,
        console.kisi()?.enabled,
      ];
      assert.equal(
        live.find((each) => each !== undefined),
        expected,
      );
      assert.deepEqual(stack.warnings, []);
    });
  }

  it("a field of a door is reset, the rest of the door stays", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: onGuard({ doorInfoMap: { "1:4": { ...lobby, clipDuration: 20, remoteUnlock: true } } }) });
    await stack.up({ it: onGuard({ doorInfoMap: { "1:4": { doorName: "Lobby" } } }) });
    const { doorName, clipDuration, assignedCameraList, remoteUnlock } = console.onGuard()[0]?.doorInfoMap["1:4"] ?? {};
    assert.deepEqual(
      [doorName, clipDuration ?? 0, assignedCameraList ?? [], remoteUnlock ?? false],
      ["Lobby", 0, [], false],
    );
  });

  it("a field of a door that was cleared outside is removed from the state", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: genea({ doorInfoMap: { d1: { ...lobby, clipDuration: 20 } } }) });
    console.setGeneaDoor("d1", lobby);
    await stack.refresh();
    const program = { it: genea({ doorInfoMap: { d1: lobby } }) };
    assert.deepEqual([await stack.up(program), await stack.up(program)], [{ it: "update" }, { it: "same" }]);
    const { doorInfoMap } = stack.stored("it").outputs;
    assert.deepEqual(doorInfoMap, { d1: lobby });
    await stack.refresh();
    assert.deepEqual(stack.stored("it").inputs.doorInfoMap, doorInfoMap);
  });

  it("a field of a door that is declared as empty is managed", async () => {
    const { stack, console } = await begin();
    const program = { it: genea({ doorInfoMap: { d1: { ...lobby, remoteUnlock: false } } }) };
    await stack.up({ it: genea({ doorInfoMap: { d1: lobby } }) });
    await stack.up(program);
    console.setGeneaDoor("d1", { ...lobby, remoteUnlock: true });
    await stack.refresh();
    assert.deepEqual(await stack.up(program), { it: "update" });
    assert.equal(console.genea()?.doorInfoMap.d1?.remoteUnlock ?? false, false);
  });

  for (const [what, declared, undeclared, stored] of [
    ["Genea", genea(), genea({ apiToken: undefined }), acme.genea.apiToken],
    ["Kisi", kisi(), kisi({ apiSecretKey: undefined }), acme.kisi.apiSecretKey],
  ] as const) {
    it(`the key of ${what} stays in use, with a warning`, async () => {
      const { stack, console } = await begin();
      await stack.up({ it: declared });
      await stack.preview({ it: undeclared });
      assert.match(stack.warnings.join(), /is no longer declared: the stored key stays in use/);
      await stack.up({ it: undeclared });
      assert.equal(console.genea()?.apiToken ?? console.kisi()?.apiSecretKey, stored);
      assert.deepEqual(await stack.up({ it: undeclared }), { it: "same" });
    });
  }

  it("an empty door map of a new resource is managed", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: onGuard({ doorInfoMap: {} }) });
    console.setOnGuardDoor(console.onGuard()[0]?.rhombusToken ?? "", "1:4", dock);
    await stack.refresh();
    assert.deepEqual(await stack.up({ it: onGuard({ doorInfoMap: {} }) }), { it: "update" });
    assert.deepEqual(console.onGuard()[0]?.doorInfoMap, {});
  });
});
