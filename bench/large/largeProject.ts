import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Declared } from "../../test/drivers/engine";
import { Project } from "../environment/project";
import { apiKey } from "./organization";

/** The resources of a program, by name. */
export type Program = Readonly<Record<string, Declared>>;

/** Creates a project with the resources of a program. */
export async function openLarge(endpoint: string, program: Program): Promise<Project> {
  const project = await Project.open({
    program: { "index.js": readFileSync(path.join(__dirname, "program.js"), "utf8") },
    config: { "rhombus:endpoint": endpoint },
    secrets: { "rhombus:apiKey": apiKey },
  });
  declare(project, program);
  return project;
}

/** Replaces the resources that a project declares. */
export function declare(project: Project, program: Program): void {
  writeFileSync(path.join(project.folder, "declared.json"), JSON.stringify(program));
}
