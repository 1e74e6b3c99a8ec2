import { readFileSync } from "node:fs";
import path from "node:path";
import { campusSeed } from "../provider/emulator";
import { Project } from "./environment/project";

/** The compared implementations: a resource that does nothing, the one that tutorials teach, and this package. */
export const implementations = ["floor", "naive", "ours"] as const;

export type Implementation = (typeof implementations)[number];

/** The groups that a program declares. */
export interface DeclaredGroups {
  readonly groups: number;
  /** The RUUIDs of the members of each group. Default: members are not managed. */
  readonly members?: readonly string[];
  /** The index of a group with a changed description. Default: none. */
  readonly changed?: number;
}

export function openProject(implementation: Implementation, endpoint: string): Promise<Project> {
  return Project.open({
    program: { "index.js": programOf(implementation), "groups.js": programOf("groups") },
    config: { "rhombus:endpoint": endpoint },
    secrets: { "rhombus:apiKey": campusSeed.acme.apiKey },
    packages: implementation === "naive" ? ["axios"] : [],
  });
}

/** The environment variables by which a program declares groups. */
export function groupsEnv({ groups, members = [], changed }: DeclaredGroups): Record<string, string> {
  return {
    BENCH_GROUPS: String(groups),
    BENCH_MEMBERS: members.join(","),
    BENCH_CHANGED: changed === undefined ? "" : String(changed),
  };
}

function programOf(name: string): string {
  return readFileSync(path.join(__dirname, "implementations", `${name}.js`), "utf8");
}
