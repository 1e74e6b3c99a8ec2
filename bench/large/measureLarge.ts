import { measureFairUse, sharesTable } from "./fairUse";
import { growthTable, measureGrowth } from "./growth";
import { measureStack, type Size, stackTable } from "./stack";

const size: Size = { groups: 1_000, members: 20, deployments: 50, doors: 500 };

/** Measures large stacks, and two stacks that share a rate limit. */
export async function measureLarge(print: (line: string) => void): Promise<string> {
  const note = (result: unknown) => print(JSON.stringify(result));
  const grown = await measureGrowth(note);
  const shares = await measureFairUse();
  note(shares);
  const steps = await measureStack(size, note);
  return sections({ growth: growthTable(grown), shares: sharesTable(shares), steps: stackTable(steps) });
}

function sections({ growth, shares, steps }: Readonly<Record<"growth" | "shares" | "steps", string>>): string {
  const { groups, members, deployments, doors } = size;
  return `## ${groups} groups with ${members} members each and ${deployments} OnGuard deployments with ${doors} doors each, in one stack

With the real engine and a state in a file. Memory is the peak of the process.

${steps}

## Cost per resource in stacks of different sizes

The provider process alone, without the engine. Milliseconds per resource, eight concurrently; \`no change\` one after the other, as the
engine does.

${growth}

## Two concurrent deployments under one rate limit

The bucket holds 100 calls and refills at 10 per second. Each call takes 50 ms.

${shares}
`;
}
