import { measureFairUse, sharesTable } from "./fairUse";
import { growth, growthTable } from "./growth";
import { measureStack, type Size, stackTable } from "./stack";

const size: Size = { groups: 1_000, members: 20, deployments: 50, doors: 500 };

/**
 * Measures large stacks, and two stacks that share a rate limit.
 * @param tell Told of each result as soon as there is one.
 * @returns What was measured, in Markdown, without a title.
 */
export async function large(tell: (line: string) => void): Promise<string> {
  const note = (result: unknown) => tell(JSON.stringify(result));
  const grown = await growth(note);
  const shares = await measureFairUse();
  note(shares);
  const steps = await measureStack(size, note);
  return sections({ growth: growthTable(grown), shares: sharesTable(shares), steps: stackTable(steps) });
}

function sections({ growth, shares, steps }: Readonly<Record<"growth" | "shares" | "steps", string>>): string {
  const { groups, members, deployments, doors } = size;
  return `## ${groups} groups with ${members} members each and ${deployments} OnGuard deployments with ${doors} doors each, in one stack

On the real engine, with the file backend. Memory is the most that the process held.

${steps}

## What each resource costs, the more there are

The provider's process alone, without the engine. Milliseconds for each resource, eight at once; without a change one after the other,
as the engine asks.

${growth}

## Two stacks at once, one bucket

Ten calls a second, a hundred at first, 50 ms for each call.

${shares}
`;
}
