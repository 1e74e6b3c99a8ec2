import assert from "node:assert/strict";
import { campusSeed } from "../../provider/emulator";
import { count } from "../drivers/calls";
import { begin, endAll } from "../drivers/stack";
import { genea, kisi } from "../resources/declared";
import { everything } from "./everyResource";

const { acme } = campusSeed;

describe("vendor keys", () => {
  afterEach(endAll);
  const keys = [
    ["Genea", genea, "apiToken", acme.genea.rotatedApiToken, "getGeneaDoors", "updateGeneaIntegrationV2"],
    ["Kisi", kisi, "apiSecretKey", acme.kisi.rotatedApiSecretKey, "getKisiPlaces", "updateKisiIntegrationV2"],
  ] as const;

  for (const [vendor, declare, field, good, verification, write] of keys) {
    for (const state of ["new", "existing"]) {
      it(`a key that the vendor refuses is an error, and nothing is written: ${state} ${vendor}`, async () => {
        const { emulator, stack } = await begin();
        if (state === "existing") await stack.up({ it: declare() });
        emulator.clearRequests();
        const wrong = { it: declare({ [field]: "wrong-vendor-key" }) };
        await assert.rejects(stack.up(wrong), new RegExp(`Check ${field}, which ${vendor} does not accept\\.`));
        assert.deepEqual([count(emulator, verification), count(emulator, write)], [1, 0]);
        assert.equal(stack.has("it"), state === "existing");
      });
    }

    it(`a new key is verified, then written: ${vendor}`, async () => {
      const { emulator, stack, console } = await begin();
      await stack.up({ it: declare() });
      emulator.clearRequests();
      await stack.up({ it: declare({ [field]: good }) });
      assert.deepEqual([count(emulator, verification), count(emulator, write)], [1, 1]);
      assert.equal(console.genea()?.apiToken ?? console.kisi()?.apiSecretKey, good);
      assert.equal(stack.stored("it").outputs[field], good);
    });

    it(`a key that is no longer declared stays in use, with a warning, and an unchanged one is not verified: ${vendor}`, async () => {
      const { emulator, stack, console } = await begin();
      await stack.up({ it: declare() });
      const stored = console.genea()?.apiToken ?? console.kisi()?.apiSecretKey;
      emulator.clearRequests();
      await stack.up({ it: declare({ enabled: false }) });
      const undeclared = { it: declare({ [field]: undefined, enabled: false }) };
      await stack.preview(undeclared);
      assert.match(stack.warnings.join(), /is no longer declared: the stored key stays in use/);
      await stack.up(undeclared);
      assert.equal(console.genea()?.apiToken ?? console.kisi()?.apiSecretKey, stored);
      assert.deepEqual(await stack.up(undeclared), { it: "same" });
      assert.equal(count(emulator, verification), 0);
    });

    it(`a key is required to create the integration: ${vendor}`, async () => {
      const { emulator, stack } = await begin();
      await assert.rejects(stack.up({ it: declare({ [field]: undefined }) }), new RegExp(`Declare ${field}`));
      assert.deepEqual(emulator.remains(), []);
    });
  }

  it("a rotated Rhombus key changes no resource", async () => {
    const { emulator, stack } = await begin();
    await stack.up(everything);
    stack.configure({ apiKey: acme.rotatedApiKey });
    emulator.clearRequests();
    const same = Object.fromEntries(Object.keys(everything).map((name) => [name, "same"]));
    assert.deepEqual([await stack.up(everything), emulator.requests()], [same, []]);
    assert.deepEqual(await stack.refresh(), []);
  });

  for (const vendorKeyReads of ["masked", "absent"] as const) {
    it(`an update without a key is an error if reads show keys ${vendorKeyReads}`, async () => {
      const { emulator, stack, console } = await begin({ seed: "livedIn", behaviours: { vendorKeyReads } });
      const program = { it: { type: "GeneaIntegration", inputs: { adopt: true, indexFaces: true } } } as const;
      await assert.rejects(stack.up(program), /Declare apiToken .*cannot be written without it/);
      assert.equal(count(emulator, "updateGeneaIntegrationV2"), 0);
      assert.equal(console.genea()?.apiToken, campusSeed.acme.genea.apiToken);
    });
  }
});
