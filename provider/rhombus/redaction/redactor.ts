import { isRuuid } from "../ids/ruuid";
import { isUuid } from "../ids/uuid";
import { isJsonObject } from "../json/jsonObject";
import { namedSecrets, secretFields } from "./namedSecrets";
import { plainLines } from "./plainText";

/** What stands in a text where a secret was. */
const REDACTED = "[secret]";

/** What stands in a text where a webhook URL was; the URL of an OnGuard webhook is all that a caller needs. */
const REDACTED_URL = "[webhook URL]";

// A shorter value would blank out ordinary words and says little about the secret it is part of.
const SHORTEST_SECRET = 4;

// How much of a secret counts as one, where a text quotes only its beginning or its end.
const PIECE = 12;
const SHORTEST_IN_PIECES = 16;

// A single character may take up to 60 in a pattern, and one of some hundred thousand is refused.
const LARGEST_PATTERN = 30_000;
const SLICE = 256;

// No secret of anybody's comes near it; what follows is not looked for.
const LONGEST_SECRET = 16_384;

const WITHHELD = "[a text that could not be freed of secrets]";

// Looking for "webhook" within the pattern would take quadratic time in a text of many addresses without one.
const address = /https?(?::|%3a)(?:\\?\/|%2f){2}[^\s"'<>]*/gi;

// The vendor does not say what the keys of this map are; they are most likely the tokens of the deployments.
const MAP_OF_DEPLOYMENTS = "deploymentToSettingsMap";

/**
 * Takes secrets out of texts: the values it has learned, as they are or as URLs, JSON, HTML and base64 write them, and long ones also where only their beginning
 * or end is left; anything that looks like a webhook URL; and what a text itself names as a secret (`presharedSecret=…`).
 */
export class Redactor {
  private readonly secrets = new Set<string>();
  private patterns: readonly RegExp[] | undefined;

  /** Learns secrets. Values of fewer than 4 characters, null and undefined are left alone. */
  add(...values: readonly (string | null | undefined)[]): void {
    for (const value of values) {
      if (typeof value !== "string" || value.length < SHORTEST_SECRET || this.secrets.has(value)) continue;
      this.secrets.add(value.slice(0, LONGEST_SECRET));
      this.patterns = undefined;
    }
  }

  /** Learns the secrets in a request or an answer: what stands, at any depth, in a field that the vendor's schemas use for a secret. */
  learn(content: unknown): void {
    // By a list, not by recursion: an answer may be nested deeper than the stack is high.
    const ahead: unknown[] = [content];
    while (ahead.length > 0) {
      const next = ahead.pop();
      if (Array.isArray(next)) for (const item of next) ahead.push(item);
      else if (isJsonObject(next)) this.learnFields(next, ahead);
    }
  }

  /** Learns the secrets in a text that is no JSON, perhaps because it was cut short: the values in quotes beside the names of secrets. */
  learnText(text: string): void {
    for (const { start, end, whole } of namedSecrets(text)) {
      if (whole) this.add(unescaped(text.slice(start, end)));
    }
  }

  private learnFields(content: Record<string, unknown>, ahead: unknown[]): void {
    for (const [name, value] of Object.entries(content)) {
      if (secretFields.has(name) && typeof value === "string") this.add(value);
      else if (name === MAP_OF_DEPLOYMENTS && isJsonObject(value)) {
        for (const key of Object.keys(value)) if (isId(key)) this.add(key);
      }
      if (typeof value === "object") ahead.push(value);
    }
  }

  /** The text as it may be shown: without secrets, and without characters that do not show. */
  redact(text: string): string {
    return withheldOnError(() => {
      const clean = plainLines(this.free(text));
      // A secret with spaces may have had something else between its words, which is a space now.
      return clean === text ? clean : this.free(clean);
    });
  }

  /** The text without secrets, and otherwise as it is: for what machines read. */
  withoutSecrets(text: string): string {
    return withheldOnError(() => this.free(text));
  }

  private free(text: string): string {
    this.patterns ??= patternsOf(this.secrets);
    let learned = text.replace(address, (url) => (/webhook/i.test(url) ? REDACTED_URL : url));
    for (const pattern of this.patterns) learned = learned.replace(pattern, REDACTED);
    return withoutKeys(withoutNamed(learned));
  }
}

function withheldOnError(free: () => string): string {
  try {
    return free();
  } catch {
    // What a pattern throws quotes the pattern, and with it every secret.
    return WITHHELD;
  }
}

function withoutNamed(text: string): string {
  let clean = "";
  let done = 0;
  for (const { start, end } of namedSecrets(text)) {
    const value = text.slice(start, end);
    clean += text.slice(done, start) + (value === REDACTED_URL ? value : REDACTED);
    done = end;
  }
  return clean + text.slice(done);
}

function withoutKeys(text: string): string {
  const at = text.indexOf(MAP_OF_DEPLOYMENTS);
  if (at === -1) return text;
  return text.slice(0, at) + text.slice(at).replace(/[\w-]+/g, (word) => (isId(word) ? REDACTED : word));
}

function unescaped(written: string): string {
  try {
    const text: unknown = JSON.parse(`"${written}"`);
    return typeof text === "string" ? text : written;
  } catch {
    return written;
  }
}

function isId(key: string): boolean {
  return isRuuid(key) || isUuid(key);
}

/** A pattern may only be so large, so there are as many as it takes. */
function patternsOf(secrets: ReadonlySet<string>): RegExp[] {
  const texts = [...secrets]
    .flatMap((secret) => [secret, ...piecesOf(secret), ...encodingsOf(secret)])
    .flatMap(slicesOf);
  // The longest first, so that a secret which begins with another one, or with its own first piece, goes as a whole.
  const longestFirst = [...new Set(texts)].sort((a, b) => b.length - a.length);
  const sources: string[] = [];
  for (const text of longestFirst) {
    const alternative = (text.match(/\\+|[^\\]/gu) ?? []).map((each, at, all) => formsOf(each, all[at - 1])).join("");
    const last = sources.at(-1);
    if (last === undefined || last.length + alternative.length > LARGEST_PATTERN) sources.push(alternative);
    else sources[sources.length - 1] = `${last}|${alternative}`;
  }
  return sources.map((source) => new RegExp(source, "g"));
}

/** A text as such, or, where it is very long, slice by slice. */
function slicesOf(text: string): string[] {
  const slices: string[] = [];
  for (let at = 0; at < text.length; at += SLICE) slices.push(text.slice(at, at + SLICE));
  return slices.filter((slice) => slice.length >= SHORTEST_SECRET);
}

/** What may be left of a long secret where a text has been cut: its beginning and its end. */
function piecesOf(secret: string): string[] {
  // An address begins with what is no secret.
  const told = secret.includes("://") ? secret.slice(secret.lastIndexOf("/") + 1) : secret;
  return told.length < SHORTEST_IN_PIECES ? [] : [told.slice(0, PIECE), told.slice(-PIECE)];
}

/** What base64 makes of a secret wherever it stands in the encoded text, without the characters that depend on its neighbours. */
function encodingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const own = encoded.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6));
    return own.length < PIECE ? [] : [own, own.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** How web pages write what HTML has a meaning for. */
const entities: ReadonlyMap<string, string> = new Map([
  ["&", "amp|#38|#[xX]26"],
  ["<", "lt|#60|#[xX]3[cC]"],
  [">", "gt|#62|#[xX]3[eE]"],
  ['"', "quot|#34|#[xX]22"],
  ["'", "apos|#0?39|#[xX]27"],
]);

/**
 * The ways a character of a secret, or a run of backslashes, may be written: as it is, percent-encoded, or escaped in JSON or HTML.
 * No text may be written in two of them, which would double the time for each such character.
 */
function formsOf(character: string, before: string | undefined): string {
  // Which of two backslashes escapes the other is not worth finding out, nor whether the last one escapes what follows.
  if (character.startsWith("\\")) {
    return `(?:\\\\|%5[cC]|\\\\u005[cC]){${character.length},${2 * character.length + 1}}`;
  }
  const forms = [escapeForPattern(character)];
  if (!/[A-Za-z0-9]/.test(character)) {
    forms.push([...Buffer.from(character)].map((byte) => `%${hexPattern(byte, 2)}`).join(""));
    forms.push(
      character
        .split("")
        .map((unit) => `\\\\u${hexPattern(unit.charCodeAt(0), 4)}`)
        .join(""),
    );
    forms.push(...escapesOf(character, before));
    const named = entities.get(character);
    if (named !== undefined) forms.push(`&(?:${named});`);
    if (character === " ") forms.push("\\+");
  }
  const different = new Set(forms);
  return different.size === 1 ? (forms[0] ?? "") : `(?:${[...different].join("|")})`;
}

/** What JSON writes with a backslash, unless by its number. */
function escapesOf(character: string, before: string | undefined): string[] {
  const escaped = character === "/" ? "\\/" : JSON.stringify(character).slice(1, -1);
  const isCounted = before?.startsWith("\\") && escaped.endsWith(character);
  return escaped.startsWith("\\u") || isCounted ? [] : [escapeForPattern(escaped)];
}

function hexPattern(code: number, digits: number): string {
  return code
    .toString(16)
    .padStart(digits, "0")
    .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function escapeForPattern(text: string): string {
  return text
    .replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")
    .replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r");
}
