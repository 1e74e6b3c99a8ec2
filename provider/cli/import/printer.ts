import { plainJson, plainText } from "../../rhombus/redaction/plainText";

/** A part of a program. */
export type Code =
  /** An expression, printed unchanged. */
  | string
  /** A string literal, printed with quotes and escapes. */
  | { readonly literal: string }
  /** A list. */
  | { readonly list: readonly Item[] }
  /** An object. `open` puts each property on its own line, even if one line would fit. */
  | { readonly object: readonly Property[]; readonly open: boolean }
  /** A call, or a construction with `new`. */
  | { readonly call: string; readonly args: readonly Code[] };

/** A member of a list. */
export interface Item {
  /** The member. */
  readonly code: Code;
  /** A comment at the end of its line. */
  readonly comment?: string | undefined;
}

/** A property of an object. */
export interface Property extends Item {
  /** The name. */
  readonly name: string;
}

/** The longest line, in columns. */
const WIDTH = 120;

const STEP = "  ";

/**
 * Formats a statement.
 * @param start The beginning, such as `const lobby = `.
 * @param code The rest.
 * @param indent The indentation. Default: none.
 */
export function statement(start: string, code: Code, indent = ""): string {
  return `${indent}${start}${printed(code, { indent, before: widthOf(indent + start), after: 1 })};\n`;
}

/**
 * Formats a comment of one line. No text can end it.
 * @param text The text.
 */
export function commentOf(text: string): string {
  return `// ${remark(text)}`;
}

/**
 * Formats a doc comment of one line. No text can end it.
 * @param text The text.
 */
export function docOf(text: string): string {
  return `/** ${remark(text).replaceAll("*/", "* /")} */`;
}

/** Compilers interpret comments that begin with `@`, and `//#` and `/*#` as references to source maps. */
function remark(text: string): string {
  return plainText(text)
    .replace(/^(?=@)/, "- ")
    .replace(/(?<=[/*])(?=[#@])/g, " ");
}

/** The position of a part. */
interface Place {
  readonly indent: string;
  /** The columns before it on its first line. */
  readonly before: number;
  /** The columns that follow it on its last line. */
  readonly after: number;
}

function printed(code: Code, place: Place): string {
  const flat = inOneLine(code);
  if (flat !== undefined && place.before + widthOf(flat) + place.after <= WIDTH) return flat;
  if (typeof code === "string" || "literal" in code) return flat ?? "";
  if ("list" in code)
    return bracketed(
      "[",
      code.list.map((item) => ({ prefix: "", ...item })),
      "]",
      place.indent,
    );
  if ("object" in code) {
    const properties = code.object.map(({ name, ...item }) => ({ prefix: `${keyOf(name)}:`, ...item }));
    return bracketed("{", properties, "}", place.indent);
  }
  return callOverLines(code, place);
}

/** `undefined` for parts that need several lines at any width. */
function inOneLine(code: Code): string | undefined {
  if (typeof code === "string") return code;
  if ("literal" in code) return stringLiteral(code.literal);
  if ("list" in code) {
    const items = code.list.map(({ code: item, comment }) => (comment === undefined ? inOneLine(item) : undefined));
    return items.includes(undefined) ? undefined : `[${items.join(", ")}]`;
  }
  if ("object" in code) {
    if (code.object.length === 0) return "{}";
    const members = code.object.map(({ name, code: value, comment }) => {
      const text = comment === undefined ? inOneLine(value) : undefined;
      return text === undefined ? undefined : `${keyOf(name)}: ${text}`;
    });
    return code.open || members.includes(undefined) ? undefined : `{ ${members.join(", ")} }`;
  }
  const args = code.args.map(inOneLine);
  return args.includes(undefined) ? undefined : `${code.call}(${args.join(", ")})`;
}

function bracketed(
  open: string,
  items: readonly (Item & { readonly prefix: string })[],
  close: string,
  indent: string,
): string {
  const inner = indent + STEP;
  const lines = items.map(({ prefix, code, comment }) => {
    const remarks = comment === undefined ? "" : ` ${commentOf(comment)}`;
    return `${inner}${withPrefix(prefix, code, inner)},${remarks}\n`;
  });
  return `${open}\n${lines.join("")}${indent}${close}`;
}

/** A value that is too long for the rest of the line moves to the next line, unless that saves hardly any columns. */
function withPrefix(prefix: string, code: Code, indent: string): string {
  if (prefix === "") return printed(code, { indent, before: widthOf(indent), after: 1 });
  const text = printed(code, { indent, before: widthOf(`${indent}${prefix} `), after: 1 });
  const [first = ""] = text.split("\n");
  const isTooLong = widthOf(`${indent}${prefix} ${first}`) + (text === first ? 1 : 0) > WIDTH;
  const isWorthIt = widthOf(prefix) > STEP.length + 3;
  if (!isTooLong || !isWorthIt) return `${prefix} ${text}`;
  const inner = indent + STEP;
  return `${prefix}\n${inner}${printed(code, { indent: inner, before: widthOf(inner), after: 1 })}`;
}

/** Only the last argument spans several lines, if the others leave room for its beginning. Otherwise each has its own lines. */
function callOverLines({ call, args }: { call: string; args: readonly Code[] }, { indent, before }: Place): string {
  const last = args.at(-1);
  const others = args.slice(0, -1).map(inOneLine);
  const isSpread = typeof last === "object" && ("object" in last || "list" in last);
  if (isSpread && !others.includes(undefined)) {
    const start = `${call}(${others.map((other) => `${other}, `).join("")}`;
    if (before + widthOf(start) + 1 <= WIDTH) return `${start}${overLines(last, indent)})`;
  }
  return bracketed(
    `${call}(`,
    args.map((code) => ({ prefix: "", code })),
    ")",
    indent,
  );
}

function overLines(code: Code, indent: string): string {
  return printed(code, { indent, before: WIDTH, after: 0 });
}

/** `"__proto__": x` would set the prototype. */
function keyOf(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringLiteral(name);
}

/** Uses the quotes that need fewer escapes; by default double quotes. */
function stringLiteral(text: string): string {
  // Linters report "${" in a string as a forgotten template.
  const escaped = plainJson(JSON.stringify(text)).slice(1, -1).replaceAll("${", "\\u0024{");
  const plain = escaped.replaceAll('\\"', '"');
  const count = (quote: string) => plain.split(quote).length - 1;
  return count('"') > count("'") ? `'${plain.replaceAll("'", "\\'")}'` : `"${escaped}"`;
}

/** Characters that are two columns wide. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += /\p{M}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}
