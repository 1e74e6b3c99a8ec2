import assert from "node:assert/strict";
import { begin, type Declared, endAll } from "../drivers/stack";
import { genea, kisi, lobby, onGuard } from "../resources/declared";
import { resourceFacts } from "../resources/facts";

const places = { placeToSettingsMap: { "41001": { doorInfoMap: { "51001": lobby } } } };

/** An integration whose secrets Rhombus generates, a change of it, and the outputs that are secrets. */
const integrations: readonly [title: string, declared: Declared, changed: Declared, secrets: readonly string[]][] = [
  ["Genea", genea(), genea({ saveClips: true }), ["rhombusToken", "refreshToken", "webhookSignatureSecret"]],
  ["Kisi", kisi(places), kisi({ ...places, enabled: false }), ["placeTokens"]],
  ["Kisi V1", kisi({ apiVersion: "V1" }), kisi({ apiVersion: "V1", saveClips: true }), ["rhombusToken"]],
];

describe("secrets", () => {
  afterEach(endAll);

  for (const [title, declared, changed, secrets] of integrations) {
    for (const how of ["masked", "absent"] as const) {
      it(`of the server stay in the state and in Rhombus if reads show them ${how}: ${title}`, async () => {
        const { emulator, console, stack } = await begin({ behaviours: { serverFieldsOmitted: "wiped" } });
        await stack.up({ it: declared });
        const before = stack.stored("it").outputs;
        const generated = resourceFacts[declared.type].objects(console);
        emulator.behave({ serverSecretReads: how });
        await stack.refresh();
        for (const name of secrets) assert.deepEqual(stack.stored("it").outputs[name], before[name], name);
        await stack.up({ it: changed });
        const [now] = resourceFacts[declared.type].objects(console);
        assert.deepEqual(now?.secrets, generated[0]?.secrets);
      });
    }
  }

  it("in an answer replace those of the state", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: kisi(places) });
    console.setKisiPlace("41001", undefined);
    console.setKisiPlace("41001", { placeName: "Anew", doorInfoMap: { "51001": lobby } });
    await stack.refresh();
    const { rhombusToken } = console.kisi()?.placeToSettingsMap["41001"] ?? {};
    assert.deepEqual(stack.stored("it").outputs.placeTokens, { "41001": rhombusToken });
  });

  it("are not shown by an error of check if the settings are invalid", async () => {
    const { stack } = await begin({ config: { apiKey: "a key of several words", region: "several" } });
    const inputs = { apiToken: "geneaCanary", doorInfoMap: { "1": { geneaCanary: true } } };
    await assert.rejects(stack.preview({ it: genea(inputs) }), ({ message }: Error) => {
      assert.match(message, /"several" is not a region.*rhombus:apiKey: contains a space.*\[secret\]/s);
      return !/geneaCanary|several words/.test(message);
    });
  });

  it("in `adopt` are not stored in the outputs", async () => {
    const { stack, console } = await begin();
    const { rhombusToken } = console.addOnGuard({ displayName: "HQ" });
    await stack.up({ it: onGuard({ adopt: rhombusToken }) });
    const { outputs, inputs } = stack.stored("it");
    assert.ok(!("adopt" in outputs));
    assert.equal(inputs.adopt, rhombusToken);
  });
});
