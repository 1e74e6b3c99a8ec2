/** The names that the vendor's schemas use for secrets. */
export const secretFields: ReadonlySet<string> = new Set([
  "apiToken",
  "apiSecretKey",
  "refreshToken",
  "presharedSecret",
  "webhookSignatureSecret",
  "rhombusToken",
  "webhookUrl",
]);

/** A value that stands in a text beside the name of a secret. */
export interface NamedSecret {
  /** Where it begins in the text. */
  readonly start: number;
  /** Where it ends in the text, exclusive. */
  readonly end: number;
  /** Whether it is surely a value in full: name and value are both in quotes, and the last quote has come. */
  readonly whole: boolean;
}

// All repetitions have a bound, because a pattern without one fails on a text of some megabytes.
// A quote and a separator as they are, as JSON in JSON escapes them, as URLs and as web pages write them.
const ESCAPE = String.raw`(?:\\|%(?:25){0,3}5c){0,64}`;
const QUOTE = `${ESCAPE}(?:["'\`]|u002[27]|%(?:25){0,3}2[27]|&(?:amp;){0,3}(?:quot|apos|#0{0,4}3[49]|#x2[27]);)`;
const SEPARATOR = String.raw`(?::|=|>|->|%(?:25){0,3}3[ad]|\\{1,64}u003[ad])`;
const GAP = String.raw`(?:\s|\\{1,64}[nrt]|%(?:25){0,3}20){0,1000}`;
const NAME = [...secretFields, "x-auth-apikey"].join("|");

/** What comes before a value, up to and with the quote that opens it. */
const lead = new RegExp(
  `(?:${NAME})(?<named>${QUOTE})?[\\])]{0,9}(?:${GAP}${SEPARATOR}{1,3}${GAP}|\\s{1,1000}(?=${QUOTE}))(?<quote>${QUOTE})?`,
  "gi",
);

const endOfWord = /[\s&"'`<>)}]/;
const punctuation = /[.,;:!?\\]/;
const noValue = /^(?:null|none|true|false|undefined)$/i;

// A shorter word without quotes is one of a sentence: "apiToken: is not valid".
const SHORTEST_WORD = 4;

/**
 * Finds the values that a text gives for secrets by name, in order, whatever the text is: JSON, cut short, quoted in other JSON, a form, a sentence.
 * Where the end of a value cannot be seen, it is the end of the text.
 */
export function namedSecrets(text: string): NamedSecret[] {
  const leads = [...text.matchAll(lead)];
  const found: NamedSecret[] = [];
  let done = 0;
  for (const [index, match] of leads.entries()) {
    if (match.index < done) continue;
    const start = match.index + match[0].length;
    const { named, quote } = match.groups ?? {};
    const next = leads[index + 1]?.index ?? text.length;
    const closing = quote === undefined ? undefined : closingQuote(text, start, quote);
    const end = quote === undefined ? endOfBare(text, start, next) : (closing ?? text.length);
    if (end === start) continue;
    found.push({ start, end, whole: named !== undefined && closing !== undefined });
    done = end;
  }
  return found;
}

/** Where the quote is that closes a value; `undefined` where the text ends before. */
function closingQuote(text: string, start: number, quote: string): number | undefined {
  for (let at = text.indexOf(quote, start); at !== -1; at = text.indexOf(quote, at + quote.length)) {
    let escapes = 0;
    while (at - escapes > start && text[at - escapes - 1] === "\\") escapes += 1;
    // Each level of JSON in JSON doubles the backslashes of the value, and adds one to those of the quote.
    if (escapes % (2 * quote.length) === 0) return at;
  }
  return undefined;
}

/** Where a value without quotes ends; `start` where there is none. `next` is where the next name begins. */
function endOfBare(text: string, start: number, next: number): number {
  // Nothing of the vendor's has a structure here, so where it ends is not worth knowing.
  if (/[[{]/.test(text.charAt(start)) && !text.startsWith("[secret]", start)) {
    return text.startsWith("[webhook URL]", start) ? start : text.length;
  }
  const length = text.slice(start, next).search(endOfWord);
  let end = length === -1 ? next : start + length;
  while (end > start && punctuation.test(text.charAt(end - 1))) end -= 1;
  const isWord = end - start >= SHORTEST_WORD && !noValue.test(text.slice(start, Math.min(end, start + 10)));
  return isWord ? end : start;
}
