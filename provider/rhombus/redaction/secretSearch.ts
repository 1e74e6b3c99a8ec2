import { decodingsOf } from "./decodings";

/** The minimum length of a secret: a shorter one would redact ordinary words. */
export const MIN_SECRET_LENGTH = 4;

/** The length of the beginning and of the end of a long secret that are redacted on their own, because a text may be truncated. */
const PIECE = 12;
const MIN_LENGTH_FOR_PIECES = 16;

/** Longer secrets are searched in slices, which bounds the time for each position of a text. */
const SLICE = 256;

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Finds secrets in texts, in time proportional to the length of the text. */
export class SecretSearch {
  /** The searched texts by their first four characters, the longest first. */
  readonly #searched = new Map<string, string[]>();

  /** Takes the secrets, each of at least {@link MIN_SECRET_LENGTH} characters. */
  constructor(secrets: Iterable<string>) {
    const all = new Set([...secrets].flatMap((secret) => [secret, ...piecesOf(secret), ...base64Of(secret)]));
    for (const text of new Set([...all].map(wellFormed).flatMap(slicesOf))) {
      const start = text.slice(0, MIN_SECRET_LENGTH);
      const alike = this.#searched.get(start);
      if (alike === undefined) this.#searched.set(start, [text]);
      else alike.push(text);
    }
    for (const alike of this.#searched.values()) alike.sort((one, other) => other.length - one.length);
  }

  /** The text with `substitute` in place of each secret, as it is or encoded. */
  replaceIn(text: string, substitute: string): string {
    if (this.#searched.size === 0) return text;
    let clean = "";
    let done = 0;
    for (const { start, end } of this.#rangesIn(text)) {
      if (start >= done) clean += text.slice(done, start) + substitute;
      done = Math.max(done, end);
    }
    return clean + text.slice(done);
  }

  /** The secrets in a text, in order. They may overlap where different encodings show them. */
  #rangesIn(text: string): Range[] {
    const ranges: Range[] = [];
    for (const { text: decoded, positions } of decodingsOf({ text })) {
      for (const { start, end } of this.#secretsIn(wellFormed(decoded))) {
        ranges.push({ start: positions?.[start] ?? start, end: positions?.[end] ?? end });
      }
    }
    return ranges.sort((one, other) => one.start - other.start);
  }

  #secretsIn(text: string): Range[] {
    const found: Range[] = [];
    for (let at = 0; at <= text.length - MIN_SECRET_LENGTH; at += 1) {
      const candidates = this.#searched.get(text.slice(at, at + MIN_SECRET_LENGTH));
      const secret = candidates?.find((candidate) => text.startsWith(candidate, at));
      if (secret === undefined) continue;
      found.push({ start: at, end: at + secret.length });
      at += secret.length - 1;
    }
    return found;
  }
}

/** The text with U+FFFD in place of each half of a surrogate pair, as UTF-8 has it. Its length is the same. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

function slicesOf(text: string): string[] {
  const slices: string[] = [];
  for (let at = 0; at < text.length; at += SLICE) slices.push(text.slice(at, at + SLICE));
  return slices.filter((slice) => slice.length >= MIN_SECRET_LENGTH);
}

function piecesOf(secret: string): string[] {
  // The beginning of an address is not a secret.
  const own = secret.includes("://") ? secret.slice(secret.lastIndexOf("/") + 1) : secret;
  return own.length < MIN_LENGTH_FOR_PIECES ? [] : [own.slice(0, PIECE), own.slice(-PIECE)];
}

/** The base64 of a secret at any position of an encoded text, without the characters that depend on its neighbours. */
function base64Of(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const own = encoded.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6));
    return own.length < PIECE ? [] : [own, own.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
