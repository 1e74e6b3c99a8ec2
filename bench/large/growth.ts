import assert from "node:assert/strict";
import { type Declared, Harness, type ResourceState } from "../../test/drivers/grpc/harness";
import { Rhombus } from "../environment/rhombus";
import { apiKey, deployment, group, largeOrganization } from "./organization";

/** How long an operation took for each of the resources that were there at once. */
export interface Growth {
  /** What the resources are. */
  readonly what: string;
  /** How many there were. */
  readonly count: number;
  /** Milliseconds for each, by operation. */
  readonly msEach: Readonly<Record<string, number>>;
}

/** How many resources the engine has made at once, on two cores. */
const AT_ONCE = 8;

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

/**
 * Measures what each resource costs while more and more of them are in one stack, in the provider's process alone.
 * @param tell Told of each result.
 */
export async function growth(tell: (grown: Growth) => void): Promise<Growth[]> {
  const grown: Growth[] = [];
  for (const kind of kinds) {
    for (const count of kind.counts) {
      grown.push(await lifeOf(kind, count));
      grown.slice(-1).forEach(tell);
    }
  }
  return grown;
}

/** Each operation has a process of its own, as in the engine. */
async function lifeOf({ what, declare, changes }: Kind, count: number): Promise<Growth> {
  const rhombus = await Rhombus.start({ seed: largeOrganization() });
  const config = { "rhombus:apiKey": apiKey, "rhombus:endpoint": rhombus.url };
  const msEach: Record<string, number> = {};
  const numbers = Array.from({ length: count }, (_, number) => number);
  const measure = <T>(operation: string, atOnce: number, run: (harness: Harness, number: number) => Promise<T>) =>
    Harness.during({ config }, async (harness) => {
      const startedAt = performance.now();
      const results = await inTurns(numbers, atOnce, (number) => run(harness, number));
      msEach[operation] = (performance.now() - startedAt) / count;
      return results;
    });
  try {
    let states = await measure("create", AT_ONCE, async (harness, number) => (await harness.up(declare(number))).state);
    const stateOf = (number: number): ResourceState => states[number] ?? assert.fail(`no state of ${number}`);
    const plans = await measure("no change", 1, (harness, number) => harness.preview(declare(number), stateOf(number)));
    assert.ok(plans.every(({ step }) => step === "same"));
    const read = await measure("read", AT_ONCE, (harness, number) => harness.refresh(stateOf(number)));
    assert.ok(read.every((state) => state !== undefined));
    states = await measure("update", AT_ONCE, async (harness, number) => {
      return (await harness.up(declare(number, changes), stateOf(number))).state;
    });
    assert.deepEqual(
      states.flatMap(({ initErrors }) => initErrors),
      [],
    );
    await measure("delete", AT_ONCE, (harness, number) => harness.destroy(stateOf(number)));
    assert.deepEqual(await rhombus.ask("remains"), []);
  } finally {
    await rhombus.close();
  }
  return { what, count, msEach };
}

/** Runs so many at once, and begins the next one whenever one has ended. */
async function inTurns<T>(
  numbers: readonly number[],
  atOnce: number,
  run: (number: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  const left = [...numbers];
  const worker = async () => {
    for (let number = left.shift(); number !== undefined; number = left.shift()) results[number] = await run(number);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/**
 * The costs as a table of Markdown.
 * @param grown The costs.
 */
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
