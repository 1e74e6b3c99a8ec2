import assert from "node:assert/strict";
import { campusSeed } from "../../../provider/emulator";
import { handlerText } from "../../../provider/pulumi/handler";
import type { ResourceType } from "../../../provider/resources/registry";
import type { ResourceState } from "../../drivers/fakeEngine";
import { GrpcFixture } from "../../drivers/grpc/fixture";
import type { Properties } from "../../drivers/properties";

const { users, genea, locations } = campusSeed.acme;

/** The code that `pulumi.dynamic.Resource` stores for a hand-written provider. Refresh and destroy run it. */
const handWritten = `exports.handler = () => ({ read: () => { throw new Error("old code"); }, delete: async () => {} });`;

/** The state of a hand-written dynamic resource, after `aliases` gave it a type of this package. */
function foreignState(type: ResourceType, id: string, outputs: Properties): ResourceState {
  const all = { __provider: handWritten, ...outputs };
  return { type, id, inputs: all, outputs: all, initErrors: [] };
}

const type = "AccessControlGroup";
const declared = { name: "Staff", description: "New words", userUuids: [users.ada.uuid] };
const group = { type, inputs: declared } as const;

/** The outputs of a group in states of hand-written resources. */
const outputsOfGroups: Readonly<Record<string, Properties>> = {
  "our names": { ...declared, description: "Old words" },
  "other names": { groupName: "Staff", members: [users.ada.uuid], apiToken: "x" },
  "no outputs": {},
  "our names with other types": { name: 7, description: ["x"], userUuids: "none", membership: {}, orgUuid: 3 },
  "our names with other values": { name: "Other", locationUuid: locations.warehouse.uuid, __mark: 5, __unasked: 3 },
  "our outputs and a handler that is nearly ours": { ...declared, __provider: `${handlerText(type)}\n` },
  "our outputs and the handler of another type": { ...declared, __provider: handlerText("GeneaIntegration") },
};

describe("A state of a hand-written dynamic resource", function () {
  this.timeout(30_000);
  const fixture = GrpcFixture.here();

  for (const [what, outputs] of Object.entries(outputsOfGroups)) {
    it(`with ${what} is updated once to what is declared, and then is like any other state`, async () => {
      const id = fixture.console.addGroup({ name: "Staff", description: "Changed meanwhile" });
      const { step, state } = await (await fixture.start()).up(group, foreignState(type, id, outputs));
      assert.deepEqual(
        [step, state.initErrors, state.id, state.outputs.__provider],
        ["update", [], id, handlerText(type)],
      );
      const metadata = Object.keys(state.outputs).filter((name) => name.startsWith("__"));
      assert.deepEqual(metadata.sort(), ["__format", "__mark", "__observed", "__provider"]);
      assert.equal(fixture.console.groups()[0]?.description, "New words");
      const later = await fixture.start();
      assert.equal((await later.up(group, state)).step, "same");
      assert.deepEqual((await later.refresh(state))?.outputs, state.outputs);
      await later.destroy(state);
      assert.deepEqual(fixture.console.groups(), []);
    });
  }

  it("never leads to a replacement: a field that replaces is named in an error", async () => {
    const id = fixture.console.addGroup({ name: "Staff", locationUuid: locations.headquarters.uuid });
    const moved = { type, inputs: { ...declared, locationUuid: locations.warehouse.uuid } } as const;
    const before = foreignState(type, id, {});
    const engine = await fixture.start();
    assert.equal((await engine.preview(moved, before)).step, "update");
    await assert.rejects(engine.up(moved, before), /Declare the current locationUuid, .*"Staff" cannot be adopted/);
    assert.equal(fixture.console.groups()[0]?.description, null);
  });

  it("with an id of another form is an error with the object and the remedy, without secrets", async () => {
    const { rhombusToken } = fixture.console.addOnGuard({ displayName: "HQ" });
    fixture.console.setGenea({ apiToken: genea.apiToken });
    const engine = await fixture.start();
    for (const [resource, id, label] of [
      [{ type: "OnGuardIntegration", inputs: { displayName: "HQ" } }, rhombusToken, 'the OnGuard integration "HQ"'],
      [{ type: "GeneaIntegration", inputs: { saveClips: true } }, "genea-1", "organization's Genea integration"],
      [{ type, inputs: { name: "Staff" } }, "Staff", 'the access control group "Staff"'],
    ] as const) {
      await assert.rejects(engine.up(resource, foreignState(resource.type, id, {})), ({ message }: Error) => {
        assert.ok(message.includes(label) && !message.includes(rhombusToken), message);
        assert.match(message, /`pulumi state delete`.*`adopt: true`.* cannot be taken over .*Nothing was written/);
        return true;
      });
    }
  });
});
