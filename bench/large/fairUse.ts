import type { Project } from "../environment/project";
import { Rhombus } from "../environment/rhombus";
import { openLarge, type Program } from "./largeProject";
import { group, largeOrganization } from "./organization";

const GROUPS = 300;
const BUCKET = { ratePerSecond: 10, burst: 100 } as const;
const LATENCY_MS = 50;
const sides = ["North", "South"] as const;

/** The share that one of two concurrent deployments got of the rate limit. */
export interface Share {
  readonly side: string;
  /** The duration of its `pulumi up`, in seconds. */
  readonly seconds: number;
  /** The number of groups that it created. */
  readonly created: number;
  /** The number of creates that got status 429. */
  readonly rateLimited: number;
}

/** Deploys two stacks at the same time, each with its own CLI and provider, to one organization with one rate limit. */
export async function measureFairUse(): Promise<Share[]> {
  const rhombus = await Rhombus.start({ seed: largeOrganization(), rateLimit: BUCKET, latencyMs: LATENCY_MS });
  const projects: Project[] = [];
  try {
    for (const side of sides) projects.push(await openLarge(rhombus.url, programOf(side)));
    await rhombus.send("clear");
    // Waits for both also if one fails, because the folders are removed afterwards.
    const runs = await Promise.allSettled(projects.map((project) => project.run("up")));
    const creates = await rhombus.send("creates", [...sides]);
    return sides.map((side, at) => {
      const run = runs[at];
      if (run?.status !== "fulfilled") throw run?.reason ?? new Error(`${side} has not run`);
      const share = creates[side];
      if (share?.created !== GROUPS) throw new Error(`${side} has created ${share?.created ?? 0} groups`);
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

/** The shares as a table of Markdown, with the lower bound of the time. */
export function sharesTable(shares: readonly Share[]): string {
  const calls = shares.reduce((sum, share) => sum + share.created, 0);
  const bound = Math.max(0, calls - BUCKET.burst) / BUCKET.ratePerSecond;
  const rows = shares.map(
    ({ side, seconds, created, rateLimited }) => `| ${side} | ${seconds.toFixed(1)} | ${created} | ${rateLimited} |`,
  );
  return [
    `The rate limit itself demands ${bound.toFixed(0)} s.`,
    "",
    "| Stack | seconds | groups created | 429 responses |",
    "|---|---:|---:|---:|",
    ...rows,
  ].join("\n");
}
