import fc from "fast-check";
import sinon from "sinon";
import { defaultBehaviours, startEmulator } from "../../../provider/emulator";
import { isLong } from "../../longRun";
import { reportCounts } from "../../reportCounts";
import { assertConverges } from "./convergence";
import { regressions } from "./regressions";
import { DEADLINE_SECONDS, PAUSE_MS, Scenario } from "./scenario";
import { type Sequence, sequences } from "./sequence";

/** The number of random sequences. */
const SEQUENCES = isLong ? 1_000 : 25;

/** `npm test` draws the same sequences each time. The long run draws others, and prints the seed. */
const seed = Number(process.env.PULUMI_RHOMBUS_MODEL_SEED ?? (isLong ? Date.now() % 2 ** 31 : 1));

describe("A program, its stack and Rhombus, compared with a plain model", function () {
  this.timeout(isLong ? 14_400_000 : 600_000);
  const sandbox = sinon.createSandbox();
  before(() => shortenTimers(sandbox));
  after(() => sandbox.restore());

  it(`any sequence of changes, deployments and faults converges (seed ${seed})`, async () => {
    const counts = { sequences: 0, steps: 0 };
    const path = process.env.PULUMI_RHOMBUS_MODEL_PATH;
    const property = fc.asyncProperty(sequences, async ({ sequence }) => {
      counts.steps += await assertSequence(sequence);
      counts.sequences++;
    });
    await fc.assert(property, { seed, numRuns: SEQUENCES, unbiased: true, ...(path === undefined ? {} : { path }) });
    reportCounts(`model: ${counts.sequences} sequences, ${counts.steps} steps, 0 broken (seed ${seed})`);
  });

  for (const [name, sequence] of Object.entries(regressions)) {
    it(`converges: ${name}`, () => assertSequence(sequence));
  }
});

/** Runs a sequence and what completes it. Returns the number of steps that were possible. */
async function assertSequence({ behaviours, steps }: Sequence): Promise<number> {
  const emulator = await startEmulator({ behaviours: { ...defaultBehaviours, ...behaviours } });
  try {
    const scenario = new Scenario(emulator);
    for (const step of steps) await scenario.take(step);
    await assertConverges(scenario);
    return scenario.steps;
  } finally {
    await emulator.close();
  }
}

/** Shortens deadlines of calls to 0.4 s and pauses to 60 ms, until the sandbox is restored. Other deadlines stay. */
function shortenTimers(sandbox: sinon.SinonSandbox): void {
  const { setTimeout: wait } = globalThis;
  const shortened = (work: () => void, ms = 0) => {
    if (ms === DEADLINE_SECONDS * 1_000) return wait(work, 400);
    return wait(work, ms < 30_000 ? Math.min(ms, PAUSE_MS) : ms);
  };
  sandbox.stub(globalThis, "setTimeout").callsFake(shortened);
}
