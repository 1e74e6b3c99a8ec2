/**
 * The form in which two names are compared, wherever names are: equal forms mean one name to this package. It is the
 * canonical composition of Unicode (NFC), without blanks at both ends, in lower case by Unicode's own rules and those of no
 * language, composed once more as some letters are longer in lower case. Both forms of the Greek small sigma count as one, as
 * upper case has only one. Letters that differ in more than case stay apart: `ß` is not `ss`, `ı` is not `i`, and `İ` is `i`
 * with a dot above.
 * @param name The name as written.
 */
export function foldedName(name: string): string {
  return name.normalize("NFC").trim().toLowerCase().replaceAll("ς", "σ").normalize("NFC");
}
