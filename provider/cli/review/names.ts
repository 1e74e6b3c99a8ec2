import { plainText } from "../../rhombus/redaction/plainText";
import type { Redactor } from "../../rhombus/redaction/redactor";
import { type NameBook, readNames } from "../nameBook";
import { type Caller, connectFrom } from "../pulumi/stack";

/** The names that the resources of each provider go by. */
export interface NamesFound {
  /** The names by the URN of the explicit provider, `undefined` for the one that the stack config makes. */
  readonly books: ReadonlyMap<string | undefined, NameBook>;
  /** Why some could not be looked up. */
  readonly notes: readonly string[];
}

/**
 * Looks up what things are called, in the organization of each provider. Where that cannot be done, ids have to do.
 * @param caller From where, and whose settings the default provider has.
 * @param providers The URNs of the explicit providers; `undefined` for the one that the stack config makes.
 * @param redactor What takes secrets out of texts.
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
      notes.push(`Ids stand where names could not be looked up: ${plainText(redactor.redact(error.message))}`);
    }
  }
  return { books, notes: [...new Set(notes)].sort() };
}
