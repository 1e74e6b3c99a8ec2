/**
 * `npm run bench`: measures, and reports which targets are met. `-- --quick` measures less; `-- --large` measures large
 * stacks instead.
 */
import { readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { startEmulator } from "../provider/emulator";
import { ensureEngine } from "../tools/engine/engine.mjs";
import { prepare } from "../tools/setup.mjs";
import { page, totals } from "./report";
import type { Results } from "./results";
import { checkImplementations } from "./scenarios/checkImplementations";
import { measureLarge } from "./scenarios/large";
import { measureMaps } from "./scenarios/maps";
import { type LimitedSample, measureRateLimited } from "./scenarios/rateLimited";
import { measureSize, type Sample, type SizePlan } from "./scenarios/sizes";
import { measureStartUp } from "./scenarios/startUp";
import { evaluate } from "./targets";

const RESULTS = path.join(__dirname, "RESULTS.md");
const LARGE = path.join(__dirname, "LARGE.md");

interface Plan {
  readonly command: string;
  readonly sizes: readonly SizePlan[];
  readonly limitedGroups: number;
  readonly startUps: number;
}

const REPETITIONS = 3;

const quick: Plan = {
  command: "npm run bench -- --quick",
  sizes: [{ groups: 200, repetitions: REPETITIONS }],
  limitedGroups: 150,
  startUps: 7,
};

const full: Plan = {
  command: "npm run bench",
  // With 1,000 groups, a repetition takes more than five minutes for naive, and two minutes for each of the others.
  sizes: [1, 200, 1000].map((groups) => ({ groups, repetitions: REPETITIONS })),
  limitedGroups: 500,
  startUps: 15,
};

async function main(): Promise<void> {
  const flag = { type: "boolean", default: false } as const;
  const { values } = parseArgs({ options: { quick: flag, large: flag } });
  const { engineBin } = await prepare({ engine: true });
  if (engineBin !== undefined) process.env.PULUMI_RHOMBUS_ENGINE_BIN = engineBin;
  if (values.large) return writeLarge();
  const startedAt = Date.now();
  const plan = values.quick ? quick : full;
  const results = await measure(plan);
  const targetResults = evaluate(results);
  const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
  const text = page(results, targetResults, {
    command: plan.command,
    environment: { ...(await environment()), "took, minutes": minutes },
  });
  if (!values.quick) writeFileSync(RESULTS, text);
  process.stdout.write(text);
  process.stderr.write(`${totals(targetResults)}\n`);
}

async function writeLarge(): Promise<void> {
  const measured = await measureLarge((line) => process.stderr.write(`${line}\n`));
  const rows = Object.entries(await environment()).map(([name, value]) => `| ${name} | ${value} |`);
  const text = ["# Large stacks\n", "| | |", "|---|---|", ...rows, "", measured].join("\n");
  writeFileSync(LARGE, text);
  process.stdout.write(text);
}

async function measure({ sizes, limitedGroups, startUps }: Plan): Promise<Results> {
  const emulator = await startEmulator();
  try {
    process.stderr.write("checking the implementations\n");
    await checkImplementations(emulator);
    process.stderr.write("large maps\n");
    const maps = await measureMaps();
    process.stderr.write("start-up\n");
    const startUp = await measureStartUp(emulator, startUps);
    const limited = await measureRateLimited(emulator, limitedGroups, printLimited);
    const samples: Sample[] = [];
    for (const size of sizes) samples.push(...(await measureSize(size, printSample)));
    return { samples, limited, startUp, maps };
  } finally {
    await emulator.close();
  }
}

async function environment(): Promise<Record<string, string>> {
  const versionOf = (file: string): string => String(Object(JSON.parse(readFileSync(file, "utf8"))).version);
  return {
    "pulumi-rhombus": versionOf(path.join(__dirname, "..", "package.json")),
    "Pulumi CLI": (await ensureEngine({ log: () => {} })).version,
    "@pulumi/pulumi": versionOf(require.resolve("@pulumi/pulumi/package.json")),
    Node: process.versions.node,
    machine: `${os.availableParallelism()} cores, ${os.cpus()[0]?.model.trim() ?? "unknown"}, ${os.platform()}`,
    date: new Date().toISOString().slice(0, 10),
  };
}

function printSample({ implementation, groups, step, repetition, seconds }: Sample): void {
  process.stderr.write(`${groups} groups, ${repetition + 1}: ${step} ${implementation} ${seconds.toFixed(2)} s\n`);
}

function printLimited({ operation, seconds, failure = "" }: LimitedSample): void {
  process.stderr.write(`rate-limited ${operation} ${seconds.toFixed(2)} s ${failure}\n`);
}

// Exit handlers end the child processes.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
