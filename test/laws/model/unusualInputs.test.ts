import assert from "node:assert/strict";
import fc from "fast-check";
import { isProperties } from "../../drivers/properties";
import { begin, DeploymentFailed, endAll, type Program, type Properties } from "../../drivers/stack";
import { isLong } from "../../longRun";
import { full, samples } from "../../resources/facts";

/** Surrogates, control characters, both forms of é, invisible characters, and texts with a meaning to some language. */
const TEXTS = ["\ud800", "a\udc00b", "\u0000", "\u0007\u001b[31m", "é", "e\u0301", "ﬁ ǅ ß İ ı"].concat(
  ["שלום \u202eolleh\u202c", "\u200b", "Lobby\u200d\ufeff", "👩‍👩‍👧‍👦", "𝒟𝑜𝑜𝓇", "\u2028\u2029", "  spaces  ", "\u00a0"],
  ["null", "%s {{y}} </script>", "'\"`\\"],
);

/** Names that every object inherits, and keys at badge vendors, with zeros, signs and numbers that are too large. */
const KEYS = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "then", "length"].concat([
  "1:4",
  "01:4",
  "0:0",
  "99999999999:1",
  "41001",
  "041001",
  "2147483647",
  "2147483648",
  "-1",
  "1e3",
  "",
]);

const unusualText = fc.oneof(
  fc.constantFrom(...TEXTS, ...KEYS),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.constantFrom(...TEXTS).map((text) => text.repeat(300)),
);

/** The text, or an unusual one once in four times. */
function sometimesUnusual(text: string): fc.Arbitrary<string> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(text) }, { weight: 1, arbitrary: unusualText });
}

/** The properties with other texts in place of some names, descriptions and keys of doors. */
function unusualInputs(properties: Properties, at = ""): fc.Arbitrary<Properties> {
  const isMap = /^door(?:InfoMap|ToCameraMap)$/.test(at);
  const entries = Object.entries(properties).map(([name, value]) => {
    const isFreeText = typeof value === "string" && /name$|^description$/i.test(name);
    const other = isFreeText
      ? sometimesUnusual(value)
      : isProperties(value)
        ? unusualInputs(value, name)
        : fc.constant(value);
    return fc.tuple(isMap ? sometimesUnusual(name) : fc.constant(name), other);
  });
  return fc.tuple(...entries).map((drawn) => Object.fromEntries<unknown>(drawn));
}

describe("Unusual inputs", function () {
  this.timeout(isLong ? 600_000 : 120_000);
  afterEach(endAll);

  for (const [name, sample] of Object.entries(samples)) {
    it(`of ${name}: Rhombus accepts what check accepts, and nothing is left to do`, async () => {
      const counted = { accepted: 0 };
      const any = fc.constantFrom<0 | 1>(0, 1).chain((which) => unusualInputs(full(sample, which)));
      const property = fc.asyncProperty(any, async (inputs) => {
        const { stack } = await begin();
        const program: Program = { it: { type: sample.type, inputs } };
        const refusal = await stack.preview(program).then(
          () => undefined,
          (error: unknown) => error,
        );
        assert.ok(refusal === undefined || refusal instanceof DeploymentFailed);
        if (refusal === undefined) {
          counted.accepted++;
          assert.deepEqual(await stack.up(program), { it: "create" });
          assert.deepEqual(await stack.up(program), { it: "same" });
          const { inputs: before } = stack.stored("it");
          assert.deepEqual(await stack.refresh(), []);
          assert.deepEqual([await stack.up(program), stack.stored("it").inputs], [{ it: "same" }, before]);
        }
        await endAll();
      });
      // `npm test` draws the same inputs each time.
      await fc.assert(property, isLong ? { numRuns: 1_000 } : { numRuns: 25, seed: 1 });
      assert.ok(counted.accepted > 5, `only ${counted.accepted} were accepted`);
    });
  }
});
