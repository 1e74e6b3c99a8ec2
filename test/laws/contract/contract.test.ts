import assert from "node:assert/strict";
import { definitions, resourceTypes } from "../../../provider/resources/registry";
import { isProperties } from "../../drivers/properties";
import { begin, DeploymentFailed, endAll, type Program, type Properties, unknown } from "../../drivers/stack";
import { full, samples } from "../../resources/facts";
import { withOneValueChanged } from "./changes";
import { replacingFields } from "./properties";

describe("contract: samples", () => {
  for (const type of resourceTypes) {
    it(`cover every field of ${type}`, () => {
      const own = Object.values(samples).filter((sample) => sample.type === type);
      const covered = own.flatMap(({ least, fields, waived }) => Object.keys({ ...least, ...fields, ...waived }));
      assert.deepEqual(
        Object.keys(definitions[type].fields).filter((name) => !covered.includes(name)),
        [],
      );
    });
  }

  for (const [name, { least, fields }] of Object.entries(samples)) {
    it(`give each field two values besides the one in \`least\`: ${name}`, () => {
      for (const [field, [first, second]] of Object.entries(fields)) {
        const values = [first, second, ...(field in least ? [least[field]] : [])].map((value) => JSON.stringify(value));
        assert.equal(new Set(values).size, values.length, `${field}: ${values.join(", ")}`);
      }
    });
  }
});

for (const [name, sample] of Object.entries(samples)) {
  const { type, least, fields } = sample;
  const { outputs } = definitions[type];
  const declaring = (inputs: Properties): Program => ({ it: { type, inputs } });

  describe(`contract: ${name}`, () => {
    afterEach(endAll);

    it("echoes its inputs in the state, and has every output", async () => {
      const { stack } = await begin();
      await stack.up(declaring(full(sample)));
      const stored = stack.stored("it");
      for (const [input, value] of Object.entries(stored.inputs)) assert.deepEqual(stored.outputs[input], value, input);
      const missing = Object.keys(outputs).filter((output) => !(output in stored.outputs));
      assert.deepEqual(
        missing.filter((output) => !isRareOutput(type, output)),
        [],
      );
    });

    for (const field of Object.keys(fields)) {
      for (const blank of [null, "", [], {}]) {
        it(`with ${field} ${JSON.stringify(blank)}: shows no change after a cycle, or is refused`, async () => {
          const { stack } = await begin();
          const program = declaring({ ...least, [field]: blank });
          const refused = await stack.up(program).then(
            () => undefined,
            (error: unknown) => error,
          );
          if (refused !== undefined) {
            assert.ok(refused instanceof DeploymentFailed && refused.message.startsWith(`${field} `), `${refused}`);
            return;
          }
          assert.deepEqual(await stack.up(program), { it: "same" });
          await stack.refresh();
          assert.deepEqual(await stack.up(program), { it: "same" });
        });
      }
    }

    it("replaces only because of the fields that force it", async () => {
      const { stack } = await begin();
      await stack.up(declaring(full(sample)));
      for (const [field, [, other]] of Object.entries(fields)) {
        const step = replacingFields(type).includes(field) ? "replace" : "update";
        assert.deepEqual(await stack.preview(declaring({ ...full(sample), [field]: other })), { it: step }, field);
      }
    });

    it("reports all mistakes at once, each with its path", async () => {
      const { stack } = await begin();
      const names = [...Object.keys(definitions[type].fields), "nmae"];
      const wrong = Object.fromEntries(names.map((input) => [input, { wrong: [{}] }]));
      await assert.rejects(stack.preview(declaring(wrong)), ({ message }: Error) => {
        for (const input of names) assert.match(message, new RegExp(`^${input}\\b`, "m"));
        return true;
      });
    });

    it("with an unknown at any path: passes the preview, as a creation and as a change", async () => {
      const withUnknowns = withOneValueChanged(full(sample), unknown).filter(isProperties);
      const { stack } = await begin();
      const before = await begin();
      await before.stack.up(declaring(full(sample)));
      for (const inputs of withUnknowns) {
        assert.deepEqual(await stack.preview(declaring(inputs)), { it: "create" });
        const { it: step } = await before.stack.preview(declaring(inputs));
        assert.ok(step === "update" || step === "replace", `${JSON.stringify(inputs)} shows as ${step}`);
      }
      assert.deepEqual(stack.lines, []);
    });
  });
}

/** Outputs that the objects of the samples do not have. */
function isRareOutput(type: string, output: string): boolean {
  const rare: Readonly<Record<string, readonly string[]>> = {
    KisiIntegration: ["rhombusToken", "webhookId", "placeTokens", "placeWebhookIds", "placeMisconfiguredDoors"],
  };
  return rare[type]?.includes(output) ?? false;
}
