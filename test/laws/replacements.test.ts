import assert from "node:assert/strict";
import { defaultPolling, type Polling } from "../../provider/core/resource/polling";
import { campusSeed } from "../../provider/emulator";
import { createProviders } from "../../provider/session";
import { count } from "../drivers/calls";
import { begin, endAll, opened } from "../drivers/stack";
import { adopting, genea, group, kisi } from "../resources/declared";

const { acme } = campusSeed;
/** The default polling with pauses ten times shorter: 300 ms in all. */
const tenTimesFaster: Polling = { ...defaultPolling, sleep: (ms) => defaultPolling.sleep(ms / 10) };
const { headquarters, warehouse } = acme.locations;

describe("a replacement", () => {
  afterEach(endAll);

  for (const [what, apiSecretKey, error] of [
    ["without the vendor key", undefined, /Declare apiSecretKey.* cannot be created\./],
    ["with a vendor key that the vendor refuses", "kisi-key-that-is-wrong", /Kisi does not accept/],
  ] as const) {
    it(`${what} is an error, and nothing is deleted`, async () => {
      const { stack, emulator } = await begin();
      await stack.up({ it: kisi({ apiVersion: "V1", saveClips: true }) });
      const declared = kisi({ apiSecretKey, placeToSettingsMap: { "41001": { saveClips: true } } });
      if (apiSecretKey === undefined) await assert.rejects(stack.preview({ it: declared }), error);
      await assert.rejects(stack.up({ it: declared }), error);
      assert.deepEqual([count(emulator, "deleteKisiIntegration"), emulator.remains().length], [0, 1]);
    });
  }

  it("with the name of another group deletes nothing", async () => {
    const { stack, emulator, console } = await begin();
    await stack.up({ it: group({ locationUuid: headquarters.uuid }) });
    console.addGroup({ name: "Visitors" });
    await assert.rejects(
      stack.up({ it: group({ name: "Visitors", locationUuid: warehouse.uuid }) }),
      /^Error: .*the resource was not deleted, because the access control group "Visitors", which is to replace it, already exists/,
    );
    assert.equal(count(emulator, "deleteAccessControlGroup"), 0);
  });

  it("warns at preview of what is lost with the old object, and of nothing if all is declared", async () => {
    const { stack, console } = await begin();
    const userUuids = [acme.users.ada.uuid];
    const staff = (locationUuid: string, others = {}) => ({ it: group({ locationUuid, ...others }) });
    await stack.up(staff(headquarters.uuid, { userUuids }));
    await stack.preview(staff(warehouse.uuid));
    assert.match(stack.warnings.join("\n"), /"Staff" will be replaced because of locationUuid: .* userUuids\./);
    assert.doesNotMatch(stack.warnings.join("\n"), /stays as it is/);
    await stack.up(staff(warehouse.uuid, { userUuids }));
    assert.deepEqual(stack.warnings, []);
    assert.deepEqual([console.groups()[0]?.locationUuid, console.groups()[0]?.userUuids], [warehouse.uuid, userUuids]);
    await stack.up(staff(warehouse.uuid, { userUuids, membership: "additive" }));
    await stack.preview(staff(headquarters.uuid, { userUuids, membership: "additive" }));
    assert.match(stack.warnings.join("\n"), /what was added outside Pulumi to userUuids/);
  });

  it("succeeds although reads still show the old integration", async () => {
    const { emulator } = await begin();
    const env = { RHOMBUS_API_KEY: acme.apiKey, RHOMBUS_ENDPOINT_URL: emulator.url };
    const operation = () => createProviders({ env, polling: tenTimesFaster, tell: () => undefined }).GeneaIntegration;
    const inputs = { apiToken: acme.genea.apiToken };
    const { id, outs } = await operation().create(inputs);
    emulator.behave({ readLagMs: 120 });
    const replacing = operation();
    // The delete amends the listing of this read, while the reads of Rhombus still show the integration.
    await replacing.read(id, opened(outs ?? {}));
    await replacing.delete(id, opened(outs ?? {}));
    await replacing.create(inputs);
    assert.equal(emulator.isEmpty(acme.orgUuid), false);
  });

  it("whose creation failed is an error if the object exists now, and adopt: true takes it over", async () => {
    const { stack, emulator, console } = await begin();
    await stack.up({ it: kisi({ apiVersion: "V1", saveClips: true }) });
    emulator.fail({ operation: "updateKisiIntegrationV2", with: { kind: "status", status: 500 }, times: 9 });
    await assert.rejects(stack.up({ it: kisi() }), /500/);
    emulator.clearFaults();
    console.setKisi({ apiSecretKey: acme.kisi.apiSecretKey });
    await assert.rejects(stack.up({ it: kisi() }), /the organization's Kisi integration, .* already exists/);
    assert.deepEqual(await stack.up({ it: kisi({ adopt: true }) }), { it: "replace" });
    assert.deepEqual(await stack.preview({ it: kisi({ adopt: true }) }), { it: "same" });
  });

  for (const [what, declared, behaviours] of [
    ["that has other secrets", genea(), {}],
    ["that cannot be told from the old one: Kisi without places", kisi(), {}],
    ["that cannot be told from the old one: no read shows its secrets", genea(), { serverSecretReads: "absent" }],
  ] as const) {
    it(`without a change of inputs is the same error for an existing object ${what}`, async () => {
      const { stack, console } = await begin({ behaviours });
      await stack.up({ it: declared });
      stack.store("it", { ...stack.stored("it"), pendingReplacement: true });
      if (what === "that has other secrets") {
        console.removeGenea();
        console.setGenea({ apiToken: acme.genea.apiToken });
      }
      await assert.rejects(
        stack.up({ it: declared }),
        /^Error: To take over the organization's \w+ integration, .* already exists/,
      );
      assert.deepEqual(await stack.up({ it: adopting(declared) }), { it: "replace" });
      assert.deepEqual(await stack.preview({ it: declared }), { it: "same" });
    });
  }

  for (const [what, declared, behaviours] of [
    ["Kisi", kisi(), {}],
    ["Genea", genea(), { serverSecretReads: "absent" }],
  ] as const) {
    it(`is no way for another resource to adopt the object: ${what}`, async () => {
      const { stack } = await begin({ behaviours });
      await stack.up({ it: declared });
      await assert.rejects(
        stack.up({ it: declared, other: adopting(declared) }),
        /Two \w+ resources of this program manage the same object/,
      );
    });
  }

  it("is no way for another resource with the same inputs to share the object", async () => {
    const { stack } = await begin();
    const it = kisi({ adopt: true });
    await stack.up({ it });
    await stack.up({ it, other: it });
    await assert.rejects(stack.preview({ it, other: it }), /Two KisiIntegration resources of this program/);
  });
});
