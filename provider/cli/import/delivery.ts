import { keyOf } from "../../core/resource/definition";
import type { Values } from "../../core/schema/values";
import { definitionOf } from "../../resources/registry";
import { counted } from "../output/plainText";
import { stackOption } from "../pulumi/state";
import { applyFile } from "./apply";
import type { Existing } from "./existing";
import { type ImportFile, writeImportFile } from "./importFile";
import { missingOutputs, recover } from "./recovery";
import type { Session } from "./session";

/** The result of a delivery, for JSON. */
export interface ImportResult {
  /** The path of the import file that was written. */
  readonly file?: string;
  /** The number of objects that were imported. */
  readonly imported?: number;
}

/**
 * Writes or applies an import file, according to the options.
 * @param session The session.
 * @param file The import file.
 * @param count The number of objects in it.
 */
export async function writeOrApply(session: Session, file: ImportFile, count: number): Promise<ImportResult> {
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
      `\nWrote ${out} for ${objects}. It holds secrets in clear, and only you may read it. Run this command, then delete the ` +
        `file:\n  ${command.join(" ")}\n`,
    );
    return { file: out };
  }
  note(`\nImporting ${objects} ...\n`);
  await applyFile(cli, file, stack);
  note(`Imported ${objects}. \`pulumi preview\` shows what the program would still change.\n`);
  return { imported: count };
}

/**
 * Recovers the outputs that no read returns, with `--recover-secrets`. Without it, only a note names the missing outputs.
 * @param session The session.
 * @param objects The objects to import.
 * @returns The recovered outputs by id.
 */
export async function recoverAll(
  { api, note, options }: Session,
  objects: readonly Pick<Existing, "type" | "observed">[],
): Promise<ReadonlyMap<string, Values>> {
  const incomplete = objects.filter((each) => missingOutputs(each).length > 0);
  if (incomplete.length === 0) return new Map();
  const names = [...new Set(incomplete.flatMap((each) => missingOutputs(each)))].join(" and ");
  const labels = incomplete.map(({ type, observed }) => keyOf(definitionOf(type), observed.values).label).join(", ");
  if (!options.recoverSecrets) {
    note(`\nNo read shows ${names} of ${labels}. ${options.apply && !options.dryRun ? AFTERWARDS : BEFORE}\n`);
    return new Map();
  }
  const cost = "one write for each, with its current name and doors";
  note(`\n${options.dryRun ? "Would recover" : "Recovering"} ${names} of ${labels}: ${cost}.\n`);
  const outputs = new Map<string, Values>();
  if (options.dryRun) return outputs;
  for (const each of incomplete) outputs.set(each.observed.id, await recover(api, each, note));
  return outputs;
}

const BEFORE = "It stays absent until the name or the doors change. An import with --recover-secrets gets it at once.";

const AFTERWARDS =
  "It stays absent until the name or the doors change. To get it sooner, remove the deployment from the state with " +
  "`pulumi state delete`, and import it again with --recover-secrets.";

/** Objects that are in the stack already are not written to. */
function noteMissing({ managed, note }: Session): void {
  const incomplete = managed.filter(({ missing }) => missing.length > 0);
  if (incomplete.length === 0) return;
  const names = [...new Set(incomplete.flatMap(({ missing }) => missing))].join(" and ");
  const resources = incomplete.map(({ name }) => `"${name}"`).join(", ");
  note(
    `\nThe stack has ${resources} without ${names}, and --recover-secrets applies only to what it imports. ${AFTERWARDS}\n`,
  );
}
