import assert from "node:assert/strict";
import fc from "fast-check";
import { HANDLER_KEY, handlerText } from "../../../provider/pulumi/handler";
import { definitions } from "../../../provider/resources/registry";
import { createProviders } from "../../../provider/session";
import { immediatePolling, opened, type Properties, type TypeName, unknown } from "../../drivers/stack";
import { full, samples } from "../../resources/facts";

/** Providers of a process that has nothing to talk to: any call would fail. */
function offline() {
  const lines: string[] = [];
  const env = { RHOMBUS_API_KEY: "offlineKey", RHOMBUS_ENDPOINT_URL: "http://127.0.0.1:9" };
  return { lines, providers: createProviders({ env, polling: immediatePolling, tell: (line) => lines.push(line) }) };
}

const { providers } = offline();

/** Anything that Pulumi may hand over: odd texts, inherited names, unknowns, and every type at any depth. */
const anything = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<unknown>(
      unknown,
      null,
      "",
      "\ud800",
      "\u0000",
      0.5,
      -1,
      2 ** 40,
      "A".repeat(22),
      "1:4",
      "__proto__",
    ),
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.boolean(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom("1:4", "41001", "doorName", "doorInfoMap", "placeId", "constructor"), tie("value")),
  ),
})).value;

/** Inputs of a resource: its fields with anything in them, names it does not have, names that every object inherits. */
function inputsOf(type: TypeName): fc.Arbitrary<Properties> {
  const names = [...Object.keys(definitions[type].fields), "nmae", "constructor", "toString"];
  const entries = fc.array(fc.tuple(fc.constantFrom(...names), anything), { maxLength: 8 });
  return entries.map((each): Properties => Object.fromEntries([...each, ["__provider", "the handler"]]));
}

/** A state that this package wrote. */
function ofOurs(type: TypeName, state: Properties): Properties {
  return { ...state, [HANDLER_KEY]: handlerText(type) };
}

for (const type of new Set(Object.values(samples).map((sample) => sample.type))) {
  const provider = providers[type];

  describe(`contract: ${type} checks and compares without a call`, function () {
    this.timeout(60_000);
    it("reports what is wrong, and never throws, whatever is declared", async () => {
      await fc.assert(
        fc.asyncProperty(inputsOf(type), async (inputs) => {
          const { failures } = await provider.check({}, inputs);
          for (const { property, reason } of failures ?? []) assert.ok(property === "" && reason.length > 0);
        }),
        { numRuns: 200 },
      );
    });

    it("compares anything with anything", async () => {
      await fc.assert(
        fc.asyncProperty(inputsOf(type), inputsOf(type), async (olds, news) => {
          const compared = Promise.resolve(provider.diff("an id", ofOurs(type, olds), news));
          // A state that nobody can have written is refused, and a replacement of which nothing could be made or nobody knows.
          await compared.catch((error: unknown) =>
            assert.match(
              String(Reflect.get(Object(error), "message")),
              /cannot be created|`pulumi refresh` first|The state of \w+ an id is damaged: /,
            ),
          );
        }),
        { numRuns: 200 },
      );
    });

    it("takes what it has accepted for the same as itself, and accepts it again", async () => {
      await fc.assert(
        fc.asyncProperty(inputsOf(type), async (declared) => {
          const { inputs, failures } = await provider.check({}, declared);
          if ((failures ?? []).length > 0 || JSON.stringify(inputs).includes(unknown)) return;
          const accepted = opened(inputs ?? {});
          const again = await provider.check({}, accepted);
          assert.deepEqual([opened(again.inputs ?? {}), again.failures], [accepted, []]);
          assert.deepEqual(await provider.diff("an id", ofOurs(type, accepted), accepted), { changes: false });
        }),
        { numRuns: 200 },
      );
    });

    it("reports all mistakes of a program at once, each with its path", async () => {
      const inputs = Object.fromEntries(Object.keys(definitions[type].fields).map((name) => [name, { wrong: [{}] }]));
      const { failures } = await provider.check({}, { ...inputs, nmae: "x" });
      const said = (failures ?? []).map(({ reason }) => reason).join("\n");
      for (const name of [...Object.keys(inputs), "nmae"]) assert.match(said, new RegExp(`^${name}\\b`, "m"));
    });
  });
}

for (const [name, sample] of Object.entries(samples)) {
  it(`contract: the replacing fields of ${name} are among those that changed`, async () => {
    const provider = providers[sample.type];
    for (const [field, [some, other]] of Object.entries(sample.fields)) {
      const { fields } = definitions[sample.type];
      const replaces = new Map(Object.entries(fields)).get(field)?.modifiers.replaces ?? false;
      const [olds, news] = [
        { ...full(sample), [field]: some },
        { ...full(sample), [field]: other },
      ];
      const checked = await Promise.all(
        [olds, news].map(async (each) => opened((await provider.check({}, each)).inputs ?? {})),
      );
      const diff = await provider.diff("an id", ofOurs(sample.type, checked[0] ?? {}), checked[1] ?? {});
      assert.deepEqual(diff, { replaces: replaces ? [field] : [] }, field);
    }
  });
}
