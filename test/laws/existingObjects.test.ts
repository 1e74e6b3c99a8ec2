import assert from "node:assert/strict";
import { campusSeed, type LoggedRequest, livedInSeed, type OperationName } from "../../provider/emulator";
import { count } from "../drivers/calls";
import { begin, type Declared, endAll } from "../drivers/stack";
import { adopting, dock, genea, group, kisi, onGuard } from "../resources/declared";

const { acme } = campusSeed;

/** Declarations of objects that the seed `livedIn` contains. */
const existing: Readonly<Record<string, { declared: Declared; write: OperationName }>> = {
  "a group": { declared: group({ name: "engineering" }), write: "createAccessControlGroup" },
  "an OnGuard deployment": {
    declared: onGuard({ displayName: "Headquarters OnGuard" }),
    write: "createOrUpdateHoneywellOnGuardIntegration",
  },
  "the Genea integration": { declared: genea(), write: "updateGeneaIntegrationV2" },
  "the Kisi integration": { declared: kisi(), write: "updateKisiIntegrationV2" },
  "the Kisi integration of V1": { declared: kisi({ apiVersion: "V1" }), write: "updateKisiIntegration" },
};

describe("creating an object that already exists", () => {
  afterEach(endAll);

  for (const [what, { declared, write }] of Object.entries(existing)) {
    it(`is an error that names the ways out: ${what}`, async () => {
      const { emulator, stack } = await begin({ seed: "livedIn" });
      await assert.rejects(
        stack.up({ it: declared }),
        /already exists.*interrupted run may have created it.*`adopt: true`.*`npx pulumi-rhombus import --match --apply`.*`aliases`/,
      );
      assert.equal(count(emulator, write), 0);
      assert.ok(!stack.has("it"));
    });

    it(`with adopt: true takes it over, and shows no change afterwards: ${what}`, async () => {
      const { stack } = await begin({ seed: "livedIn" });
      assert.deepEqual(await stack.up({ it: adopting(declared) }), { it: "create" });
      assert.deepEqual(await stack.up({ it: adopting(declared) }), { it: "same" });
      await stack.refresh();
      assert.deepEqual(await stack.up({ it: declared }), { it: "same" });
    });

    it(`with adopt: true creates it if there is none: ${what}`, async () => {
      const { emulator, stack } = await begin();
      await stack.up({ it: adopting(declared) });
      assert.equal(emulator.remains().length, 1);
      assert.deepEqual(await stack.up({ it: adopting(declared) }), { it: "same" });
    });
  }

  it("reads again before a name counts as taken", async () => {
    const onRequest = ({ operation }: LoggedRequest) =>
      operation === "createAccessControlGroup" && console.removeGroup(uuid);
    const { stack, console } = await begin({ onRequest });
    const uuid = console.addGroup({ name: "Staff" });
    await stack.up({ other: group({ name: "Other" }), it: group() });
    assert.equal(console.groups().length, 2);
  });

  it("with adopt: true creates an object that was just removed", async () => {
    const onRequest = ({ operation }: LoggedRequest) =>
      operation === "createAccessControlGroup" && uuid !== undefined && console.removeGroup(uuid);
    let uuid: string | undefined;
    const { stack, console } = await begin({ onRequest });
    uuid = console.addGroup({ name: "Staff" });
    await stack.up({ other: group({ name: "Other" }), it: group({ adopt: true }) });
    assert.deepEqual(
      console
        .groups()
        .map(({ name }) => name)
        .sort(),
      ["Other", "Staff"],
    );
    assert.notEqual(stack.stored("it").id, uuid);
  });

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

  it("with adopt: true is an error that lists the groups if several match", async () => {
    const { stack, console } = await begin({ seed: "livedIn", behaviours: { groupNames: "duplicates" } });
    const duplicate = console.addGroup({ name: "ENGINEERING" });
    await assert.rejects(
      stack.up({ it: group({ name: "Engineering", adopt: true }) }),
      new RegExp(`exists 2 times \\(ids ${livedInSeed.groups.engineering}, ${duplicate}\\)`),
    );
  });

  it("with adopt: true is an error that lists the deployments if several match", async () => {
    const { stack, console } = await begin({ seed: "livedIn" });
    console.addOnGuard({ displayName: "Headquarters OnGuard" });
    const declared = onGuard({ displayName: "Headquarters OnGuard", adopt: true });
    await assert.rejects(stack.up({ it: declared }), /exists 2 times \(ids .*\).*Nothing was adopted/);
  });
});
