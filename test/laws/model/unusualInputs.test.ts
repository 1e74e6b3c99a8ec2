import assert from "node:assert/strict";
import fc from "fast-check";
import { HANDLER_KEY, handlerText } from "../../../provider/pulumi/handler";
import { createProviders } from "../../../provider/session";
import { begin, endAll, immediatePolling, type Program, type Properties, unknown } from "../../drivers/stack";
import { samples } from "../../resources/facts";
import { isLong } from "../../tally";
import { isFreeText, unusualInputs, unusualText } from "./unusualInputs";

/** `npm test` draws the same inputs each time. */
const seeded = isLong ? {} : { seed: 1 };

const MANY = 5_000;

const env = { RHOMBUS_API_KEY: "offlineKey", RHOMBUS_ENDPOINT_URL: "http://127.0.0.1:9" };
const providers = createProviders({ env, polling: immediatePolling, tell: () => {} });

/** Unknown values, unusual texts, and values of other types. */
const anything = fc.oneof(
  fc.constant(unknown),
  unusualText,
  fc.constantFrom<unknown>(null, 0.5, -1, 2 ** 40, Number.MAX_SAFE_INTEGER, true, [], {}, [unknown], { a: unknown }),
  fc.dictionary(unusualText, fc.constantFrom<unknown>({}, unknown, { doorName: "x" }, [])),
);

describe("Unusual inputs", function () {
  this.timeout(isLong ? 600_000 : 120_000);
  afterEach(endAll);

  for (const [name, sample] of Object.entries(samples)) {
    const { type } = sample;
    const provider = providers[type];
    const declaring = (inputs: Properties): Program => ({ it: { type, inputs } });

    it(`of ${name}: check never throws, and diff only refuses`, async () => {
      await fc.assert(
        fc.asyncProperty(unusualInputs(sample, anything), unusualInputs(sample, anything), async (olds, news) => {
          const { failures } = await provider.check(olds, news);
          for (const { reason } of failures ?? []) assert.notEqual(reason, "");
          const refusal = await Promise.resolve(
            provider.diff("an id", { ...olds, [HANDLER_KEY]: handlerText(type) }, news),
          ).then(
            () => undefined,
            (error: unknown) => String(Reflect.get(Object(error), "message")),
          );
          // A damaged state is refused, and a replacement that cannot succeed or that no plan can show.
          if (refusal !== undefined)
            assert.match(refusal, /cannot be created|`pulumi refresh` first|an id is damaged: /);
        }),
        { numRuns: isLong ? 3_000 : 300, ...seeded },
      );
    });

    it(`of ${name}: Rhombus accepts what check accepts, and nothing is left to do`, async () => {
      const counted = { accepted: 0 };
      await fc.assert(
        fc.asyncProperty(unusualInputs(sample, unusualText, isFreeText), async (inputs) => {
          const { failures = [] } = await provider.check({}, inputs);
          if (failures.length > 0) return;
          counted.accepted++;
          const { emulator, stack } = await begin();
          try {
            assert.deepEqual(await stack.up(declaring(inputs)), { it: "create" });
            assert.deepEqual(await stack.up(declaring(inputs)), { it: "same" });
            const { inputs: before } = stack.stored("it");
            assert.deepEqual(await stack.refresh(), []);
            assert.deepEqual([await stack.up(declaring(inputs)), stack.stored("it").inputs], [{ it: "same" }, before]);
          } finally {
            await emulator.close();
          }
        }),
        { numRuns: isLong ? 1_000 : 60, ...seeded },
      );
      assert.ok(counted.accepted > 3, `only ${counted.accepted} were accepted`);
    });
  }

  for (const [type, least, doors] of [
    ["OnGuardIntegration", { displayName: "HQ" }, manyDoors((index) => `${index}:1`)],
    ["GeneaIntegration", samples["the Genea integration"]?.least ?? {}, manyDoors((index) => `door ${index}`)],
  ] as const) {
    it(`of ${type}: ${MANY} doors are created, compared and read`, async () => {
      const { stack } = await begin({ config: { timeoutSeconds: "60" } });
      const program: Program = { it: { type, inputs: { ...least, doorInfoMap: doors } } };
      assert.deepEqual(await stack.up(program), { it: "create" });
      assert.deepEqual(await stack.up(program), { it: "same" });
      assert.deepEqual(await stack.refresh(), []);
      assert.deepEqual(await stack.up(program), { it: "same" });
    });
  }
});

function manyDoors(key: (index: number) => string): Properties {
  const doors = Array.from({ length: MANY }, (_, index) => [
    key(index),
    { doorName: `Door ${index}`, clipDuration: index },
  ]);
  return Object.fromEntries(doors);
}
