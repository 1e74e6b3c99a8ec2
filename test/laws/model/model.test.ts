import fc from "fast-check";
import sinon from "sinon";
import { prepare } from "../../../tools/setup.mjs";
import { isLong, itLong, tally } from "../../tally";
import { assertConverges } from "./convergence";
import { inProcess, overGrpc, shortenTimers } from "./engines";
import { regressions } from "./regressions";
import { runSequence } from "./runSequence";
import { sequences } from "./sequence";

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
      counts.steps += await runSequence(sequence, inProcess, assertConverges);
      counts.sequences++;
    });
    await fc.assert(property, { seed, numRuns: SEQUENCES, unbiased: true, ...(path === undefined ? {} : { path }) });
    tally(`model: ${counts.sequences} sequences, ${counts.steps} steps, 0 broken (seed ${seed})`);
  });

  for (const [name, sequence] of Object.entries(regressions)) {
    it(`converges: ${name}`, () => runSequence(sequence, inProcess, assertConverges));
  }

  itLong("converges with a process for each operation, as the engine starts them", async () => {
    await prepare({ engine: false });
    for (const sequence of Object.values(regressions)) await runSequence(sequence, overGrpc, assertConverges);
  });
});
