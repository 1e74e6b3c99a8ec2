/** The names that the schemas of Rhombus use for secrets. */
export const secretFields: ReadonlySet<string> = new Set([
  "apiToken",
  "apiSecretKey",
  "refreshToken",
  "presharedSecret",
  "webhookSignatureSecret",
  "rhombusToken",
  "webhookUrl",
]);

/** A value in a text beside the name of a secret. */
export interface NamedSecret {
  /** Its start in the text. */
  readonly start: number;
  /** Its end in the text, exclusive. */
  readonly end: number;
  /** True if it is certainly complete: name and value are in quotes, and the closing quote is there. */
  readonly whole: boolean;
}

// All repetitions are bounded: unbounded ones fail on a text of some megabytes.
// Quotes and separators, plain or as JSON in JSON, URLs and HTML encode them.
const ESCAPE = String.raw`(?:\\|%(?:25){0,3}5c){0,64}`;
const QUOTE = `${ESCAPE}(?:["'\`]|u002[27]|%(?:25){0,3}2[27]|&(?:amp;){0,3}(?:quot|apos|#0{0,4}3[49]|#x2[27]);)`;
const SEPARATOR = String.raw`(?::|=|>|->|%(?:25){0,3}3[ad]|\\{1,64}u003[ad])`;
const GAP = String.raw`(?:\s|\\{1,64}[nrt]|%(?:25){0,3}20){0,1000}`;
const NAME = [...secretFields, "x-auth-apikey"].join("|");

/** The text before a value: its name, the separator and the opening quote. */
const lead = new RegExp(
  `(?:${NAME})(?<named>${QUOTE})?[\\])]{0,9}(?:${GAP}${SEPARATOR}{1,3}${GAP}|\\s{1,1000}(?=${QUOTE}))(?<quote>${QUOTE})?`,
  "gi",
);

const endOfWord = /[\s&"'`<>)}]/;
const punctuation = /[.,;:!?\\]/;
const noValue = /^(?:null|none|true|false|undefined)$/i;

// A shorter word without quotes is part of a sentence: "apiToken: is not valid".
const SHORTEST_WORD = 4;

/**
 * The values beside names of secrets in a text, in order. The text may be JSON, truncated or quoted in other JSON, a form or a sentence.
 * A value without a visible end reaches to the end of the text.
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

/** The position of the quote that closes a value; `undefined` if there is none. */
function closingQuote(text: string, start: number, quote: string): number | undefined {
  for (let at = text.indexOf(quote, start); at !== -1; at = text.indexOf(quote, at + quote.length)) {
    let escapes = 0;
    while (at - escapes > start && text[at - escapes - 1] === "\\") escapes += 1;
    // Each level of JSON in JSON doubles the backslashes of the value and adds one to the quote.
    if (escapes % (2 * quote.length) === 0) return at;
  }
  return undefined;
}

/** The end of a value without quotes; `start` if there is no value. `next` is the start of the next name. */
function endOfBare(text: string, start: number, next: number): number {
  // Rhombus has no structured value here, so everything to the end counts.
  if (/[[{]/.test(text.charAt(start)) && !text.startsWith("[secret]", start)) {
    return text.startsWith("[webhook URL]", start) ? start : text.length;
  }
  const length = text.slice(start, next).search(endOfWord);
  let end = length === -1 ? next : start + length;
  while (end > start && punctuation.test(text.charAt(end - 1))) end -= 1;
  const isWord = end - start >= SHORTEST_WORD && !noValue.test(text.slice(start, Math.min(end, start + 10)));
  return isWord ? end : start;
}
