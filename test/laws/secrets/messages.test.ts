import { inspect } from "node:util";
import { log } from "@pulumi/pulumi";
import sinon from "sinon";
import * as rhombus from "../../../provider";
import { campusSeed, type Emulator, type FaultTarget } from "../../../provider/emulator";
import { definitions } from "../../../provider/resources/registry";
import { begin, endAll, type Properties } from "../../drivers/stack";
import { isLong } from "../../longRun";
import { full, type TypedSample as Sample, samples } from "../../resources/facts";
import { endRuns, run } from "../../unit/lookups/run";
import { secretNamesOf, textsIn } from "../contract/secretValues";
import { type CanarySeed, canarySeed, generatedSecrets, resourceSecrets } from "./canaries";
import { type FaultCase, faultCases } from "./faultCases";
import { LeakScan, type Scenario } from "./leakScan";

const { acme } = campusSeed;
const REQUESTS = "the emulator's request log";
const LOOKUPS = "errors of look-ups";

type Begun = Awaited<ReturnType<typeof begin>>;

/** A resource with the canaries of its stack. */
interface Setup extends Begun {
  readonly sample: Sample;
  readonly canaries: CanarySeed;
}

/** An operation of the engine, and what must happen before it. */
interface Operation {
  readonly before?: (setup: Setup) => unknown;
  readonly run: (setup: Setup) => Promise<unknown>;
}

function up({ stack, sample: { type }, canaries }: Setup, inputs: object): Promise<unknown> {
  return stack.up({ it: { type, inputs: canaries.swap({ ...inputs }) } });
}

const create: Operation["run"] = (setup) => up(setup, full(setup.sample));
const refresh: Operation = { before: create, run: ({ stack }) => stack.refresh() };
const update: Operation = { before: create, run: (setup) => up(setup, full(setup.sample, 1)) };

/** A process that reads an object of no state knows no secret but its own key. */
const get: Operation = { before: create, run: ({ stack, sample }) => stack.get(sample.type, stack.stored("it").id) };

/** Only an OnGuard deployment is adopted by a secret. */
const adoption: Operation = {
  before: ({ console }) => console.addOnGuard({ displayName: "Before" }),
  run: (setup) => up(setup, { displayName: "HQ", adopt: setup.console.onGuard()[0]?.rhombusToken ?? "" }),
};

const lifecycle = [
  { run: create },
  refresh,
  update,
  { before: create, run: ({ stack }: Setup) => stack.destroy() },
  get,
];

const operations = Object.values(samples).flatMap((sample) => {
  const all = [...lifecycle, ...(sample.type === "OnGuardIntegration" ? [adoption] : [])];
  return all.map((operation) => ({ sample, operation, calls: once(() => callsOf(sample, operation)) }));
});

/** The look-ups that take a key of Genea or Kisi, and the name of that secret. */
const lookups: readonly [canary: string, key: string, look: (key: string) => Promise<unknown>][] = [
  [
    "GeneaIntegration.apiToken",
    acme.genea.apiToken,
    (apiToken) => rhombus.getGeneaDoors({ apiToken, names: [apiToken] }),
  ],
  [
    "KisiIntegration.apiSecretKey",
    acme.kisi.apiSecretKey,
    (key) => rhombus.getKisiPlaces({ apiSecretKey: key, names: [key] }),
  ],
  [
    "KisiIntegration.apiSecretKey",
    acme.kisi.apiSecretKey,
    (key) => rhombus.getKisiDoors({ apiSecretKey: key, place: key }),
  ],
];

describe("no message contains a secret", () => {
  afterEach(endAll);

  for (const [turn, [name, fault]] of Object.entries(faultCases).entries()) {
    it(`after ${name}, in the calls of every operation`, async () => {
      const scan = new LeakScan();
      const channel = `errors after ${name}`;
      // In the short run, a case without skipped calls affects every third operation in turn, and so each resource; a form in
      // which secrets are quoted affects the resources that have some.
      const isAffected = ({ sample: { type } }: (typeof operations)[number], index: number) => {
        if (fault.skips === "all but updates") return secretNamesOf(definitions[type]).length > 0;
        return fault.skips === "reads" || (index + turn) % 3 === 0;
      };
      const affected = operations.filter((each, index) => isLong || isAffected(each, index));
      await Promise.all(
        affected.map(async ({ sample, operation, calls }) => {
          for (const call of (await calls()).filter((each) => !isSkipped(fault, operation, each))) {
            await runWithFault({ scan, channel, sample, operation, call, fault });
          }
        }),
      );
      scan.verify({ canaries: [...resourceSecrets, "rhombus:apiKey"], channels: [channel, REQUESTS] });
    }).timeout(60_000);
  }
});

it("no error of a look-up contains a secret, however it is printed", async () => {
  const scan = new LeakScan();
  const warnings = sinon.stub(log, "warn").resolves();
  // Timeouts and rate limits differ only in their duration.
  const cases = Object.entries(faultCases).filter(([name]) => !/timeout|hang|429/.test(name));
  try {
    for (const [, { fault }] of cases) {
      for (const [canary, key, look] of lookups) {
        const { seed, swap } = canarySeed();
        const scenario = scan.scenario();
        const [apiKey, vendorKey] = [swap(acme.apiKey), swap(key)];
        scenario.secret("rhombus:apiKey", apiKey);
        scenario.secret(canary, vendorKey);
        const emulator = await run({ seed, config: { apiKey } });
        const words = { marker: scan.marker, secrets: scenario.secrets() };
        emulator.fail({ operation: "*", with: fault(words), times: 9 });
        const error = await look(vendorKey).catch((thrown: unknown) => thrown);
        scenario.record(LOOKUPS, inspect(error, { depth: 10, showHidden: true }));
        scenario.record(LOOKUPS, warnings.args.join());
        recordRequests(scenario, emulator);
        scenario.end();
        await endRuns();
      }
    }
  } finally {
    sinon.restore();
  }
  const canaries = ["rhombus:apiKey", "GeneaIntegration.apiToken", "KisiIntegration.apiSecretKey"];
  scan.verify({ canaries, channels: [LOOKUPS, REQUESTS] });
}).timeout(60_000);

function isSkipped({ skips }: FaultCase, operation: Operation, call: FaultTarget): boolean {
  if (skips === "all but updates") return operation !== update;
  // The error of a read is the same before a write as in a refresh.
  const isRead = /^(?:get|find|list)/.test(call);
  return isRead && (skips === "reads" || (!isLong && ![refresh, get].includes(operation)));
}

/** The calls of an operation without a fault. */
async function callsOf(sample: Sample, operation: Operation): Promise<FaultTarget[]> {
  const setup = await setUp(sample, { timeoutSeconds: "30" });
  await operation.before?.(setup);
  setup.emulator.clearRequests();
  await operation.run(setup);
  return [...new Set(setup.emulator.requests().flatMap(({ operation }) => operation ?? []))];
}

async function setUp(sample: Sample, config: Readonly<Record<string, string>> = {}): Promise<Setup> {
  const canaries = canarySeed();
  const begun = await begin({ seed: canaries.seed, config: { ...config, apiKey: canaries.swap(acme.apiKey) } });
  return { ...begun, sample, canaries };
}

interface Strike {
  readonly scan: LeakScan;
  readonly channel: string;
  readonly sample: Sample;
  readonly operation: Operation;
  readonly call: FaultTarget;
  readonly fault: FaultCase;
}

/** Runs an operation in which one call fails twice. */
async function runWithFault({ scan, channel, sample, operation, call, fault }: Strike): Promise<void> {
  const scenario = scan.scenario();
  const setup = await setUp(sample);
  const { emulator, stack, console, canaries } = setup;
  await operation.before?.(setup);
  scenario.secret("rhombus:apiKey", canaries.swap(acme.apiKey));
  if (operation !== get) addSecrets(scenario, setup, 0);
  emulator.fail({ operation: call, with: fault.fault({ marker: scan.marker, secrets: scenario.secrets() }), times: 2 });
  const failure = await operation.run(setup).then(String, String);
  addSecrets(scenario, setup, 1);
  // A failed call may not have returned these.
  for (const [name, value] of generatedSecrets(console)) {
    if (name.startsWith(`${sample.type}.`)) scenario.secret(name, value);
  }
  scenario.record(channel, [failure, ...stack.lines].join("\n"), fault.evidence);
  recordRequests(scenario, emulator);
  scenario.end();
}

function recordRequests(scenario: Scenario, emulator: Emulator): void {
  scenario.record(REQUESTS, JSON.stringify(emulator.requests()), /"operation":/);
}

/** Adds the secrets in the inputs and in the state. */
function addSecrets(scenario: Scenario, { sample, stack, console, canaries }: Setup, which: 0 | 1): void {
  const { type } = sample;
  const outputs: Properties = stack.has("it") ? stack.stored("it").outputs : {};
  for (const properties of [canaries.swap(full(sample, which)), outputs]) {
    for (const name of secretNamesOf(definitions[type]))
      scenario.secret(`${type}.${name}`, ...textsIn(properties[name]));
  }
  const [deployment] = console.onGuard();
  if (type === "OnGuardIntegration" && deployment) scenario.secret(`${type}.adopt`, deployment.rhombusToken);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
