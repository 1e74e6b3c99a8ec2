import type { Redactor } from "../../rhombus/redaction/redactor";
import { type NamesByUuid, readNamesByUuid } from "../namesByUuid";
import { plainText } from "../output/plainText";
import { type CommandContext, connectFrom } from "../pulumi/stack";

/**
 * Looks up names in the organization of each provider. An organization that cannot be read gets a note in place of names.
 * @param context The context of the command. Its settings are those of the default provider.
 * @param providers The URNs of the explicit providers; `undefined` for the default provider.
 * @param redactor Learns the secrets of the settings.
 * @returns The names by the URN of the explicit provider, and the reasons why some could not be looked up.
 */
export async function lookUpNames(
  context: CommandContext,
  providers: readonly (string | undefined)[],
  redactor: Redactor,
) {
  const namesByProvider = new Map<string | undefined, NamesByUuid>();
  const notes: string[] = [];
  for (const provider of new Set(providers)) {
    try {
      const api = await connectFrom({ ...context, provider }, redactor);
      namesByProvider.set(provider, await readNamesByUuid(api));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      notes.push(`Ids are shown, because names could not be looked up: ${plainText(redactor.redact(error.message))}`);
    }
  }
  return { namesByProvider, notes: [...new Set(notes)].sort() };
}
