import { plainJson, plainText } from "../../rhombus/redaction/plainText";

/** A part of a program: a text that is printed unchanged, or a group. */
export type Code = string | Group;

/** A member of a list, a property of an object, or an argument. */
export interface Item {
  /** The value. */
  readonly code: Code;
  /** The text before the value: the name of a property, with a colon. Default: none. */
  readonly start?: string;
  /** A comment at the end of its line. Default: none. */
  readonly comment?: string | undefined;
}

/** Items between brackets. */
interface Group {
  readonly start: string;
  readonly items: readonly Item[];
  readonly end: string;
  /** The text after the opening and before the closing bracket on one line. */
  readonly padding: string;
  /** Each item gets its own line, even if one line would fit. */
  readonly isOpen: boolean;
}

/** The longest line, in characters. */
const WIDTH = 120;

/**
 * A string literal, in the quotes that need fewer escapes; by default double quotes.
 * @param text The string.
 */
export function literal(text: string): string {
  // Linters report "${" in a string as a forgotten template.
  const escaped = plainJson(JSON.stringify(text)).slice(1, -1).replaceAll("${", "\\u0024{");
  const plain = escaped.replaceAll('\\"', '"');
  const count = (quote: string) => plain.split(quote).length - 1;
  return count('"') > count("'") ? `'${plain.replaceAll("'", "\\'")}'` : `"${escaped}"`;
}

/**
 * A list.
 * @param items The members.
 */
export function list(items: readonly Item[]): Code {
  return { start: "[", items, end: "]", padding: "", isOpen: false };
}

/**
 * An object.
 * @param properties The values by name.
 * @param isOpen True if each property gets its own line, even if one line would fit. Default: false.
 */
export function object(properties: readonly (readonly [name: string, value: Item])[], isOpen = false): Code {
  const items = properties.map(([name, value]) => ({ ...value, start: `${keyOf(name)}: ` }));
  return { start: "{", items, end: "}", padding: items.length === 0 ? "" : " ", isOpen };
}

/** `"__proto__": x` would set the prototype. */
function keyOf(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
}

/**
 * A call, or a construction with `new`.
 * @param name The function.
 * @param args The arguments.
 */
export function call(name: string, args: readonly Code[]): Code {
  return { start: `${name}(`, items: args.map((code) => ({ code })), end: ")", padding: "", isOpen: false };
}

/**
 * Formats a statement.
 * @param start The beginning, such as `const lobby = `.
 * @param code The rest.
 * @param indent The indentation. Default: none.
 */
export function statement(start: string, code: Code, indent = ""): string {
  return `${indent}${start}${printed(code, indent, start.length)};\n`;
}

/**
 * Formats a comment of one line. No text can end it.
 * @param text The text.
 */
export function commentOf(text: string): string {
  return `// ${harmless(text)}`;
}

/**
 * Formats a doc comment of one line. No text can end it.
 * @param text The text.
 */
export function docOf(text: string): string {
  return `/** ${harmless(text).replaceAll("*/", "* /")} */`;
}

/** Compilers interpret comments that begin with `@`, and `//#` and `/*#` as references to source maps. */
function harmless(text: string): string {
  return plainText(text)
    .replace(/^(?=@)/, "- ")
    .replace(/(?<=[/*])(?=[#@])/g, " ");
}

/** Formats a part on one line if it fits with one more character, else over several lines. */
function printed(code: Code, indent: string, columnsBefore: number): string {
  const line = onOneLine(code);
  if (line !== undefined && indent.length + columnsBefore + line.length < WIDTH) return line;
  return typeof code === "string" ? code : overLines(code, indent);
}

/** `undefined` for parts that need several lines at any width. */
function onOneLine(code: Code): string | undefined {
  if (typeof code === "string") return code;
  const items = code.items.map(({ code: value, start = "", comment }) => {
    const text = comment === undefined ? onOneLine(value) : undefined;
    return text === undefined ? undefined : start + text;
  });
  if (code.isOpen || items.includes(undefined)) return undefined;
  return [code.start, items.join(", "), code.end].join(code.padding);
}

/** Only the last argument of a call spans several lines, if it can. Otherwise each item has its own lines. */
function overLines({ start, items, end }: Group, indent: string): string {
  const last = items.at(-1);
  const others = items.slice(0, -1).map(({ code }) => onOneLine(code));
  if (start.endsWith("(") && typeof last?.code === "object" && !others.includes(undefined)) {
    return `${start}${others.map((each) => `${each}, `).join("")}${overLines(last.code, indent)}${end}`;
  }
  const inner = `${indent}  `;
  const lines = items.map(({ code, start: before = "", comment }) => {
    const remark = comment === undefined ? "" : ` ${commentOf(comment)}`;
    const text = printed(code, inner, before.length);
    // A long string moves to the next line, unless that saves hardly any columns.
    const isMoved =
      typeof code === "string" && before.length > 6 && inner.length + before.length + text.length >= WIDTH;
    return `${inner}${isMoved ? `${before.trimEnd()}\n${inner}  ` : before}${text},${remark}\n`;
  });
  return `${start}\n${lines.join("")}${indent}${end}`;
}
