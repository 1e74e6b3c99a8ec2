import { counted } from "../output/plainText";
import { stackOption } from "../pulumi/state";
import { applyFile } from "./apply";
import { type ImportFile, writeImportFile } from "./importFile";
import type { ImportSession } from "./importSession";
import { noteMissing } from "./recovery";

/**
 * Writes or applies an import file, according to the options.
 * @param session The session.
 * @param file The import file.
 * @param count The number of objects in it.
 * @returns The result for JSON: the path of the file, or the number of imported objects.
 */
export async function writeOrApply(session: ImportSession, file: ImportFile, count: number): Promise<object> {
  const { cli, note, options } = session;
  const { out, apply, dryRun, stack } = options;
  const objects = counted(count, "object");
  if (count === 0) {
    note("\nThere is nothing to import.\n");
    if (options.recoverSecrets) noteMissing(session);
    return {};
  }
  if (dryRun) {
    note(`\n${apply ? `Would import ${objects}` : `Would write ${out} for ${objects}`}.\n`);
    return {};
  }
  if (out !== undefined) {
    writeImportFile(out, file);
    const command = ["pulumi import --file", out, "--generate-code=false --protect=false", ...stackOption(stack)];
    note(
      `\nWrote ${out} for ${objects}. It contains secrets in plain text, and only you may read it. Run this command, then delete the ` +
        `file:\n  ${command.join(" ")}\n`,
    );
    return { file: out };
  }
  note(`\nImporting ${objects} ...\n`);
  await applyFile(cli, file, stack);
  note(`Imported ${objects}. \`pulumi preview\` shows what the program would still change.\n`);
  return { imported: count };
}
