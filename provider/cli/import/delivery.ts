import { keyOf } from "../../core/resource/definition";
import type { Values } from "../../core/schema/values";
import { definitionOf } from "../../resources/registry";
import { counted } from "../output/plainText";
import { stackOption } from "../pulumi/state";
import { applyFile } from "./apply";
import type { Existing } from "./existing";
import { type ImportFile, writeImportFile } from "./importFile";
import { recover, unreadOutputs } from "./recovery";
import type { Session } from "./session";

/** What was done, for machines. */
export interface Delivered {
  /** The file that was written. */
  readonly file?: string;
  /** How many objects were imported. */
  readonly imported?: number;
}

/**
 * Writes or applies an import file, as the options say.
 * @param session The session.
 * @param file What to import.
 * @param count How many objects it has.
 */
export async function deliver(session: Session, file: ImportFile, count: number): Promise<Delivered> {
  const { cli, note, options } = session;
  const { out, apply, dryRun, stack } = options;
  const objects = counted(count, "object");
  if (count === 0) {
    note("\nThere is nothing to import.\n");
    if (options.recoverSecrets) sayWhatLacks(session);
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
      `\nWrote ${out} for ${objects}. It holds secrets in clear, and only you may read it: remove it after\n` +
        `  ${command.join(" ")}\n`,
    );
    return { file: out };
  }
  note(`\nImporting ${objects} ...\n`);
  await applyFile(cli, file, stack);
  note(`Imported ${objects}. \`pulumi preview\` says what the program would still change.\n`);
  return { imported: count };
}

/**
 * Learns the outputs that no read shows, where the options say so, and says what is missing where they do not.
 * @param session The session.
 * @param objects What is to be imported.
 * @returns The outputs, by id.
 */
export async function recoverAll(
  { api, note, options }: Session,
  objects: readonly Pick<Existing, "type" | "observed">[],
): Promise<ReadonlyMap<string, Values>> {
  const lacking = objects.filter((each) => unreadOutputs(each).length > 0);
  if (lacking.length === 0) return new Map();
  const names = [...new Set(lacking.flatMap((each) => unreadOutputs(each)))].join(" and ");
  const whose = lacking.map(({ type, observed }) => keyOf(definitionOf(type), observed.values).label).join(", ");
  if (!options.recoverSecrets) {
    const when = options.apply && !options.dryRun ? AFTERWARDS : BEFORE;
    note(`\nNo read shows ${names} of ${whose}. ${when}\n`);
    return new Map();
  }
  const how = "one write for each, of the name and the doors that it has";
  note(`\n${options.dryRun ? "Would ask" : "Asking"} for ${names} of ${whose}: ${how}.\n`);
  if (options.dryRun) return new Map();
  const outputs = new Map<string, Values>();
  for (const each of lacking) outputs.set(each.observed.id, await recover(api, each, note));
  return outputs;
}

const BEFORE =
  "It stays absent until a change of name or doors; where the import that takes it is run with --recover-secrets, it gets it at once.";

const AFTERWARDS =
  "It stays absent until a change of name or doors. After this import nothing else gets it, unless you take the deployment " +
  "out of the state with `pulumi state delete`, and import it again with --recover-secrets.";

/** What is in the stack already was imported without what it lacks, and is not written to. */
function sayWhatLacks({ managed, note }: Session): void {
  const lacking = managed.filter(({ missing }) => missing.length > 0);
  if (lacking.length === 0) return;
  const names = [...new Set(lacking.flatMap(({ missing }) => missing))].join(" and ");
  const whose = lacking.map(({ name }) => `"${name}"`).join(", ");
  note(
    `\nThe stack has ${whose} without ${names}. --recover-secrets only gets what it imports: the next change of name or ` +
      "doors brings the rest. To have it sooner, take the deployment out of the state with `pulumi state delete`, and " +
      "import it again with --recover-secrets.\n",
  );
}
