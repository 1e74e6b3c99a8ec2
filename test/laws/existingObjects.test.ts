import assert from "node:assert/strict";
import { campusSeed, type LoggedRequest, livedInSeed } from "../../provider/emulator";
import { writes } from "../drivers/calls";
import { begin, endAll } from "../drivers/stack";
import { adopting, dock, group, onGuard } from "../resources/declared";
import { everyResource } from "./everyResource";

const { acme } = campusSeed;
const create = "createAccessControlGroup";

describe("creating an object that already exists", () => {
  afterEach(endAll);

  it("is an error that names the ways out", async () => {
    const { emulator, stack } = await begin({ seed: "livedIn" });
    const ways = /`adopt: true`.*`npx pulumi-rhombus import --match --apply`.*already exists in Rhombus.*`aliases`/;
    await assert.rejects(stack.up({ it: group({ name: "engineering" }) }), ways);
    assert.deepEqual([writes(emulator), stack.has("it")], [[], false]);
  });

  it("with adopt: true creates it if there is none", async () => {
    const { stack } = await begin();
    for (const [what, declared] of everyResource) {
      await stack.up({ [what]: adopting(declared) });
      assert.deepEqual(await stack.up({ [what]: declared }), { [what]: "same" });
      await stack.destroy();
    }
  });

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
    await assert.rejects(
      stack.up({ it: declared }),
      /Declare the current locationUuid, .*: .* cannot be adopted\. .* would replace the object/,
    );
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
      /exists 2 times \(ids .*\).*None was taken into the state/,
    );
  });
});
