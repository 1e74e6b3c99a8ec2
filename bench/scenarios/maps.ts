import assert from "node:assert/strict";
import path from "node:path";
import type { dynamic } from "@pulumi/pulumi";
import { Bench } from "tinybench";
import { HANDLER_KEY, handlerText } from "../../provider/pulumi/handler";
import type { Providers } from "../../provider/session";
import { type Properties, type Subject, subjects } from "./mapSubjects";

/** The time of `check` or `diff` with one map. */
export interface MapTiming {
  readonly map: string;
  readonly doors: number;
  /** The operation: `check`, or `diff` with a kind of change. */
  readonly work: string;
  readonly medianMs: number;
  readonly p99Ms: number;
}

/** The measured sizes of maps. */
const DOOR_COUNTS: readonly number[] = [1_000, 5_000, 20_000];

/** The limit for `check` and `diff` with a map of 5,000 doors, in milliseconds. */
export const LIMIT_MS = 50;

/**
 * Measures `check` and `diff` with large maps in the provider process: decoding the values of Pulumi's SDK, the operation,
 * and encoding.
 */
export async function measureMaps(timeMs = 300): Promise<MapTiming[]> {
  const timings: MapTiming[] = [];
  for (const doors of DOOR_COUNTS) {
    for (const subject of subjects) timings.push(...(await measureMap(subject, doors, timeMs)));
  }
  return timings;
}

async function measureMap(subject: Subject, doors: number, timeMs: number): Promise<MapTiming[]> {
  const bench = new Bench({ time: timeMs, warmupTime: timeMs / 5, iterations: 10, throws: true });
  for (const [work, run] of await operationsOn(subject, doors)) bench.add(work, run);
  await bench.run();
  return bench.tasks.map(({ name, result }) => {
    assert.ok("latency" in result, `${name} was not measured`);
    return { map: subject.map, doors, work: name, medianMs: result.latency.p50, p99Ms: result.latency.p99 };
  });
}

/** The operations to repeat. Each is run once before, and its result is checked: a failing `diff` would be fast. */
async function operationsOn(subject: Subject, doors: number): Promise<[string, () => Promise<unknown>][]> {
  const provider = (await configuredProviders())[subject.type];
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
  const checkedDiffs = diffs.map(async ([work, inputs, isChange]): Promise<[string, () => Promise<unknown>]> => {
    const run = () => provider.diff(subject.id, state, { ...inputs, ...handler });
    assert.equal((await run()).changes ?? true, isChange, `${subject.map}: ${work}`);
    return [work, run];
  });
  return [["check", () => provider.check(olds, olds)], ...(await Promise.all(checkedDiffs))];
}

/** The providers of the built package. Nothing listens at the endpoint, because `check` and `diff` make no calls. */
async function configuredProviders(): Promise<Providers> {
  const built: typeof import("../../provider/session") = require(path.resolve(__dirname, "../../dist/session.js"));
  const providers = built.createProviders({ env: {}, tell: () => {} });
  const values = new Map([
    ["rhombus:apiKey", "unused-key"],
    ["rhombus:endpoint", "http://127.0.0.1:9"],
  ]);
  const get = (key: string) => values.get(key);
  const config: dynamic.Config = { get, require: (key) => get(key) ?? assert.fail(`no ${key}`) };
  await Promise.all(Object.values(providers).map((provider) => provider.configure({ config })));
  return providers;
}

/** The timings as a table of Markdown, a row for each map. */
export function mapsTable(timings: readonly MapTiming[]): string {
  const works = [...new Set(timings.map(({ work }) => work))];
  const rows = subjects.flatMap(({ map }) =>
    DOOR_COUNTS.map((doors) => {
      const timingOf = (work: string) =>
        timings.find((each) => each.map === map && each.doors === doors && each.work === work);
      const cells = works.map((work) => `${timingOf(work)?.medianMs.toFixed(1)} (${timingOf(work)?.p99Ms.toFixed(1)})`);
      return `| ${[map, doors, ...cells].join(" | ")} |`;
    }),
  );
  return [`| Map | Doors | ${works.join(" | ")} |`, `|---|---|${works.map(() => "---|").join("")}`, ...rows].join("\n");
}
