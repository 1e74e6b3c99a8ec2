/** Maximum nesting of an answer. Documented answers have about 10 levels; each location within a location adds two. */
export const MAX_LEVELS = 100;

/**
 * True if a JSON text is nested more than {@link MAX_LEVELS} deep. The text is not parsed: a deep value costs an object per level,
 * and a recursive walk through it exhausts the stack.
 */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === "[" || character === "{") depth += 1;
    else if (character === "]" || character === "}") depth -= 1;
    if (depth > MAX_LEVELS) return true;
  }
  return false;
}

/** The position of the quote that closes a JSON string; the end of the text if there is none. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text[at - escapes - 1] === "\\") escapes += 1;
    if (escapes % 2 === 0) return at;
  }
  return text.length;
}

/** The value of a JSON text; `undefined` if the text is not JSON or is too deep. A key `__proto__` becomes an own property. */
export function parsed(text: string): { value: unknown } | undefined {
  if (isTooDeep(text)) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
