import assert from "node:assert/strict";
import { campusSeed } from "../../provider/emulator";
import { HANDLER_KEY, handlerText } from "../../provider/pulumi/handler";
import { definitionOf } from "../../provider/resources/registry";
import { createProviders } from "../../provider/session";
import { calls } from "../drivers/calls";
import { begin, endAll, immediatePolling, type Properties, type TypeName } from "../drivers/stack";
import { group } from "../resources/declared";
import { full, samples } from "../resources/facts";
import { withOneValueChanged } from "./contract/changes";

const { acme } = campusSeed;
const CANARY = "secret-canary";
const DAMAGED =
  /^Correct the state with `pulumi state edit`, then run `pulumi refresh`\. The state of (\w+) (\S+) is damaged: (.+)\. Nothing was read or changed\.$/;

/** Values of all types, each with a text that must not be shown. */
const wrong: readonly unknown[] = [
  null,
  5,
  true,
  CANARY,
  [CANARY],
  [[CANARY]],
  { [CANARY]: CANARY },
  { [CANARY]: 5 },
  [],
];

describe("a state that was edited by hand", function () {
  this.timeout(60_000);
  afterEach(endAll);

  for (const [what, sample] of Object.entries(samples)) {
    const { type } = sample;

    it(`is used by every operation or is the same error in each: ${what}`, async () => {
      const { emulator, stack } = await begin();
      const inputs = full(sample);
      await stack.up({ it: { type, inputs } });
      const { id, outputs } = stack.stored("it");
      const names = Object.keys(outputs).filter((name) => name !== HANDLER_KEY && name !== "__format");
      const refused = new Set<string>();
      for (const name of names) {
        const edited = wrong.flatMap((other) => withOneValueChanged(outputs[name], other));
        for (const value of edited) {
          const state = { ...outputs, [name]: value };
          const messages = await Promise.all(["diff", "read", "update", "delete"].map((each) => refusal(each, state)));
          for (const text of messages) assert.ok(!text.includes(CANARY) || !isSecret(type, name), text);
          if (messages.every((text) => text === "")) continue;
          const [damaged, ...others] = messages.map((text) => DAMAGED.exec(text)?.slice(1));
          for (const each of others) assert.deepEqual(each, damaged, messages.join("\n"));
          assert.deepEqual(damaged?.slice(0, 2), [type, id], messages[0]);
          assert.ok(damaged?.[2]?.startsWith(name), messages[0]);
          refused.add(name);
        }
      }
      assert.deepEqual([...refused].sort(), names.sort());

      /** The error of an operation about a damaged state; an empty text if there is none. */
      async function refusal(operation: string, state: Properties): Promise<string> {
        const olds = { ...state, [HANDLER_KEY]: handlerText(type) };
        emulator.clearRequests();
        // With a key that is not valid, update and delete end without a write if the state is valid.
        const isReading = operation === "diff" || operation === "read";
        const provider = providersOf(emulator.url, isReading ? acme.apiKey : "opens-nothing")[type];
        const attempt = {
          diff: () => provider.diff(id, olds, { ...inputs }),
          read: () => provider.read(id, olds),
          update: () => provider.update(id, olds, { ...inputs }),
          delete: () => provider.delete(id, olds),
        }[operation];
        const text = await Promise.resolve(attempt?.()).then(
          () => "",
          (error: unknown) => (error instanceof Error ? error.message : String(error)),
        );
        if (/access denied|403|organization/i.test(text) && !text.includes("damaged")) return "";
        if (text.includes("damaged")) assert.deepEqual(calls(emulator), [], "a call was made");
        return text;
      }
    });
  }

  it("is an error that names every wrong value and its type, until it is corrected", async () => {
    const { stack } = await begin();
    const declared = group({ userUuids: [acme.users.ada.uuid] });
    await stack.up({ it: declared });
    const { outputs, ...stored } = stack.stored("it");
    const edited = { ...outputs, name: 5, userUuids: { "0": "x" }, orgUuid: [], __observed: 7, __mark: false };
    stack.store("it", { ...stored, outputs: edited });
    const error =
      /name must be a text, not a number; userUuids must be a list of RUUIDs, not an object; orgUuid must be a text, not a list; __mark must be a text, not a boolean; __observed must be an object, not a number\. Nothing/;
    await assert.rejects(stack.preview({ it: declared }), error);
    await assert.rejects(stack.refresh(), error);
    await assert.rejects(stack.destroy(), error);
    stack.store("it", { ...stored, outputs });
    await stack.refresh();
    assert.deepEqual(await stack.preview({ it: declared }), { it: "same" });
  });

  it("is an error, and replaces nothing, if a value is malformed", async () => {
    const { stack } = await begin();
    const declared = group({ locationUuid: acme.locations.headquarters.uuid });
    await stack.up({ it: declared });
    const { outputs, ...stored } = stack.stored("it");
    stack.store("it", { ...stored, outputs: { ...outputs, locationUuid: "A".repeat(21) } });
    await assert.rejects(stack.preview({ it: declared }), /is damaged: locationUuid has an invalid format/);
  });

  for (const format of [2, 1.5, "1", {}, true, null]) {
    it(`is an error without a call if its format is ${JSON.stringify(format)}`, async () => {
      const { emulator, stack } = await begin();
      await stack.up({ it: group() });
      const { outputs, ...stored } = stack.stored("it");
      stack.store("it", { ...stored, outputs: { ...outputs, __format: format } });
      emulator.clearRequests();
      const error =
        format === 2 ? /A newer pulumi-rhombus wrote this state/ : /is damaged: __format must be a whole number/;
      await assert.rejects(stack.preview({ it: group() }), error);
      await assert.rejects(stack.refresh(), error);
      await assert.rejects(stack.destroy(), error);
      assert.deepEqual(emulator.requests(), []);
    });
  }
});

function providersOf(endpoint: string, key: string) {
  const env = { RHOMBUS_API_KEY: key, RHOMBUS_ENDPOINT_URL: endpoint, RHOMBUS_MAX_RETRIES: "0" };
  return createProviders({ env, polling: immediatePolling, tell: () => undefined });
}

function isSecret(type: TypeName, name: string): boolean {
  const { fields, outputs } = definitionOf(type);
  return (fields[name] ?? outputs[name])?.modifiers.secret === true;
}
