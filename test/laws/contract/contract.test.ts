import assert from "node:assert/strict";
import { definitions } from "../../../provider/resources/registry";
import { begin, DeploymentFailed, endAll, type Program, type Properties, unknown } from "../../drivers/stack";
import { full, resourceFacts, samples } from "../../resources/facts";
import { secretsOf } from "./secretValues";

describe("contract: samples", () => {
  for (const [type, { fields }] of Object.entries(definitions)) {
    it(`cover every field of ${type}`, () => {
      const own = Object.values(samples).filter((sample) => sample.type === type);
      assert.ok(own.length > 0, `${type} has no sample`);
      const covered = own.flatMap(({ least, fields, waived }) => Object.keys({ ...least, ...fields, ...waived }));
      assert.deepEqual(
        Object.keys(fields).filter((name) => !covered.includes(name)),
        [],
      );
    });
  }
});

for (const [name, sample] of Object.entries(samples)) {
  const { type, least, fields } = sample;
  const { outputs } = definitions[type];
  const declaring = (inputs: Properties): Program => ({ it: { type, inputs } });

  describe(`contract: ${name}`, () => {
    afterEach(endAll);

    for (const [what, inputs] of [
      ["its least inputs", least],
      ["all its inputs", full(sample)],
    ] as const) {
      it(`with ${what}: created, read and compared shows no change`, async () => {
        const { emulator, stack } = await begin();
        assert.deepEqual(await stack.up(declaring(inputs)), { it: "create" });
        assert.deepEqual(await stack.up(declaring(inputs)), { it: "same" });
        const { outputs } = stack.stored("it");
        assert.deepEqual(await stack.refresh(), []);
        assert.deepEqual(stack.stored("it").outputs, outputs);
        emulator.clearRequests();
        assert.deepEqual(await stack.up(declaring(inputs)), { it: "same" });
        assert.deepEqual([emulator.requests(), stack.warnings], [[], []]);
      });
    }

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

    for (const [field, [some, other]] of Object.entries(fields)) {
      it(`with ${field} set, changed and removed: converges each time`, async () => {
        const { stack } = await begin();
        await stack.up(declaring(least));
        for (const inputs of [{ ...least, [field]: some }, { ...least, [field]: other }, least]) {
          assert.notDeepEqual(await stack.up(declaring(inputs)), { it: "same" });
          assert.deepEqual(await stack.up(declaring(inputs)), { it: "same" });
          await stack.refresh();
          assert.deepEqual(await stack.up(declaring(inputs)), { it: "same" });
        }
      });
    }

    it("with all its inputs changed at once, then removed: converges each time", async () => {
      const { stack } = await begin();
      for (const inputs of [full(sample), full(sample, 1), least]) {
        await stack.up(declaring(inputs));
        await stack.refresh();
        assert.deepEqual(await stack.up(declaring(inputs)), { it: "same" });
      }
    });

    it("with an unknown at any place: passes the preview, as a creation and as a change", async () => {
      const { stack } = await begin();
      const before = await begin();
      await before.stack.up(declaring(full(sample)));
      for (const inputs of withUnknowns(full(sample))) {
        assert.deepEqual(await stack.preview(declaring(inputs)), { it: "create" });
        const { it: step } = await before.stack.preview(declaring(inputs));
        assert.ok(step === "update" || step === "replace", `${JSON.stringify(inputs)} shows as ${step}`);
      }
      assert.deepEqual(stack.lines, []);
    });

    it("removed outside: is read as gone, and made anew by the next up", async () => {
      const { console, stack } = await begin();
      await stack.up(declaring(full(sample)));
      resourceFacts[type].remove(console, stack.stored("it").id);
      assert.deepEqual(await stack.refresh(), ["it"]);
      assert.deepEqual(await stack.up(declaring(full(sample))), { it: "create" });
    });

    it("deleted twice: succeeds both times, and leaves nothing behind", async () => {
      const { emulator, stack } = await begin();
      await stack.up(declaring(full(sample)));
      const stale = stack.under({});
      await stack.destroy();
      assert.deepEqual(emulator.remains(), []);
      await stale.destroy();
    });

    it("keeps every secret in an envelope, and out of everything else", async () => {
      const { stack } = await begin();
      await stack.up(declaring(full(sample)));
      for (const _ of ["as created", "as read"]) {
        const stored = stack.stored("it");
        const secrets = secretsOf(type, stored.outputs);
        const plain = Object.entries(stored.outputs).filter(([output]) => !stored.secrets.has(output));
        for (const secret of secrets.values) assert.ok(!JSON.stringify([stored.id, plain]).includes(secret));
        for (const output of secrets.names) assert.ok(stored.secrets.has(output), output);
        await stack.refresh();
      }
    });
  });
}

/** Outputs that an object has only in circumstances that the samples do not make. */
function isRareOutput(type: string, output: string): boolean {
  const rare: Readonly<Record<string, readonly string[]>> = {
    KisiIntegration: ["rhombusToken", "webhookId", "placeTokens", "placeWebhookIds", "placeMisconfiguredDoors"],
  };
  return rare[type]?.includes(output) ?? false;
}

/** The inputs with an unknown in place of one thing: each input, entry, field and member in turn. */
function withUnknowns(inputs: Properties): Properties[] {
  return Object.keys(inputs).flatMap((name) => variants(inputs[name]).map((value) => ({ ...inputs, [name]: value })));
}

function variants(value: unknown): unknown[] {
  if (Array.isArray(value))
    return [unknown, ...value.map((_, at) => value.map((each: unknown, index) => (index === at ? unknown : each)))];
  if (typeof value !== "object" || value === null) return [unknown];
  const entries = Object.entries(value);
  const deeper = entries.flatMap(([key, each]) => variants(each).map((variant) => ({ ...value, [key]: variant })));
  return [unknown, ...deeper];
}
