import { readFileSync } from "node:fs";
import path from "node:path";
import { campusSeed } from "../provider/emulator";
import { Project } from "./environment/project";

/** Those who are compared: the least that a dynamic resource can cost, what tutorials teach, and this package. */
export const contestants = ["floor", "naive", "ours"] as const;

/** One of those who are compared. */
export type Contestant = (typeof contestants)[number];

/** Which groups a program declares. */
export interface Declared {
  /** How many. */
  readonly groups: number;
  /** The members of each, as uuids of users. Default: they are not managed. */
  readonly members?: readonly string[];
  /** The number of a group with another description than before. Default: none. */
  readonly changed?: number;
}

/**
 * Makes a contestant's project.
 * @param contestant Whose.
 * @param endpoint The Rhombus that it talks to.
 */
export function openProject(contestant: Contestant, endpoint: string): Promise<Project> {
  return Project.open({
    program: { "index.js": programOf(contestant), "groups.js": programOf("groups") },
    config: { "rhombus:endpoint": endpoint },
    secrets: { "rhombus:apiKey": campusSeed.acme.apiKey },
    packages: contestant === "naive" ? ["axios"] : [],
  });
}

/**
 * The environment variables that have a program declare these groups.
 * @param declared The groups.
 */
export function declaring({ groups, members = [], changed }: Declared): Record<string, string> {
  return {
    BENCH_GROUPS: String(groups),
    BENCH_MEMBERS: members.join(","),
    BENCH_CHANGED: changed === undefined ? "" : String(changed),
  };
}

function programOf(name: string): string {
  return readFileSync(path.join(__dirname, "implementations", `${name}.js`), "utf8");
}
