import type { Redactor } from "../../rhombus/redaction/redactor";
import { type NameBook, readNames } from "../nameBook";
import { plainText } from "../output/plainText";
import { type Caller, connectFrom } from "../pulumi/stack";

/** The names for the resources of each provider. */
export interface NamesFound {
  /** The names by the URN of the explicit provider; `undefined` for the default provider. */
  readonly books: ReadonlyMap<string | undefined, NameBook>;
  /** The reasons why some names could not be looked up. */
  readonly notes: readonly string[];
}

/**
 * Looks up names in the organization of each provider. An organization that cannot be read gets a note in place of names.
 * @param caller The surroundings of the command. Its settings are those of the default provider.
 * @param providers The URNs of the explicit providers; `undefined` for the default provider.
 * @param redactor Learns the secrets of the settings.
 */
export async function lookUpNames(
  caller: Caller,
  providers: readonly (string | undefined)[],
  redactor: Redactor,
): Promise<NamesFound> {
  const books = new Map<string | undefined, NameBook>();
  const notes: string[] = [];
  for (const provider of new Set(providers)) {
    try {
      const api = await connectFrom({ ...caller, provider }, redactor);
      books.set(provider, await readNames(api));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      notes.push(`Ids are shown, because names could not be looked up: ${plainText(redactor.redact(error.message))}`);
    }
  }
  return { books, notes: [...new Set(notes)].sort() };
}
