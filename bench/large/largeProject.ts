import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Declared } from "../../test/drivers/grpc/harness";
import { Project } from "../environment/project";
import { apiKey } from "./organization";

/** What a program declares, by name. */
export type Program = Readonly<Record<string, Declared>>;

/**
 * Makes a project whose program declares what it is told to.
 * @param endpoint The Rhombus that it talks to.
 * @param program What it declares at first.
 */
export async function openLarge(endpoint: string, program: Program): Promise<Project> {
  const project = await Project.open({
    program: { "index.js": readFileSync(path.join(__dirname, "program.js"), "utf8") },
    config: { "rhombus:endpoint": endpoint },
    secrets: { "rhombus:apiKey": apiKey },
  });
  declare(project, program);
  return project;
}

/**
 * Writes what a project declares from now on.
 * @param project The project.
 * @param program What it declares.
 */
export function declare(project: Project, program: Program): void {
  writeFileSync(path.join(project.folder, "declared.json"), JSON.stringify(program));
}
