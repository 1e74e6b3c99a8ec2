import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { campusSeed } from "../../../provider/emulator";
import { definitions, type ResourceType } from "../../../provider/resources/registry";
import { prepare } from "../../../tools/setup.mjs";
import { type Properties, received } from "../../drivers/properties";
import { ProviderError } from "../../drivers/transport";
import { isLong, itLong } from "../../longRun";
import { full, type TypedSample as Sample, samples } from "../../resources/facts";
import { secretNamesOf } from "../contract/secretValues";
import { isFixed } from "../everyResource";
import { canaryNames, environmentNames, issueCertificates, type Source, sources } from "./canaries";
import { LeakScan } from "./leakScan";
import { channels, ProcessScenario, preloaded } from "./processScenario";

const { acme } = campusSeed;

// An organization has one integration of Kisi.
const firstKisi = Object.values(samples).filter(({ least }) => least.apiVersion === "V1");
const others = Object.values(samples).filter((sample) => !firstKisi.includes(sample));

describe("Pulumi's dynamic-provider process", function () {
  this.timeout(120_000);
  const scan = new LeakScan();
  const folder = mkdtempSync(path.join(tmpdir(), "rhombus-secrets-"));
  let certificates: ReturnType<typeof issueCertificates>;
  before("builds, and issues certificates", async function () {
    this.timeout(180_000);
    await prepare({ engine: false, install: false });
    certificates = issueCertificates();
    writeFileSync(path.join(folder, "authority.pem"), certificates.authority);
    writeFileSync(path.join(folder, "preloaded.cjs"), preloaded);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const source of sources) {
    // The source of the settings is the same for every resource.
    const run = source === "rhombus" || isLong ? others : firstKisi;
    it(`shows no secret, with its settings from ${source}`, () => runProcess(source, run));
  }

  itLong("shows no secret of the first version of Kisi's operations", () => runProcess("rhombus", firstKisi));

  async function runProcess(source: Source, run: readonly Sample[]): Promise<void> {
    const scenario = await ProcessScenario.begin({ scan, folder, source, certificates });
    try {
      const created: Created[] = [];
      for (const sample of run) {
        const isFirst = !created.some(({ type }) => type === sample.type);
        created.push({ ...(await createAndUpdate(scenario, sample)), isFirst });
      }
      created.push(await adopt(scenario), await failPartially(scenario));
      await scenario.throwUncaught("exception");
      await scenario.throwUncaught("rejection");
      await scenario.restart();
      for (const each of created) await compareAndRead(scenario, each);
      for (const each of created) await remove(scenario, each);
    } finally {
      await scenario.end();
    }
  }

  it("had every secret, and each channel was recorded", () => {
    scan.verify({ canaries: [...canaryNames, ...environmentNames], channels });
  });
});

interface Created {
  readonly type: ResourceType;
  readonly id: string;
  readonly outputs: Properties;
  readonly news: Properties;
  /** True for the first resource of its type. A further one is read from a listing that is there already. */
  readonly isFirst?: boolean;
}

/** Creates and updates a resource, and fails each call once. */
async function createAndUpdate(scenario: ProcessScenario, sample: Sample): Promise<Created> {
  const { type } = sample;
  const { provider } = scenario.engine;
  const [news, later] = [inputsOf(scenario, sample, 0), inputsOf(scenario, sample, 1)];
  scenario.addSecrets(type, news);
  await misplaceSecrets(scenario, type, news);
  const { inputs } = await provider.check(type, { news });
  await fail(scenario, () => provider.create(type, news));
  const { id, outputs } = await provider.create(type, news);
  scenario.addSecrets(type, outputs);
  await fail(scenario, () => provider.update(type, { id, olds: outputs, news: later }));
  const warning = { error: false, errorMsg: null, warningMsg: scenario.everything };
  scenario.emulator.fail({ operation: "*", with: { kind: "errorEnvelope", ...warning, when: "after" } });
  const updated = await provider.update(type, { id, olds: outputs, news: later });
  scenario.addSecrets(type, updated.outputs);
  scenario.record("answers", id, inputs, outputs, updated.outputs);
  return { type, id, outputs: updated.outputs, news };
}

/** Adopts a deployment by its token, which is a secret. */
async function adopt(scenario: ProcessScenario): Promise<Created> {
  const type = "OnGuardIntegration";
  const { rhombusToken } = scenario.emulator.console(acme.orgUuid).addOnGuard({ displayName: "Before" });
  const news = received({ displayName: scenario.marker, adopt: rhombusToken });
  scenario.addSecrets(type, news);
  await fail(scenario, () => scenario.engine.provider.create(type, news));
  const { id, outputs } = await scenario.engine.provider.create(type, news);
  scenario.addSecrets(type, outputs);
  scenario.record("answers", id, outputs);
  return { type, id, outputs, news };
}

/** Creates a deployment whose second call fails. */
async function failPartially(scenario: ProcessScenario): Promise<Created> {
  const type = "OnGuardIntegration";
  const refused = { kind: "errorEnvelope", errorMsg: scenario.everything } as const;
  scenario.emulator.fail({ operation: "updateHoneywellOnGuardIntegration", with: refused });
  const news = { displayName: `${scenario.marker} too`, saveClips: true };
  const { initFailure } = await failureOf(scenario.engine.provider.create(type, news));
  assert.ok(initFailure);
  const { id, properties, reasons } = initFailure;
  scenario.addSecrets(type, properties);
  scenario.record("partial", id, properties, ...reasons);
  return { type, id, outputs: properties, news };
}

/** Compares a resource with its program, and reads it. */
async function compareAndRead(scenario: ProcessScenario, { type, id, outputs, news, isFirst }: Created): Promise<void> {
  const { provider } = scenario.engine;
  scenario.addSecrets(type, outputs);
  scenario.record("answers", JSON.stringify(await provider.diff(type, { id, olds: outputs, news })));
  if (isFirst) await fail(scenario, () => provider.read(type, { id, outputs }));
  for (const asked of [outputs, { __get: true }]) {
    const read = await provider.read(type, { id, outputs: asked });
    scenario.record("answers", read.outputs, read.inputs ?? {});
  }
}

/** Deletes a resource, after a call that fails. */
async function remove(scenario: ProcessScenario, { type, id, outputs }: Created): Promise<void> {
  const { provider } = scenario.engine;
  await fail(scenario, () => provider.delete(type, { id, outputs }));
  await provider.delete(type, { id, outputs });
}

/** The declared inputs: the first ones, or those of a change that replaces nothing. */
function inputsOf({ swap, marker }: ProcessScenario, sample: Sample, which: 0 | 1): Properties {
  const fixed = Object.entries(full(sample)).filter(([name]) => isFixed(sample.type, name));
  const marked = sample.type === "AccessControlGroup" ? { description: `${marker} ${which}` } : {};
  return received({ ...swap({ ...full(sample, which), ...Object.fromEntries(fixed) }), ...marked });
}

/** Declares secrets of a wrong type and length, and all of them as other inputs and as ids. */
async function misplaceSecrets(scenario: ProcessScenario, type: ResourceType, inputs: Properties): Promise<void> {
  const { secrets, marker, engine } = scenario;
  const { fields } = definitions[type];
  const names = secretNamesOf(definitions[type]).filter((name) => Object.hasOwn(fields, name));
  const misplaced = Object.fromEntries(secrets.map((secret) => [secret, secret]));
  const wrong = Object.fromEntries(names.map((name) => [name, [misplaced]]));
  const long = Object.fromEntries(names.map((name) => [name, secrets.join("").repeat(9)]));
  for (const mistake of [wrong, long, { ...misplaced, apiVersion: secrets[0], membership: secrets[0] }]) {
    const news = received({ ...inputs, ...mistake, [marker]: true });
    scenario.record("failures", JSON.stringify((await engine.provider.check(type, { news })).failures));
  }
  const asked = secrets.flatMap((id) =>
    [{ __get: true }, { name: marker, displayName: marker }].map((outputs) => ({ id, outputs })),
  );
  // A token of 22 characters can have the form of an id: then the answer, after the polling time, is that there is no such object.
  const answers = asked.map((each) => engine.provider.read(type, each).catch((error: unknown) => error));
  for (const answer of await Promise.all(answers))
    scenario.record("errors", answer instanceof ProviderError ? textOf(answer) : JSON.stringify(answer));
}

/** Makes a call to which the API answers with all secrets. */
async function fail(scenario: ProcessScenario, call: () => Promise<unknown>): Promise<void> {
  const { emulator, everything } = scenario;
  const fault = emulator.fail({ operation: "*", with: { kind: "errorEnvelope", errorMsg: everything }, times: 99 });
  scenario.record("errors", textOf(await failureOf(call())));
  assert.ok(fault.remaining < 99, "the fault has affected a call");
  fault.cancel();
}

function textOf({ code, message }: ProviderError): string {
  return `${code} ${message}`;
}

async function failureOf(call: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await call.then(
    () => assert.fail("the call succeeded"),
    (thrown: unknown) => thrown,
  );
  if (error instanceof ProviderError) return error;
  throw error;
}
