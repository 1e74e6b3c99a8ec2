/**
 * Characters that are not what a reader sees: controls, line separators, marks of direction, what does not show at all (zero width,
 * tags, variation selectors, fillers), annotations, halves of a surrogate pair, and a blank that is no space.
 */
const UNSEEN = String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]`;

/** An emoji needs some of these characters in their proper place, where they hide nothing. */
const EMOJI = String.raw`\p{Extended_Pictographic}\p{Emoji_Modifier}?\ufe0f?`;

const unseenOrEmoji = new RegExp(String.raw`${EMOJI}(?:\u200d${EMOJI})*|(?<unseen>${UNSEEN})`, "gu");

const MAX_QUOTE_LENGTH = 200;

// A longer text would take long to redact, and its beginning fills the line.
const MAX_QUOTED = 64 * 1024;

const BLANK = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/**
 * Puts something in the place of each character that a reader would not see, or not see as what it is.
 * @param text The text.
 * @param substitute Gives what to put there.
 */
function replaceUnseen(text: string, substitute: (character: string) => string): string {
  return text.replace(unseenOrEmoji, (found, unseen: string | undefined) => {
    return unseen === undefined ? found : substitute(unseen);
  });
}

/**
 * A text of several lines that shows all there is in it: control characters become spaces, other characters that do not show, or turn
 * text around, become U+FFFD. Line ends and tabs stay.
 * @param text The text.
 */
export function plainLines(text: string): string {
  return replaceUnseen(text.replaceAll("\r\n", "\n"), (character) => {
    if (character === "\n" || character === "\t") return character;
    return BLANK.test(character) ? " " : "\ufffd";
  });
}

/**
 * A text of somebody else as one line that shows all there is in it, as {@link plainLines} does. Runs of white space become one space.
 * @param text The text.
 */
export function plainText(text: string): string {
  // U+FEFF counts as white space, and does not show.
  return plainLines(text).replace(/\s+/g, " ").trim();
}

/** The text in one line of at most 200 characters. It is redacted before it is cut, because half a secret is not recognized. */
export function quotable(text: string, redact: (text: string) => string): string {
  const line = plainText(redact(text.slice(0, MAX_QUOTED)));
  return line.length > MAX_QUOTE_LENGTH ? `${line.slice(0, MAX_QUOTE_LENGTH - 1)}…` : line;
}

/**
 * JSON that shows all there is in it: characters that a reader would not see are written by their numbers, so that nothing is lost.
 * @param json The JSON.
 */
export function plainJson(json: string): string {
  return replaceUnseen(json, (character) => (character === "\n" ? character : escapeOf(character)));
}

/**
 * A character as JSON and JavaScript write it by its number.
 * @param character The character.
 */
function escapeOf(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
