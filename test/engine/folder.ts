import { cpSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const ROOT = path.resolve(__dirname, "..", "..");

/**
 * Makes a folder for a project. The engine starts the provider there, so both packages must resolve from it, as if they
 * were installed. Ours is a copy, so that somebody's build does not pull it away meanwhile.
 */
export function makeFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "rhombus-engine-")));
  const installed = path.join(folder, "node_modules");
  const ours = path.join(installed, "pulumi-rhombus");
  for (const name of ["home", "state"]) mkdirSync(path.join(folder, name));
  for (const name of ["package.json", "dist"])
    cpSync(path.join(ROOT, name), path.join(ours, name), { recursive: true });
  symlinkSync(path.join(ROOT, "node_modules"), path.join(ours, "node_modules"));
  symlinkSync(path.join(ROOT, "node_modules", "@pulumi"), path.join(installed, "@pulumi"));
  return folder;
}
