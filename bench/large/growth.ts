import assert from "node:assert/strict";
import type { Declared, Engine, ResourceState } from "../../test/drivers/engine";
import { ProcessEngine } from "../../test/drivers/grpc/processEngine";
import { Rhombus } from "../environment/rhombus";
import { apiKey, deployment, group, largeOrganization } from "./organization";

/** The cost per resource in a stack of a size. */
export interface Growth {
  /** A description of the resources. */
  readonly what: string;
  /** The number of resources. */
  readonly count: number;
  /** Milliseconds per resource, by operation. */
  readonly msEach: Readonly<Record<string, number>>;
}

/** The number of resources that the engine creates concurrently on two cores. */
const PARALLELISM = 8;

interface Kind {
  readonly what: string;
  readonly counts: readonly number[];
  declare(number: number, changes?: Declared["inputs"]): Declared;
  readonly changes: Declared["inputs"];
}

const kinds: readonly Kind[] = [
  {
    what: "groups with 20 members each",
    counts: [100, 300, 1_000],
    declare: (number, changes) => group(number, 20, changes),
    changes: { description: "Enters by night" },
  },
  {
    what: "OnGuard deployments with 500 doors each",
    counts: [5, 15, 50],
    declare: (number, changes) => deployment(number, 500, changes),
    changes: { saveClips: true },
  },
];

/** Measures the cost per resource in stacks of growing sizes, in the provider process alone. */
export async function measureGrowth(onGrowth: (growth: Growth) => void): Promise<Growth[]> {
  const grown: Growth[] = [];
  for (const kind of kinds) {
    for (const count of kind.counts) {
      const growth = await measureCount(kind, count);
      grown.push(growth);
      onGrowth(growth);
    }
  }
  return grown;
}

/** Measures one size. Each operation has a process of its own, as with the engine. */
async function measureCount({ what, declare, changes }: Kind, count: number): Promise<Growth> {
  const rhombus = await Rhombus.start({ seed: largeOrganization() });
  const config = { "rhombus:apiKey": apiKey, "rhombus:endpoint": rhombus.url };
  const msEach: Record<string, number> = {};
  const numbers = Array.from({ length: count }, (_, number) => number);
  const measure = <T>(operation: string, parallelism: number, run: (engine: Engine, number: number) => Promise<T>) =>
    ProcessEngine.during({ config }, async (engine) => {
      const startedAt = performance.now();
      const results = await runConcurrently(numbers, parallelism, (number) => run(engine, number));
      msEach[operation] = (performance.now() - startedAt) / count;
      return results;
    });
  try {
    let states = await measure(
      "create",
      PARALLELISM,
      async (engine, number) => (await engine.up(declare(number))).state,
    );
    const stateOf = (number: number): ResourceState => states[number] ?? assert.fail(`no state of ${number}`);
    const plans = await measure("no change", 1, (engine, number) => engine.preview(declare(number), stateOf(number)));
    assert.ok(plans.every(({ step }) => step === "same"));
    const read = await measure("read", PARALLELISM, (engine, number) => engine.refresh(stateOf(number)));
    assert.ok(read.every((state) => state !== undefined));
    states = await measure("update", PARALLELISM, async (engine, number) => {
      return (await engine.up(declare(number, changes), stateOf(number))).state;
    });
    assert.deepEqual(
      states.flatMap(({ initErrors }) => initErrors),
      [],
    );
    await measure("delete", PARALLELISM, (engine, number) => engine.destroy(stateOf(number)));
    assert.deepEqual(await rhombus.send("remains"), []);
  } finally {
    await rhombus.close();
  }
  return { what, count, msEach };
}

/** Runs a function for all numbers, a limited number of them concurrently. */
async function runConcurrently<T>(
  numbers: readonly number[],
  parallelism: number,
  run: (number: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  const queue = [...numbers];
  const worker = async () => {
    for (let number = queue.shift(); number !== undefined; number = queue.shift()) results[number] = await run(number);
  };
  await Promise.all(Array.from({ length: parallelism }, worker));
  return results;
}

/** The costs as a table of Markdown. */
export function growthTable(grown: readonly Growth[]): string {
  const operations = Object.keys(grown[0]?.msEach ?? {});
  const rows = grown.map(({ what, count, msEach }) => {
    return `| ${[count, what, ...operations.map((each) => msEach[each]?.toFixed(1))].join(" | ")} |`;
  });
  return [
    `| | Resources | ${operations.join(" | ")} |`,
    `|---:|---|${operations.map(() => "---:|").join("")}`,
    ...rows,
  ].join("\n");
}
