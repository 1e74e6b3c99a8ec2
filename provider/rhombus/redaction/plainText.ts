/**
 * Characters that a reader does not see, or does not see correctly: controls, line separators, marks of direction, invisible characters
 * (zero width, tags, variation selectors, fillers), annotations, halves of a surrogate pair, and U+2800.
 */
const INVISIBLE = String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]`;

/** An emoji contains some of these characters, where they are harmless. */
const EMOJI = String.raw`\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?`;

const invisibleOrEmoji = new RegExp(String.raw`${EMOJI}(?:\u200d${EMOJI})*|(?<invisible>${INVISIBLE})`, "gu");

const MAX_QUOTE_LENGTH = 200;

// A longer text would take long to redact, and its beginning fills the line.
const MAX_QUOTED = 64 * 1024;

const BLANK = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/**
 * Replaces the characters of {@link INVISIBLE}.
 * @param text The text.
 * @param substitute The replacement of a character.
 */
function replaceInvisible(text: string, substitute: (character: string) => string): string {
  return text.replace(invisibleOrEmoji, (found, invisible: string | undefined) => {
    return invisible === undefined ? found : substitute(invisible);
  });
}

/**
 * A text of several lines without invisible characters: controls become spaces, others become U+FFFD. Line ends and tabs stay.
 * @param text The text.
 */
export function plainLines(text: string): string {
  return replaceInvisible(text.replaceAll("\r\n", "\n"), (character) => {
    if (character === "\n" || character === "\t") return character;
    return BLANK.test(character) ? " " : "\ufffd";
  });
}

/**
 * A foreign text in one line, without invisible characters, as {@link plainLines}. Runs of white space become one space.
 * @param text The text.
 */
export function plainText(text: string): string {
  // U+FEFF is white space, but invisible, so it is replaced first.
  return plainLines(text).replace(/\s+/g, " ").trim();
}

/** The text in one line of at most 200 characters. It is redacted before it is cut, because half a secret is not recognized. */
export function quotable(text: string, redact: (text: string) => string): string {
  const line = plainText(redact(text.slice(0, MAX_QUOTED)));
  return line.length > MAX_QUOTE_LENGTH ? `${line.slice(0, MAX_QUOTE_LENGTH - 1)}…` : line;
}

/**
 * JSON with invisible characters escaped by their code units, so that nothing is lost.
 * @param json The JSON.
 */
export function plainJson(json: string): string {
  return replaceInvisible(json, (character) => (character === "\n" ? character : escapeOf(character)));
}

/**
 * The escape of a character in JSON and JavaScript.
 * @param character The character.
 */
function escapeOf(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
