import fc from "fast-check";
import sinon from "sinon";
import { prepare } from "../../../tools/setup.mjs";
import { isLong, itLong, tally } from "../../tally";
import { inProcess, overGrpc, shortenTimers } from "./engines";
import { putRight } from "./operator";
import { play } from "./play";
import { regressions } from "./regressions";
import { stories } from "./sequence";

/** How many sequences are drawn. */
const SEQUENCES = isLong ? 1_000 : 25;

/** `npm test` draws the same ones each time; the long form draws others, and says how to draw them again. */
const seed = Number(process.env.PULUMI_RHOMBUS_MODEL_SEED ?? (isLong ? Date.now() % 2 ** 31 : 1));

describe("A program, its stack and the vendor, against a plain model", function () {
  this.timeout(isLong ? 14_400_000 : 600_000);
  const sandbox = sinon.createSandbox();
  before(() => shortenTimers(sandbox));
  after(() => sandbox.restore());

  it(`any sequence of changes, deployments and troubles ends well (seed ${seed})`, async () => {
    const counted = { sequences: 0, steps: 0 };
    const path = process.env.PULUMI_RHOMBUS_MODEL_PATH;
    const sequences = fc.asyncProperty(stories, async ({ sequence }) => {
      counted.steps += await play(sequence, inProcess, putRight);
      counted.sequences++;
    });
    await fc.assert(sequences, { seed, numRuns: SEQUENCES, unbiased: true, ...(path === undefined ? {} : { path }) });
    tally(`model: ${counted.sequences} sequences, ${counted.steps} steps, 0 broken (seed ${seed})`);
  });

  for (const [name, sequence] of Object.entries(regressions)) {
    it(`ends well: ${name}`, () => play(sequence, inProcess, putRight));
  }

  itLong("ends as well with a process for each operation, as the engine starts them", async () => {
    await prepare({ engine: false });
    const [sequence] = Object.values(regressions);
    if (sequence !== undefined) await play(sequence, overGrpc, putRight);
  });
});
