import assert from "node:assert/strict";
import { campusSeed } from "../../../provider/emulator";
import { handlerText } from "../../../provider/pulumi/handler";
import type { ResourceType } from "../../../provider/resources/registry";
import type { Declared, ResourceState } from "../../drivers/engine";
import { GrpcFixture } from "../../drivers/grpc/fixture";
import type { Properties } from "../../drivers/properties";

const { users, genea, kisi, locations } = campusSeed.acme;

/** The code that `pulumi.dynamic.Resource` stores for a hand-written provider. Refresh and destroy run it. */
const handWritten = `exports.handler = () => ({ read: () => { throw new Error("old code"); }, delete: async () => {} });`;

/** The state of a hand-written dynamic resource, after `aliases` gave it a type of this package. */
function foreignState(type: ResourceType, id: string, outputs: Properties, handler = handWritten): ResourceState {
  const all = { ...outputs, __provider: handler };
  return { type, id, inputs: all, outputs: all, initErrors: [] };
}

/** The outputs of a group in states of hand-written resources. */
const outputsOfGroups: Readonly<Record<string, Properties>> = {
  "our names": { name: "Staff", description: "Old words", userUuids: [users.ada.uuid] },
  "other names": { groupName: "Staff", members: [users.ada.uuid], apiToken: "x" },
  "no outputs": {},
  "our names with other types": {
    name: 7,
    description: ["x"],
    userUuids: "none",
    membership: {},
    adopt: 1,
    orgUuid: 3,
  },
  "our names with other values": { name: "Other", locationUuid: locations.warehouse.uuid, __mark: 5, __unasked: 3 },
};

const type = "AccessControlGroup";
const group = { type, inputs: { name: "Staff", description: "New words", userUuids: [users.ada.uuid] } } as const;

describe("A state of a hand-written dynamic resource", function () {
  this.timeout(30_000);
  const fixture = GrpcFixture.here();
  const up = (declared: Declared, state: ResourceState) => fixture.during((engine) => engine.up(declared, state));

  for (const [what, outputs] of Object.entries(outputsOfGroups)) {
    it(`with ${what} is updated once to what is declared, and then is like any other state`, async () => {
      const id = fixture.console.addGroup({ name: "Staff", description: "Changed meanwhile" });
      const { step, state } = await up(group, foreignState(type, id, outputs));
      assert.deepEqual(
        [step, state.initErrors, state.id, state.outputs.__provider],
        ["update", [], id, handlerText(type)],
      );
      const metadata = Object.keys(state.outputs).filter((name) => name.startsWith("__"));
      assert.deepEqual(metadata.sort(), ["__format", "__mark", "__observed", "__provider"]);
      assert.equal(fixture.console.groups()[0]?.description, "New words");
      assert.equal((await up(group, state)).step, "same");
      assert.deepEqual((await fixture.during((engine) => engine.refresh(state)))?.outputs, state.outputs);
      await fixture.during((engine) => engine.destroy(state));
      assert.deepEqual(fixture.console.groups(), []);
    });
  }

  it("is updated also if only the handler differs", async () => {
    const id = fixture.console.addGroup({ name: "Staff" });
    const declared = { type, inputs: { name: "Staff" } } as const;
    for (const handler of [handWritten, `${handlerText(type)}\n`, handlerText("GeneaIntegration"), ""]) {
      const { step, state } = await up(declared, foreignState(type, id, { name: "Staff" }, handler));
      assert.deepEqual([step, state.outputs.__provider], ["update", handlerText(type)]);
    }
  });

  it("of a singleton is updated under the same id", async () => {
    fixture.console.setGenea({ apiToken: genea.apiToken, doorInfoMap: {} });
    fixture.console.setKisi({ apiSecretKey: kisi.apiSecretKey });
    for (const [declared, id] of [
      [{ type: "GeneaIntegration", inputs: { apiToken: genea.apiToken, saveClips: true } }, "genea"],
      [{ type: "KisiIntegration", inputs: { apiSecretKey: kisi.apiSecretKey } }, "kisi"],
    ] as const) {
      const before = foreignState(declared.type, id, { doorInfoMap: [], placeToSettingsMap: "x", rhombusToken: 1 });
      const { step, state } = await up(declared, before);
      assert.deepEqual([step, state.initErrors, state.outputs.__provider], ["update", [], handlerText(declared.type)]);
      assert.equal((await up(declared, state)).step, "same");
    }
  });

  it("never leads to a replacement: a field that replaces is named in an error", async () => {
    const id = fixture.console.addGroup({ name: "Staff", locationUuid: locations.headquarters.uuid });
    const declared = { type, inputs: { ...group.inputs, locationUuid: locations.warehouse.uuid } } as const;
    const before = foreignState(type, id, {});
    assert.equal((await fixture.during((engine) => engine.preview(declared, before))).step, "update");
    await assert.rejects(
      up(declared, before),
      /"Staff" cannot be adopted: its locationUuid is .*Declare the current value/,
    );
    assert.equal(fixture.console.groups()[0]?.description, null);
  });

  it("with an id of another form is an error with the object and the remedy, without secrets", async () => {
    const { rhombusToken } = fixture.console.addOnGuard({ displayName: "HQ" });
    fixture.console.setGenea({ apiToken: genea.apiToken });
    for (const [declared, id, label] of [
      [{ type: "OnGuardIntegration", inputs: { displayName: "HQ" } }, rhombusToken, 'the OnGuard integration "HQ"'],
      [{ type: "GeneaIntegration", inputs: { saveClips: true } }, "genea-1", "organization's Genea integration"],
      [{ type, inputs: { name: "Staff" } }, "Staff", 'the access control group "Staff"'],
    ] as const) {
      await assert.rejects(up(declared, foreignState(declared.type, id, {})), ({ message }: Error) => {
        assert.ok(message.includes(label) && !message.includes(rhombusToken), message);
        assert.match(message, /cannot be taken over .*Nothing was written.*`pulumi state delete`.*`adopt: true`/);
        return true;
      });
    }
  });

  it("of another organization, or of a newer version, is refused", async () => {
    const { orgUuid } = campusSeed.bluebird;
    const genea = { type: "GeneaIntegration", inputs: { saveClips: true } } as const;
    const ofOther = foreignState("GeneaIntegration", "genea", { orgUuid });
    await assert.rejects(up(genea, ofOther), new RegExp(`belongs to the organization ${orgUuid}`));
    await assert.rejects(
      up(group, foreignState(type, "x", { __format: 2 })),
      /A newer pulumi-rhombus wrote this state/,
    );
  });
});
