import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Deployment } from "@pulumi/pulumi/automation";
import type { Seed } from "../../../provider/emulator";
import { ENDPOINT, type SavedProgram } from "./program";

/** The folder that has one folder for each version whose state is kept. */
export const STATES = __dirname;

/** A state as a version left it, and all that it belongs to. */
export interface SavedState {
  /** The version of this package that wrote it. */
  readonly version: string;
  /** The program that was deployed. */
  readonly program: SavedProgram;
  /** What Rhombus held then. */
  readonly rhombus: Seed;
  /** What `pulumi stack export` printed, secrets encrypted. */
  readonly state: Deployment;
}

/** The versions whose state is kept. */
export function savedVersions(): string[] {
  const entries = readdirSync(STATES, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/**
 * Reads what was kept of a version.
 * @param version The version.
 * @param endpoint Where Rhombus answers now. Default: the address that stands for it.
 */
export function savedState(version: string, endpoint = ENDPOINT): SavedState {
  const read = (name: string) => {
    const text = readFileSync(path.join(STATES, version, `${name}.json`), "utf8");
    return JSON.parse(text.replaceAll(ENDPOINT, endpoint));
  };
  return { version, program: read("program"), rhombus: read("rhombus"), state: read("state") };
}
