import path from "node:path";
import { PulumiCommand } from "@pulumi/pulumi/automation";
import { ensureEngine } from "../../tools/engine/engine.mjs";

let known: Promise<string> | undefined;
let command: Promise<PulumiCommand> | undefined;

/** The folder with the Pulumi CLI: the one that `npm test` has prepared, or one that is brought now. */
export function engineBin(): Promise<string> {
  known ??= prepared();
  return known;
}

async function prepared(): Promise<string> {
  return process.env.PULUMI_RHOMBUS_ENGINE_BIN ?? (await ensureEngine()).bin;
}

/**
 * The environment in which the CLI runs. Whatever Pulumi and Rhombus settings the user of this machine has, they must not
 * count.
 * @param folder Where the state, and everything else that Pulumi keeps, goes.
 */
export async function engineEnv(folder: string): Promise<Record<string, string>> {
  const foreign = Object.keys(process.env).filter((name) => /^(?:RHOMBUS|PULUMI)_/.test(name));
  return {
    ...Object.fromEntries(foreign.map((name) => [name, ""])),
    PATH: [await engineBin(), process.env.PATH ?? ""].join(path.delimiter),
    HOME: folder,
    PULUMI_HOME: path.join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${path.join(folder, "state")}`,
    // It also opens the states in test/laws/states, and must not change.
    PULUMI_CONFIG_PASSPHRASE: "a passphrase for tests",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}

/** The CLI for the Automation API. It is asked for its version once. */
export function pulumiCommand(): Promise<PulumiCommand> {
  command ??= found();
  return command;
}

/** The Automation API looks for it on the PATH of this process. */
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
