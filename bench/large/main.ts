/** `npm run bench -- --large`: a thousand and more. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { mapsTable, measureMaps } from "../maps/main";
import { measureFairUse, sharesTable } from "./fairUse";
import { growth, growthTable } from "./growth";
import { measureStack, type Size, stackTable } from "./stack";

const RESULTS = path.join(__dirname, "..", "LARGE.md");

const size: Size = { groups: 1_000, members: 20, deployments: 50, doors: 500 };

/** Measures large stacks and large maps, and writes bench/LARGE.md. */
export async function large(): Promise<string> {
  const note = (text: string) => process.stderr.write(`${text}\n`);
  const maps = await measureMaps();
  note("maps done");
  const grown = await growth((each) => note(JSON.stringify(each)));
  const shares = await measureFairUse();
  note(JSON.stringify(shares));
  const steps = await measureStack(size, (step) => note(JSON.stringify(step)));
  const text = page({
    maps: mapsTable(maps),
    growth: growthTable(grown),
    shares: sharesTable(shares),
    steps: stackTable(steps),
  });
  writeFileSync(RESULTS, text);
  return text;
}

function page({
  maps,
  growth,
  shares,
  steps,
}: Readonly<Record<"maps" | "growth" | "shares" | "steps", string>>): string {
  const { groups, members, deployments, doors } = size;
  return `# A thousand and more

Written by \`npm run bench -- --large\`; the emulator answers at once, but where it says otherwise. What is measured, and what the
numbers say, is in [README.md](README.md#large-stacks).

## One stack of ${groups} groups with ${members} members each and ${deployments} OnGuard deployments with ${doors} doors each

On the real engine, with the file backend. Memory is the most that the process held.

${steps}

## What each resource costs, the more there are

The provider's process alone, without the engine; milliseconds for each resource, eight at once, except without a change, where the
engine asks for one after the other.

${growth}

## Two stacks at once, one bucket

Ten calls a second, a hundred at first, 50 ms for each call.

${shares}

## Large maps

Milliseconds, median (and what 99 of 100 did not exceed).

${maps}
`;
}

if (require.main === module) {
  large().then(
    (text) => process.stdout.write(text),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      process.exitCode = 1;
    },
  );
}
