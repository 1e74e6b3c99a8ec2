import assert from "node:assert/strict";
import { handlerText } from "../../../provider/pulumi/handler";
import { definitionOf } from "../../../provider/resources/registry";
import { GrpcFixture } from "../../drivers/grpc/fixture";
import { opened, readable, received, SecretProperty } from "../../drivers/properties";
import { full, resourceFacts, samples } from "../../resources/facts";
import { secretNamesOf, textsIn } from "../contract/secretValues";

/** The Kisi integration of the first version is left out, because an organization has only one. */
const lives = Object.entries(samples).filter(([, { least }]) => least.apiVersion !== "V1");

describe("The dynamic-provider process of Pulumi", function () {
  this.timeout(30_000);
  const fixture = GrpcFixture.here();

  for (const [name, sample] of lives) {
    const { type } = sample;
    it(`creates, reads, updates, gets and deletes ${name}, with secrets in envelopes`, async () => {
      const secrets = secretNamesOf(definitionOf(type));
      const declared = received(full(sample));
      const { step, state } = await (await fixture.start()).up({ type, inputs: declared });
      assert.deepEqual([step, state.initErrors, state.outputs.__provider], ["create", [], handlerText(type)]);
      const plain = Object.entries(state.outputs).filter(
        ([output, value]) => secrets.includes(output) && !(value instanceof SecretProperty),
      );
      assert.deepEqual(plain, []);
      const objects = resourceFacts[type].objects(fixture.console);
      for (const secret of objects.flatMap((object) => textsIn(object.secrets))) {
        assert.ok(!readable(state.outputs).includes(secret), secret);
      }

      const later = await fixture.start();
      assert.deepEqual(await later.refresh(state), state);
      assert.equal((await later.up({ type, inputs: declared }, state)).step, "same");

      const { fields } = definitionOf(type);
      const changes = Object.entries(full(sample, 1)).filter(([field]) => !fields[field]?.modifiers.replaces);
      const changed = { type, inputs: { ...declared, ...Object.fromEntries(changes) } };
      const updated = await (await fixture.start()).up(changed, state);
      assert.deepEqual([updated.step, updated.state.initErrors], ["update", []]);
      assert.deepEqual(await (await fixture.start()).refresh(updated.state), updated.state);

      const got = await (await fixture.start()).get(type, state.id);
      const missing = Object.keys(opened(updated.state.outputs)).filter((output) => !(output in got.outputs));
      // No read shows the URL of the webhook, local inputs or the mark of this stack.
      assert.deepEqual(
        missing.filter((output) => !["__mark", "webhookUrl", "membership"].includes(output)),
        [],
      );

      await later.destroy(state);
      await later.destroy(state);
      assert.deepEqual(resourceFacts[type].objects(fixture.console), []);
      assert.equal(await (await fixture.start()).refresh(state), undefined);
    });
  }
});
