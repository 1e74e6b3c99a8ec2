import path from "node:path";
import { withPrivateFolder } from "../pulumi/privateFolder";
import { isInRange, type PulumiCli, PulumiCliError } from "../pulumi/pulumiCli";
import { stackOption } from "../pulumi/state";
import { type ImportFile, writeImportFile } from "./importFile";
import type { ImportOptions } from "./importOptions";

/** The oldest CLI whose import files may contain the state of resources. */
const OLDEST = "3.254.0";

/**
 * Refuses a CLI whose import files cannot contain outputs.
 * @param cli The CLI.
 * @throws Error if the CLI is too old.
 */
export async function refuseOldCli(cli: PulumiCli): Promise<void> {
  const printed = (await cli.run("version")).trim();
  if (!/^v?\d+\.\d+\.\d+/.test(printed) || isInRange(printed, `>=${OLDEST}`)) return;
  throw new Error(
    `Install Pulumi ${OLDEST} or newer: Pulumi ${printed} cannot import these resources, because its import files take no outputs.`,
  );
}

/**
 * The options for `pulumi import` with a file that was written here.
 * @param options The options of the command.
 */
export function importFlags({ protect, stack }: Pick<ImportOptions, "protect" | "stack">): string[] {
  return ["--generate-code=false", `--protect=${protect}`, ...stackOption(stack)];
}

/**
 * Imports resources into a stack. The import file, which contains secrets, is removed afterwards, even if the import fails or is
 * interrupted.
 * @param cli The CLI.
 * @param file The resources to import.
 * @param flags The options for the CLI, from {@link importFlags}.
 * @throws PulumiCliError if the import fails; its message contains the CLI's report on each resource.
 */
export async function applyFile(cli: PulumiCli, file: ImportFile, flags: readonly string[]): Promise<void> {
  await withPrivateFolder(cli, async (folder) => {
    const written = path.join(folder, "import.json");
    writeImportFile(written, file);
    await cli.run("import", "--file", written, "--yes", "--skip-preview", ...flags).catch(withOutput);
  });
}

/** A failed import reports each resource on the standard output. */
function withOutput(error: unknown): never {
  if (!(error instanceof PulumiCliError)) throw error;
  const message = [error.stdout.trim(), error.message].filter((part) => part !== "").join("\n");
  throw new PulumiCliError(message, error.isMissing, error.stdout);
}
