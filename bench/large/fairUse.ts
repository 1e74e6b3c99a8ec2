import type { Project } from "../environment/project";
import { Rhombus } from "../environment/rhombus";
import { openLarge, type Program } from "./largeProject";
import { group, largeOrganization } from "./organization";

const GROUPS = 300;
const BUCKET = { ratePerSecond: 10, burst: 100 } as const;
const LATENCY_MS = 50;
const sides = ["North", "South"] as const;

/** What one of two stacks got that were deployed at once. */
export interface Share {
  /** Which one. */
  readonly side: string;
  /** The seconds of its whole `pulumi up`. */
  readonly seconds: number;
  /** How many of its creations were answered. */
  readonly made: number;
  /** How many of them were answered 429 before. */
  readonly rateLimited: number;
}

/** Two stacks, each with a CLI and a provider of its own, that are deployed at once to an organization with one bucket. */
export async function measureFairUse(): Promise<Share[]> {
  const rhombus = await Rhombus.start({ seed: largeOrganization(), rateLimit: BUCKET, latencyMs: LATENCY_MS });
  const projects: Project[] = [];
  try {
    for (const side of sides) projects.push(await openLarge(rhombus.url, programOf(side)));
    await rhombus.ask("clear");
    // A failed one must not have the folder of the other removed under it.
    const runs = await Promise.allSettled(projects.map((project) => project.run("up")));
    const made = await rhombus.ask("creations", [...sides]);
    return sides.map((side, at) => {
      const run = runs[at];
      if (run?.status !== "fulfilled") throw run?.reason ?? new Error(`${side} has not run`);
      const share = made[side];
      if (share?.made !== GROUPS) throw new Error(`${side} has made ${share?.made ?? 0} groups`);
      return { side, seconds: run.value.seconds, ...share };
    });
  } finally {
    for (const project of projects) project.close();
    await rhombus.close();
  }
}

function programOf(side: string): Program {
  const numbers = Array.from({ length: GROUPS }, (_, number) => number);
  return Object.fromEntries(
    numbers.map((number) => [`group-${number}`, group(number, 3, { name: `${side} ${number}` })]),
  );
}

/**
 * The shares as a table of Markdown, with the time that no two stacks can be quicker than.
 * @param shares The shares.
 */
export function sharesTable(shares: readonly Share[]): string {
  const made = shares.reduce((sum, share) => sum + share.made, 0);
  const bound = Math.max(0, made - BUCKET.burst) / BUCKET.ratePerSecond;
  const rows = shares.map(
    ({ side, seconds, made, rateLimited }) => `| ${side} | ${seconds.toFixed(1)} | ${made} | ${rateLimited} |`,
  );
  return [
    `No two can be quicker than ${bound.toFixed(0)} s.`,
    "",
    "| Stack | seconds | groups made | 429 |",
    "|---|---:|---:|---:|",
    ...rows,
  ].join("\n");
}
