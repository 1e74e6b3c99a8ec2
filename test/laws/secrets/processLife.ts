import assert from "node:assert/strict";
import { campusSeed } from "../../../provider/emulator";
import { definitions } from "../../../provider/resources/registry";
import { type Properties, received } from "../../drivers/properties";
import { ProviderError } from "../../drivers/transport";
import { full, type TypedSample as Sample } from "../../resources/facts";
import { secretNamesOf } from "../contract/secretValues";
import type { ProcessStage } from "./processStage";

const { acme } = campusSeed;

/** What comes next, in a process of its own: the engine has one for each operation. */
export type Rest = () => Promise<void>;

/** The life of a resource up to its update, with a failure of every call that talks to Rhombus. */
export async function live(stage: ProcessStage, sample: Sample): Promise<Rest> {
  const { type } = sample;
  const { provider } = stage.engine;
  const [news, later] = [inputsOf(stage, sample, 0), inputsOf(stage, sample, 1)];
  stage.learn(type, news);
  await mistake(stage, sample, news);
  const { inputs } = await provider.check(type, { news });
  await fail(stage, () => provider.create(type, news));
  const { id, outputs } = await provider.create(type, news);
  stage.learn(type, outputs);
  await fail(stage, () => provider.update(type, { id, olds: outputs, news: later }));
  warnOnce(stage);
  const updated = await provider.update(type, { id, olds: outputs, news: later });
  stage.learn(type, updated.outputs);
  stage.hear("answers", id, inputs, outputs, updated.outputs);
  return () => finish(stage, { type, id, outputs: updated.outputs, news }, { isFirst: true });
}

/** Takes over a deployment by its token, which is a secret. */
export async function adopt(stage: ProcessStage): Promise<Rest> {
  const { rhombusToken } = stage.emulator.console(acme.orgUuid).addOnGuard({ displayName: "Before" });
  const inputs = received({ displayName: stage.bait, adopt: rhombusToken });
  stage.learn("OnGuardIntegration", inputs);
  await fail(stage, () => stage.engine.provider.create("OnGuardIntegration", inputs));
  const { id, outputs } = await stage.engine.provider.create("OnGuardIntegration", inputs);
  stage.learn("OnGuardIntegration", outputs);
  stage.hear("answers", id, outputs);
  return () => finish(stage, { type: "OnGuardIntegration", id, outputs, news: inputs });
}

/** Makes a deployment of which the second half fails. */
export async function failHalfWay(stage: ProcessStage): Promise<Rest> {
  const { emulator, engine, everything, bait } = stage;
  const refused = { kind: "errorEnvelope", errorMsg: everything } as const;
  emulator.fail({ operation: "updateHoneywellOnGuardIntegration", with: refused });
  const news = { displayName: `${bait} too`, saveClips: true };
  const { initFailure } = await failureOf(engine.provider.create("OnGuardIntegration", news));
  assert.ok(initFailure);
  const { id, properties, reasons } = initFailure;
  stage.learn("OnGuardIntegration", properties);
  stage.hear("halves", id, properties, ...reasons);
  return () => finish(stage, { type: "OnGuardIntegration", id, outputs: properties, news });
}

interface Made {
  readonly type: Sample["type"];
  readonly id: string;
  readonly outputs: Properties;
  readonly news: Properties;
}

/** Reads, compares with the state, and deletes. */
async function finish(
  stage: ProcessStage,
  { type, id, outputs, news }: Made,
  { isFirst = false }: { isFirst?: boolean } = {},
): Promise<void> {
  const { provider } = stage.engine;
  stage.learn(type, outputs);
  stage.hear("answers", JSON.stringify(await provider.diff(type, { id, olds: outputs, news })));
  // A second one of a type is read from a listing that is there already.
  if (isFirst) await fail(stage, () => provider.read(type, { id, outputs }));
  for (const asked of [outputs, { __get: true }]) {
    const read = await provider.read(type, { id, outputs: asked });
    stage.hear("answers", read.outputs, read.inputs ?? {});
  }
  await fail(stage, () => provider.delete(type, { id, outputs }));
  await provider.delete(type, { id, outputs });
}

/** What the program declares: at first, or in a change that replaces nothing. */
function inputsOf({ swap, bait }: ProcessStage, sample: Sample, which: 0 | 1): Properties {
  const lasting = Object.entries(definitions[sample.type].fields).flatMap(([name, { modifiers }]) =>
    modifiers.replaces ? [name] : [],
  );
  const [first, wished] = [full(sample), full(sample, which)];
  const kept = Object.entries(first).filter(([name]) => lasting.includes(name));
  const told = sample.type === "AccessControlGroup" ? { description: `${bait} ${which}` } : {};
  return received({ ...swap({ ...wished, ...Object.fromEntries(kept) }), ...told });
}

/** Declares secrets of another type and length than they have, and all of them where they do not belong. */
async function mistake(stage: ProcessStage, sample: Sample, inputs: Properties): Promise<void> {
  await misplace(stage, sample, inputs);
  await mistakeForIds(stage, sample);
}

/** Asks for objects by secrets in the place of their ids, as who has a token and no id does. */
async function mistakeForIds(stage: ProcessStage, { type }: Sample): Promise<void> {
  const { engine, secrets, bait } = stage;
  for (const id of secrets) {
    const asked: readonly Properties[] = [{ __get: true }, { name: bait, displayName: bait }];
    for (const outputs of asked) {
      // A token of 22 characters can have the form of a group's id: then the answer is that there is no such group.
      const answer = await engine.provider.read(type, { id, outputs }).catch((error: unknown) => error);
      stage.hear(
        "errors",
        answer instanceof ProviderError ? `${answer.code} ${answer.message}` : JSON.stringify(answer),
      );
    }
  }
}

async function misplace(stage: ProcessStage, { type }: Sample, inputs: Properties): Promise<void> {
  const { secrets, bait } = stage;
  const fields = secretNamesOf(definitions[type]).filter((name) => Object.hasOwn(definitions[type].fields, name));
  const misplaced = Object.fromEntries(secrets.map((secret) => [secret, secret]));
  const wrong = Object.fromEntries(fields.map((name) => [name, [misplaced]]));
  const long = Object.fromEntries(fields.map((name) => [name, secrets.join("").repeat(9)]));
  for (const news of [wrong, long, { ...misplaced, apiVersion: secrets[0], membership: secrets[0] }]) {
    const { failures } = await stage.engine.provider.check(type, {
      news: received({ ...inputs, ...news, [bait]: true }),
    });
    stage.hear("mistakes", JSON.stringify(failures));
  }
}

function warnOnce({ emulator, everything }: ProcessStage): void {
  const spoken = { error: false, errorMsg: null, warningMsg: everything };
  emulator.fail({ operation: "*", with: { kind: "errorEnvelope", ...spoken, when: "after" } });
}

async function fail(stage: ProcessStage, call: () => Promise<unknown>): Promise<void> {
  const { emulator, everything } = stage;
  const fault = emulator.fail({ operation: "*", with: { kind: "errorEnvelope", errorMsg: everything }, times: 99 });
  const { code, message } = await failureOf(call());
  assert.ok(fault.remaining < 99, "the fault has struck");
  fault.cancel();
  stage.hear("errors", `${code} ${message}`);
}

async function failureOf(call: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await call.then(
    () => assert.fail("the call succeeded"),
    (thrown: unknown) => thrown,
  );
  if (error instanceof ProviderError) return error;
  throw error;
}
