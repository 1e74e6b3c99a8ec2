import assert from "node:assert/strict";
import { campusSeed, type LoggedRequest, livedInSeed } from "../../provider/emulator";
import { writes } from "../drivers/calls";
import { begin, type Declared, endAll } from "../drivers/stack";
import { adopting, dock, genea, group, kisi, onGuard } from "../resources/declared";

const { acme } = campusSeed;
const create = "createAccessControlGroup";

/** Declarations of objects that the seed `livedIn` contains. */
const existing: Readonly<Record<string, Declared>> = {
  "a group": group({ name: "engineering" }),
  "an OnGuard deployment": onGuard({ displayName: "Headquarters OnGuard" }),
  "the Genea integration": genea(),
  "the Kisi integration": kisi(),
  "the Kisi integration of the first version": kisi({ apiVersion: "V1" }),
};

describe("creating an object that already exists", () => {
  afterEach(endAll);

  for (const [what, declared] of Object.entries(existing)) {
    it(`is an error that names the ways out: ${what}`, async () => {
      const { emulator, stack } = await begin({ seed: "livedIn" });
      await assert.rejects(
        stack.up({ it: declared }),
        /already exists.*interrupted run may have created it.*`adopt: true`.*`npx pulumi-rhombus import --match --apply`.*`aliases`/,
      );
      assert.deepEqual([writes(emulator), stack.has("it")], [[], false]);
    });

    for (const seed of ["livedIn", "campus"] as const) {
      it(`with adopt: true ${seed === "campus" ? "creates it if there is none" : "takes it over"}, and shows no change afterwards: ${what}`, async () => {
        const { stack, emulator } = await begin({ seed });
        const before = seed === "campus" ? 1 : emulator.remains().length;
        assert.deepEqual(await stack.up({ it: adopting(declared) }), { it: "create" });
        assert.deepEqual(await stack.up({ it: adopting(declared) }), { it: "same" });
        await stack.refresh();
        assert.deepEqual(await stack.up({ it: declared }), { it: "same" });
        assert.equal(emulator.remains().length, before);
      });
    }
  }

  for (const adopt of [false, true]) {
    it(`is no error if the object was removed since the listing, adopt: ${adopt}`, async () => {
      const onRequest = ({ operation }: LoggedRequest) => operation === create && console.removeGroup(uuid);
      const { stack, console } = await begin({ onRequest });
      const uuid = console.addGroup({ name: "Staff" });
      await stack.up({ other: group({ name: "Other" }), it: group({ adopt }) });
      assert.deepEqual(console.groups().length, 2);
      assert.notEqual(stack.stored("it").id, uuid);
    });
  }

  it("ignores groups of guest management", async () => {
    const { stack, console } = await begin({ seed: "livedIn", behaviours: { groupNames: "duplicates" } });
    await stack.up({ it: group({ name: "Guest hosts", adopt: true }) });
    assert.notEqual(stack.stored("it").id, livedInSeed.groups.guestHosts);
    assert.equal(console.groups().filter(({ name }) => name === "Guest hosts").length, 2);
  });

  it("with adopt: true leaves what the program does not declare", async () => {
    const { stack, console } = await begin({ seed: "livedIn" });
    const [before] = console.onGuard();
    await stack.up({ it: onGuard({ displayName: "Headquarters OnGuard", adopt: true }) });
    assert.deepEqual(console.onGuard()[0], before);
  });

  it("with adopt: true writes what is declared, and warns of other doors", async () => {
    const { stack, console } = await begin({ seed: "livedIn" });
    const inputs = { displayName: "Headquarters OnGuard", adopt: true, doorInfoMap: { "1:4": dock }, saveClips: false };
    await stack.up({ it: onGuard(inputs) });
    const [live] = console.onGuard();
    assert.deepEqual([live?.doorInfoMap["1:4"]?.doorName, live?.doorInfoMap["1:7"]?.doorName], ["Dock", "Server room"]);
    assert.equal(live?.flags.saveClips, false);
    assert.match(stack.warnings.join(), /doorInfoMap\["1:7"\] was added/);
  });

  it("with adopt: true is an error if a difference would replace the object", async () => {
    const { stack } = await begin({ seed: "livedIn" });
    const declared = group({ name: "Facilities", adopt: true, locationUuid: acme.locations.warehouse.uuid });
    await assert.rejects(stack.up({ it: declared }), /cannot be adopted: its locationUuid is .* would replace it/);
  });

  it("with adopt: true is an error that lists the objects if several match", async () => {
    const { stack, console } = await begin({ seed: "livedIn", behaviours: { groupNames: "duplicates" } });
    const duplicate = console.addGroup({ name: "ENGINEERING" });
    console.addOnGuard({ displayName: "Headquarters OnGuard" });
    await assert.rejects(
      stack.up({ it: group({ name: "Engineering", adopt: true }) }),
      new RegExp(`exists 2 times \\(ids ${livedInSeed.groups.engineering}, ${duplicate}\\)`),
    );
    await assert.rejects(
      stack.up({ it: onGuard({ displayName: "Headquarters OnGuard", adopt: true }) }),
      /exists 2 times \(ids .*\).*Nothing was adopted/,
    );
  });
});
