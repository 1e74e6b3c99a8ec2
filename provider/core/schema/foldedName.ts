/**
 * The form in which names are compared: two names are the same if their folded forms are equal. The form is Unicode NFC,
 * trimmed, in lower case without locale, in NFC again because lower case may decompose a letter. Both Greek small sigmas are
 * equal. Letters that differ in more than case differ: `ß` is not `ss`, `ı` is not `i`, `İ` is `i` with a dot above.
 * @param name The name as written.
 */
export function foldedName(name: string): string {
  return name.normalize("NFC").trim().toLowerCase().replaceAll("ς", "σ").normalize("NFC");
}
