import { endSentence } from "../../rhombus/errors/rhombusError";
import { columns, counted } from "../output/plainText";
import { PulumiCliError } from "../pulumi/pulumiCli";
import { stackOption } from "../pulumi/state";
import { compareWithProgram, type ImportedResource, type ProgramComparison } from "./compareWithProgram";
import type { ImportFile } from "./importFile";
import type { ImportSession } from "./importSession";
import { shellWord } from "./shellWord";

/**
 * Notes the imported resources that the next deployment would delete, or fail to delete, and those whose protection it removes.
 * @param session The session.
 * @param file The resources that were imported.
 * @returns The result for JSON; empty if the program cannot be run.
 */
export async function noteProgram(session: ImportSession, file: ImportFile): Promise<Partial<ProgramComparison>> {
  const { cli, note, options } = session;
  try {
    const comparison = await compareWithProgram(cli, file, options.stack);
    const { undeclared, unprotected } = comparison;
    if (undeclared.length > 0) note(undeclaredText(undeclared, session));
    if (unprotected.length > 0) note(unprotectedText(unprotected));
    if (undeclared.length + unprotected.length === 0) note("`pulumi preview` shows what the program would change.\n");
    return comparison;
  } catch (error) {
    if (!(error instanceof PulumiCliError)) throw error;
    const [line = ""] = error.message.split("\n");
    const reason = endSentence(line.replace(/^error: /, "").replace(/:$/, ""));
    note(
      "\nRun `pulumi preview` before `pulumi up`, and declare what it would delete. The program could not be compared with " +
        `the stack: ${reason}\n`,
    );
    return {};
  }
}

function undeclaredText(undeclared: readonly ImportedResource[], { options, provider }: ImportSession): string {
  const start = `Declare ${counted(undeclared.length, "resource")} in the program, with these types and names`;
  const consequence = options.protect
    ? ". Until then `pulumi up` fails, because it would delete what is not declared, and Pulumi deletes nothing that is protected:"
    : ", before the next `pulumi up`. It deletes in Rhombus what is not declared:";
  const { program, stack } = options;
  const providerOption = provider === undefined ? [] : ["--provider", shellWord(provider.name)];
  const words = ["npx pulumi-rhombus import --program rhombus.ts --all", ...providerOption, ...stackOption(stack)];
  const remedy =
    program === undefined
      ? `This command writes a program that declares them:\n  ${words.join(" ")}`
      : "The program that was just written declares them, once the stack uses it.";
  return `\n${start}${consequence}\n${tableOf(undeclared)}${remedy}\n`;
}

function unprotectedText(unprotected: readonly ImportedResource[]): string {
  const resources = counted(unprotected.length, "resource");
  return (
    `\nSet the option \`protect: true\` on ${resources} in the program. The next \`pulumi up\` removes the protection where ` +
    `the program does not set it:\n${tableOf(unprotected)}`
  );
}

function tableOf(resources: readonly ImportedResource[]): string {
  return `${columns(resources.map(({ type, name }) => [type, name])).join("\n")}\n`;
}
