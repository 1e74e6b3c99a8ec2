import { cpSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { ensureEngine } from "../../tools/engine/engine.mjs";

const ROOT = path.resolve(__dirname, "..", "..");

let known: Promise<string> | undefined;
let command: Promise<PulumiCommand> | undefined;

/** The folder with the Pulumi CLI: the one that `npm test` has prepared, otherwise it is found or installed now. */
export async function engineBin(): Promise<string> {
  const prepared = process.env.PULUMI_RHOMBUS_ENGINE_BIN;
  if (prepared !== undefined) return prepared;
  known ??= ensureEngine().then(({ bin }) => bin);
  return known;
}

/**
 * The environment of the CLI, without the Pulumi and Rhombus settings of this machine.
 * @param folder The folder for the state and all other files of Pulumi.
 */
export async function engineEnv(folder: string): Promise<Record<string, string>> {
  const foreign = Object.keys(process.env).filter((name) => /^(?:RHOMBUS|PULUMI)_/.test(name));
  return {
    ...Object.fromEntries(foreign.map((name) => [name, ""])),
    PATH: [await engineBin(), process.env.PATH ?? ""].join(path.delimiter),
    HOME: folder,
    TMPDIR: path.join(folder, "tmp"),
    PULUMI_HOME: path.join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${path.join(folder, "state")}`,
    // It also opens the states in test/laws/states, and must not change.
    PULUMI_CONFIG_PASSPHRASE: "a passphrase for tests",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

/** The CLI for the Automation API, which looks for it on the PATH of this process. */
export function pulumiCommand(): Promise<PulumiCommand> {
  command ??= found();
  return command;
}

async function found(): Promise<PulumiCommand> {
  const bin = await engineBin();
  const before = process.env.PATH ?? "";
  process.env.PATH = [bin, before].join(path.delimiter);
  try {
    return await PulumiCommand.get();
  } finally {
    process.env.PATH = before;
  }
}

/** Creates a folder with room for the state and all other files of Pulumi. */
export function makePulumiFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "rhombus-engine-")));
  for (const name of ["home", "state", "tmp"]) mkdirSync(path.join(folder, name));
  return folder;
}

/**
 * Creates a folder for a project. The engine starts the provider there, so both packages must resolve from it as if they were
 * installed. `dist` is a copy, so that a build in the meantime does not remove it.
 */
export function makeFolder(): string {
  const folder = makePulumiFolder();
  const installed = path.join(folder, "node_modules");
  const ours = path.join(installed, "pulumi-rhombus");
  for (const name of ["package.json", "dist"])
    cpSync(path.join(ROOT, name), path.join(ours, name), { recursive: true });
  symlinkSync(path.join(ROOT, "node_modules"), path.join(ours, "node_modules"));
  symlinkSync(path.join(ROOT, "node_modules", "@pulumi"), path.join(installed, "@pulumi"));
  return folder;
}
