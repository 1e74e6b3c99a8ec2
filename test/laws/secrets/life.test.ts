import { campusSeed, type Emulator, type FaultTarget, type OrganizationConsole } from "../../../provider/emulator";
import { definitions } from "../../../provider/resources/registry";
import { begin, endAll, type Properties, type Stack } from "../../drivers/stack";
import { full, type TypedSample as Sample, samples } from "../../resources/facts";
import { isLong } from "../../tally";
import { secretNamesOf, textsIn } from "../contract/secretValues";
import { type Trouble, troubles } from "./faults";
import { type CanarySeed, canarySeed, madeAt } from "./seed";
import { Watch, type WatchedScene } from "./watch";

const { acme } = campusSeed;

/** A stage for one operation: a Rhombus whose keys are canaries, and a stack. */
interface Stage {
  readonly emulator: Emulator;
  readonly console: OrganizationConsole;
  readonly stack: Stack;
  /** Deploys a resource of the sample's type. */
  up(inputs: Properties): Promise<unknown>;
}

/** One operation of a life. */
interface Phase {
  readonly before?: (stage: Stage, sample: Sample) => unknown;
  readonly step: (stage: Stage, sample: Sample) => Promise<unknown>;
}

const create: Phase["step"] = (stage, sample) => stage.up(full(sample));
const refresh: Phase = { before: create, step: ({ stack }) => stack.refresh() };
const update: Phase = { before: create, step: (stage, sample) => stage.up(full(sample, 1)) };

/** The operations of a life, each with what has to happen before. */
const life: readonly Phase[] = [
  { step: create },
  refresh,
  update,
  { before: create, step: ({ stack }) => stack.destroy() },
];

/** A process that is asked for what no state holds knows no secret but its own key. */
const get: Phase = {
  before: create,
  step: ({ stack }, { type }) => stack.get(type, stack.stored("it").id),
};

/** Only an OnGuard deployment is taken over by a secret. */
const adoption: Phase = {
  before: ({ console }) => console.addOnGuard({ displayName: "Before" }),
  step: (stage) => stage.up({ displayName: "HQ", adopt: stage.console.onGuard()[0]?.rhombusToken ?? "" }),
};

const lives = Object.values(samples).flatMap((sample) => {
  const phases = [...life, get, ...(sample.type === "OnGuardIntegration" ? [adoption] : [])];
  return phases.map((phase) => ({ sample, phase, calls: once(() => callsOf(sample, phase)) }));
});

/** The secrets that are there in a process that serves resources: theirs, and the key. */
const present = [
  ...Object.entries(definitions).flatMap(([type, each]) => secretNamesOf(each).map((name) => `${type}.${name}`)),
  "rhombus:apiKey",
];

describe("no message holds a secret", () => {
  afterEach(endAll);

  for (const [turn, [what, trouble]] of Object.entries(troubles).entries()) {
    it(`after ${what}, in the calls of every resource's life`, async () => {
      const watch = new Watch();
      const told = `told after ${what}`;
      await Promise.all(
        lives
          .filter((_, index) => isStruck(trouble, index + turn))
          .map(async ({ sample, phase, calls }) => {
            const strikes = (await calls()).filter((call) => !isSpared(trouble, phase, call));
            for (const call of strikes) await struck(watch.scene(), { sample, phase, call, trouble, told, watch });
          }),
      );
      watch.verify({ canaries: present, channels: [told, "the emulator's request log"] });
    }).timeout(60_000);
  }
});

/** In the short run, a trouble that may strike every call strikes every third life in turn, and so each resource. */
function isStruck({ spares }: Trouble, position: number): boolean {
  return isLong || spares !== undefined || position % 3 === 0;
}

function isSpared({ spares }: Trouble, phase: Phase, call: FaultTarget): boolean {
  if (spares === "all but updates") return phase !== update;
  // What goes wrong with a read is told the same way before a write as in a refresh.
  const isRead = /^(?:get|find|list)/.test(call);
  return isRead && (spares === "reads" || (!isLong && ![refresh, get].includes(phase)));
}

/** The operations that a phase calls when nothing goes wrong. */
async function callsOf(sample: Sample, phase: Phase): Promise<FaultTarget[]> {
  const stage = await setUp(sample, canarySeed());
  await phase.before?.(stage, sample);
  stage.emulator.clearRequests();
  await phase.step(stage, sample);
  return [...new Set(stage.emulator.requests().flatMap(({ operation }) => operation ?? []))];
}

async function setUp({ type }: Sample, { seed, swap }: CanarySeed): Promise<Stage> {
  const config = { apiKey: swap(acme.apiKey) };
  const begun = await begin({ seed, config });
  return { ...begun, up: (inputs) => begun.stack.up({ it: { type, inputs: swap(inputs) } }) };
}

interface Strike {
  readonly sample: Sample;
  readonly phase: Phase;
  readonly call: FaultTarget;
  readonly trouble: Trouble;
  readonly told: string;
  readonly watch: Watch;
}

/** One phase in which one operation is in trouble, twice. */
async function struck(scene: WatchedScene, { sample, phase, call, trouble, told, watch }: Strike): Promise<void> {
  const canaries = canarySeed();
  const stage = await setUp(sample, canaries);
  const { emulator, stack } = stage;
  await phase.before?.(stage, sample);
  scene.secret("rhombus:apiKey", canaries.swap(acme.apiKey));
  if (phase !== get) learn(scene, sample, stage, canaries.swap(full(sample)));
  emulator.fail({ operation: call, with: trouble.fault({ bait: watch.bait, secrets: scene.secrets() }), times: 2 });
  const failure = await phase.step(stage, sample).then(String, String);
  learn(scene, sample, stage, canaries.swap(full(sample, 1)));
  learnMade(scene, sample, stage);
  scene.hear(told, [failure, ...stack.lines].join("\n"), trouble.evidence);
  scene.hear("the emulator's request log", JSON.stringify(emulator.requests()), /"operation":/);
  scene.end();
}

/** Takes note of the secrets in inputs and in the state. */
function learn(scene: WatchedScene, { type }: Sample, { stack, console }: Stage, inputs: Properties): void {
  const { outputs } = stack.has("it") ? stack.stored("it") : { outputs: {} };
  for (const name of secretNamesOf(definitions[type])) {
    scene.secret(`${type}.${name}`, ...[inputs, outputs].flatMap((each: Properties) => textsIn(each[name])));
  }
  const [deployment] = console.onGuard();
  if (type === "OnGuardIntegration" && deployment) scene.secret(`${type}.adopt`, deployment.rhombusToken);
}

/** Takes note of the secrets at Rhombus, which a failed call may never have brought. */
function learnMade(scene: WatchedScene, { type }: Sample, { console }: Stage): void {
  for (const [owner, name, value] of madeAt(console)) {
    if (owner === type) scene.secret(`${type}.${name}`, value);
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
