import { counted } from "../output/plainText";
import { applyFile, importFlags } from "./apply";
import { type ImportFile, writeImportFile } from "./importFile";
import type { ImportSession } from "./importSession";
import { noteProgram } from "./noteProgram";
import { noteMissing } from "./recovery";
import { shellWord } from "./shellWord";

/**
 * Writes or applies an import file, according to the options.
 * @param session The session.
 * @param file The import file.
 * @param count The number of objects in it.
 * @param remark The text for the end.
 * @returns The result for JSON: the path of the file, or the number of imported objects and how the program declares them.
 */
export async function writeOrApply(
  session: ImportSession,
  file: ImportFile,
  count: number,
  remark: string,
): Promise<object> {
  const { note, options } = session;
  if (count === 0) {
    note("\nThere is nothing to import.\n");
    if (options.recoverSecrets) noteMissing(session);
    return {};
  }
  const result = await writtenOrApplied(session, file, count);
  note(remark);
  return result;
}

async function writtenOrApplied(session: ImportSession, file: ImportFile, count: number): Promise<object> {
  const { note, options } = session;
  const { out, apply, dryRun, protect } = options;
  const objects = counted(count, "object");
  if (dryRun) {
    const imported = `import ${objects}${protect ? " as protected" : ""}`;
    note(`\nWould ${apply ? imported : `write ${out} for ${objects}`}.\n`);
    return {};
  }
  if (out !== undefined) {
    writeImportFile(out, file);
    const command = ["pulumi import --file", shellWord(out), ...importFlags(options)];
    note(
      `\nWrote ${out} for ${objects}. It contains secrets in plain text, and only you may read it. Run this command, then delete the ` +
        `file:\n  ${command.join(" ")}\n${protect ? UNTIL_DECLARED : ""}`,
    );
    return { file: out };
  }
  note(`\nImporting ${objects} ...\n`);
  await applyFile(session.cli, file, importFlags(options));
  note(`Imported ${objects}${protect ? PROTECTED : ""}.\n`);
  return { imported: count, ...(await noteProgram(session, file)) };
}

const PROTECTED =
  " as protected: Pulumi refuses to delete or replace what is protected, until you set `protect: false` in the program and " +
  "run `pulumi up`";

const UNTIL_DECLARED =
  "It protects the resources from deletion and replacement, until a program that declares them without `protect: true` is deployed.\n";
