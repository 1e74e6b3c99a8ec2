import assert from "node:assert/strict";
import path from "node:path";
import type { dynamic } from "@pulumi/pulumi";
import { Bench } from "tinybench";
import { HANDLER_KEY, handlerText } from "../../provider/pulumi/handler";
import type { Providers } from "../../provider/session";
import { type Properties, type Subject, subjects } from "./subjects";

/** How long the check or the diff of one map takes. */
export interface MapTiming {
  /** The map. */
  readonly map: string;
  /** How many doors it has. */
  readonly doors: number;
  /** What was done. */
  readonly work: string;
  /** The median, in milliseconds. */
  readonly medianMs: number;
  /** What 99 of 100 did not exceed, in milliseconds. */
  readonly p99Ms: number;
}

/** How many doors the maps have that are measured. */
const DOOR_COUNTS: readonly number[] = [1_000, 5_000, 20_000];

/** What the check or the diff of a map of 5 000 doors may take, in milliseconds. */
export const LONGEST_MS = 50;

/**
 * Measures what the provider process does with large maps in `check` and in `diff`: what it is handed by Pulumi's SDK is
 * turned into our values, compared, and turned back.
 * @param timeMs How long each of them is repeated, in milliseconds.
 */
export async function measureMaps(timeMs = 300): Promise<MapTiming[]> {
  const timings: MapTiming[] = [];
  for (const doors of DOOR_COUNTS) {
    for (const subject of subjects) timings.push(...(await measured(subject, doors, timeMs)));
  }
  return timings;
}

async function measured(subject: Subject, doors: number, timeMs: number): Promise<MapTiming[]> {
  const bench = new Bench({ time: timeMs, warmupTime: timeMs / 5, iterations: 10, throws: true });
  for (const [work, run] of await works(subject, doors)) bench.add(work, run);
  await bench.run();
  return bench.tasks.map(({ name, result }) => {
    assert.ok("latency" in result, `${name} was not measured`);
    return { map: subject.map, doors, work: name, medianMs: result.latency.p50, p99Ms: result.latency.p99 };
  });
}

/** Each work is tried once and has to find what it should: a diff that fails fast would look fast. */
async function works(subject: Subject, doors: number): Promise<[string, () => Promise<unknown>][]> {
  const provider = (await configured())[subject.type];
  const handler = { [HANDLER_KEY]: handlerText(subject.type) };
  const before = subject.inputs(doors, () => false);
  const olds = { ...before, ...handler };
  const state = { ...olds, ...subject.outputs };
  const checked = await provider.check(olds, olds);
  assert.deepEqual(checked.failures, []);
  const diffs: [string, Properties, boolean][] = [
    ["diff, unchanged", before, false],
    ["diff, one door changed", subject.inputs(doors, (door) => door === doors - 1), true],
    ["diff, all changed", subject.inputs(doors, () => true), true],
  ];
  const tried = diffs.map(async ([work, inputs, isChange]): Promise<[string, () => Promise<unknown>]> => {
    const run = () => provider.diff(subject.id, state, { ...inputs, ...handler });
    assert.equal((await run()).changes ?? true, isChange, `${subject.map}: ${work}`);
    return [work, run];
  });
  return [["check", () => provider.check(olds, olds)], ...(await Promise.all(tried))];
}

/** The built package. Nothing listens at the endpoint: neither `check` nor `diff` makes a call. */
async function configured(): Promise<Providers> {
  const built: typeof import("../../provider/session") = require(path.resolve(__dirname, "../../dist/session.js"));
  const providers = built.createProviders({ env: {}, tell: () => {} });
  const values = new Map([
    ["rhombus:apiKey", "key-of-nobody"],
    ["rhombus:endpoint", "http://127.0.0.1:9"],
  ]);
  const get = (key: string) => values.get(key);
  const config: dynamic.Config = { get, require: (key) => get(key) ?? assert.fail(`no ${key}`) };
  await Promise.all(Object.values(providers).map((provider) => provider.configure({ config })));
  return providers;
}

/**
 * The timings as a table of Markdown, a row for each map.
 * @param timings The timings.
 */
export function mapsTable(timings: readonly MapTiming[]): string {
  const works = [...new Set(timings.map(({ work }) => work))];
  const rows = subjects.flatMap(({ map }) =>
    DOOR_COUNTS.map((doors) => {
      const of = (work: string) =>
        timings.find((each) => each.map === map && each.doors === doors && each.work === work);
      const cells = works.map((work) => `${of(work)?.medianMs.toFixed(1)} (${of(work)?.p99Ms.toFixed(1)})`);
      return `| ${[map, doors, ...cells].join(" | ")} |`;
    }),
  );
  return [`| Map | Doors | ${works.join(" | ")} |`, `|---|---|${works.map(() => "---|").join("")}`, ...rows].join("\n");
}

async function main(): Promise<void> {
  const timings = await measureMaps();
  const judged = timings.filter(({ doors }) => doors === 5_000);
  const slowest = Math.max(...judged.map(({ medianMs }) => medianMs));
  console.log(`Milliseconds, median (and 99 of 100):\n\n${mapsTable(timings)}\n`);
  console.log(
    `maps of 5 000 doors: at most ${slowest.toFixed(1)} ms of ${LONGEST_MS} ms: ${slowest < LONGEST_MS ? "met" : "missed"}`,
  );
}

if (require.main === module) main();
