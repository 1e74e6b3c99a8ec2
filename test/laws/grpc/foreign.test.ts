import assert from "node:assert/strict";
import { campusSeed } from "../../../provider/emulator";
import type { ResourceType } from "../../../provider/resources/registry";
import type { Declared, ResourceState } from "../../drivers/engine";
import { GrpcFixture } from "../../drivers/grpc/fixture";
import type { Properties } from "../../drivers/properties";

const { acme, bluebird } = campusSeed;

const ours = (type: ResourceType) => `exports.handler = () => require("pulumi-rhombus/provider").${type};`;

/** What `pulumi.dynamic.Resource` makes of a hand-written provider. Refresh and destroy run it: it must not be left. */
const handWritten = `exports.handler = () => ({ read: () => { throw new Error("old code"); }, delete: async () => {} });`;

/** A state that a hand-written dynamic resource has left, after `aliases` has given it one of our types. */
function left(type: ResourceType, id: string, outputs: Properties, handler = handWritten): ResourceState {
  const all = { ...outputs, __provider: handler };
  return { type, id, inputs: all, outputs: all, initErrors: [] };
}

/** States of one group as various hands may have written them. */
const shapes: Readonly<Record<string, Properties>> = {
  "our names": { name: "Staff", description: "Old words", userUuids: [acme.users.ada.uuid] },
  "other names": { groupName: "Staff", members: [acme.users.ada.uuid], apiToken: "x" },
  "nothing at all": {},
  "our names with other types": {
    name: 7,
    description: ["x"],
    userUuids: "none",
    membership: {},
    adopt: 1,
    orgUuid: 3,
  },
  "our names with other values": {
    name: "Other",
    locationUuid: acme.locations.warehouse.uuid,
    __mark: 5,
    __unasked: 3,
  },
};

const group: Declared = {
  type: "AccessControlGroup",
  inputs: { name: "Staff", description: "New words", userUuids: [acme.users.ada.uuid, acme.users.ben.uuid] },
};

describe("A state that a hand-written dynamic resource has left", function () {
  this.timeout(30_000);
  const fixture = GrpcFixture.here();

  for (const [shape, outputs] of Object.entries(shapes)) {
    it(`is updated once, and then is like any state of ours, with ${shape}`, async () => {
      const id = fixture.console.addGroup({ name: "Staff", description: "Old words" });
      const { step, state } = await fixture.during((engine) => engine.up(group, left(group.type, id, outputs)));
      assert.equal(step, "update");
      assert.deepEqual([state.initErrors, state.id, state.outputs.__provider], [[], id, ours(group.type)]);
      assert.deepEqual(
        Object.keys(state.outputs)
          .filter((name) => name.startsWith("__"))
          .sort(),
        ["__format", "__mark", "__observed", "__provider"],
      );
      assert.equal(fixture.console.groups()[0]?.description, "New words");
      assert.equal((await fixture.during((engine) => engine.preview(group, state))).step, "same");
      const refreshed = await fixture.during((engine) => engine.refresh(state));
      assert.deepEqual(refreshed?.outputs, state.outputs);
      await fixture.during((engine) => engine.destroy(state));
      assert.deepEqual(fixture.console.groups(), []);
    });
  }

  it("is updated also where nothing else differs, or only blanks of our own line", async () => {
    const id = fixture.console.addGroup({ name: "Staff" });
    const declared: Declared = { type: "AccessControlGroup", inputs: { name: "Staff" } };
    for (const handler of [handWritten, `${ours("AccessControlGroup")}\n`, ours("GeneaIntegration"), ""]) {
      const before = left("AccessControlGroup", id, { name: "Staff" }, handler);
      const { step, state } = await fixture.during((engine) => engine.up(declared, before));
      assert.deepEqual([step, state.outputs.__provider], ["update", ours("AccessControlGroup")]);
    }
  });

  it("never leads to a replacement: what would replace is said, and nothing is written", async () => {
    const { headquarters, warehouse } = acme.locations;
    const id = fixture.console.addGroup({ name: "Staff", locationUuid: headquarters.uuid });
    const declared: Declared = {
      type: "AccessControlGroup",
      inputs: { name: "Staff", description: "New", locationUuid: warehouse.uuid },
    };
    const before = left("AccessControlGroup", id, {});
    await fixture.during(async (engine) => {
      assert.equal((await engine.preview(declared, before)).step, "update");
      await assert.rejects(
        engine.up(declared, before),
        /"Staff" cannot be adopted: its locationUuid is .*Declare the current value/,
      );
    });
    assert.equal(fixture.console.groups()[0]?.description, null);
  });

  it("is brought to what is declared, which the plan shows, whatever is live by now", async () => {
    const id = fixture.console.addGroup({ name: "Staff", description: "Changed meanwhile" });
    const before = left("AccessControlGroup", id, { name: "Staff", description: "Old words" });
    const { state } = await fixture.during((engine) => engine.up(group, before));
    assert.deepEqual([state.initErrors, fixture.console.groups()[0]?.description], [[], "New words"]);
  });

  it("is updated for the singletons whose id is ours", async () => {
    fixture.console.setGenea({ apiToken: acme.genea.apiToken, doorInfoMap: {} });
    fixture.console.setKisi({ apiSecretKey: acme.kisi.apiSecretKey });
    const singletons: [Declared, string][] = [
      [{ type: "GeneaIntegration", inputs: { apiToken: acme.genea.apiToken, saveClips: true } }, "genea"],
      [{ type: "KisiIntegration", inputs: { apiSecretKey: acme.kisi.apiSecretKey } }, "kisi"],
    ];
    for (const [declared, id] of singletons) {
      const before = left(declared.type, id, { doorInfoMap: [], placeToSettingsMap: "x", rhombusToken: 1 });
      const { step, state } = await fixture.during((engine) => engine.up(declared, before));
      assert.deepEqual([step, state.initErrors, state.outputs.__provider], ["update", [], ours(declared.type)]);
      assert.equal((await fixture.during((engine) => engine.preview(declared, state))).step, "same");
    }
  });

  it("under an id that is not ours is an error that names the resource and the way out, and no secret", async () => {
    const { rhombusToken } = fixture.console.addOnGuard({ displayName: "HQ" });
    fixture.console.setGenea({ apiToken: acme.genea.apiToken });
    const strangers: [Declared, string, RegExp][] = [
      [{ type: "OnGuardIntegration", inputs: { displayName: "HQ" } }, rhombusToken, /the OnGuard integration "HQ"/],
      [{ type: "GeneaIntegration", inputs: { saveClips: true } }, "genea-1", /organization's Genea integration/],
      [{ type: "AccessControlGroup", inputs: { name: "Staff" } }, "Staff", /the access control group "Staff"/],
    ];
    for (const [declared, id, said] of strangers) {
      const refused = fixture.during((engine) => engine.up(declared, left(declared.type, id, {})));
      await assert.rejects(refused, (error) => {
        const text = String(error);
        assert.match(text, said);
        assert.match(text, /cannot be taken over .*Nothing was written.*`pulumi state delete`.*`adopt: true`/);
        assert.ok(!text.includes(rhombusToken), text);
        return true;
      });
    }
  });

  it("of another organization is not touched", async () => {
    fixture.console.setGenea({ apiToken: acme.genea.apiToken });
    const before = left("GeneaIntegration", "genea", { orgUuid: bluebird.orgUuid });
    const declared: Declared = { type: "GeneaIntegration", inputs: { saveClips: true } };
    await assert.rejects(
      fixture.during((engine) => engine.up(declared, before)),
      new RegExp(`belongs to the organization ${bluebird.orgUuid}`),
    );
  });

  it("written by a newer version is refused as ever", async () => {
    const before = left("AccessControlGroup", "x", { __format: 2 });
    await assert.rejects(
      fixture.during((engine) => engine.preview(group, before)),
      /A newer pulumi-rhombus wrote this state/,
    );
  });
});
