/** Text that is HTML already. A name becomes one only through {@link html} and {@link exact}. */
export class Html {
  /** `text` is inserted as it is. */
  constructor(readonly text: string) {}
}

/** A value in a template: texts and numbers are escaped, HTML is inserted. */
type Insertion = string | number | Html | readonly Html[];

/**
 * Builds HTML from a template. A text is shortened and its invisible characters are written out, so that a name can
 * neither leave its place nor change how the rest of the page reads.
 */
export function html(parts: TemplateStringsArray, ...insertions: readonly Insertion[]): Html {
  const texts = insertions.map((each, index) => inserted(each) + (parts[index + 1] ?? ""));
  return new Html([parts[0] ?? "", ...texts].join(""));
}

/** A text that is only escaped, for the value of an input. */
export function exact(text: string): Html {
  return new Html(escaped(text));
}

/** True for a text that the page shows as it is. */
export function isShownWhole(text: string): boolean {
  return visible(text) === text;
}

const maxLength = 300;

function inserted(value: Insertion): string {
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map(({ text }) => text).join("");
  return escaped(visible(`${value}`));
}

/** Control characters, direction marks, joiners and other characters without a shape of their own. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

function visible(text: string): string {
  const isLong = text.length > maxLength;
  // A pair of surrogates is not cut in two.
  const shown = isLong ? text.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, "") : text;
  const written = shown.replace(invisible, (found) => `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`);
  return isLong ? `${written}… (${text.length} characters)` : written;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (found) => entities[found] ?? "");
}
