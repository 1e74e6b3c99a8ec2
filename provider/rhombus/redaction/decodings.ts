/** A text, possibly decoded, with the position of each of its characters in the original. */
export interface Decoding {
  /** The text. */
  readonly text: string;
  /** For each character, and for the end, the position in the original; absent for the original itself. */
  readonly positions?: readonly number[];
}

/** An encoding that a text may contain, undone character by character. Characters that are not encoded stay. */
interface Encoding {
  /** The encoded characters. */
  readonly pattern: RegExp;
  /** The character that an encoded one stands for. */
  decode(encoded: string): string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const JSON_ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

const json: Encoding = {
  pattern: /\\(?:u[\da-f]{4}|[\s\S])/gi,
  decode: (written) => {
    if (written.length > 2) return String.fromCharCode(Number.parseInt(written.slice(2), 16));
    return JSON_ESCAPES[written.slice(1)] ?? written.slice(1);
  },
};

const uri: Encoding = {
  // The bytes of one character.
  pattern: /%[0-7][\da-f]|%[c-f][\da-f](?:%[89ab][\da-f]){1,3}/gi,
  decode: (bytes) => Buffer.from(bytes.replaceAll("%", ""), "hex").toString(),
};

const form: Encoding = {
  pattern: new RegExp(`\\+|${uri.pattern.source}`, "gi"),
  decode: (encoded) => (encoded === "+" ? " " : uri.decode(encoded)),
};

const html: Encoding = {
  pattern: /&(?:amp|lt|gt|quot|apos|#0{0,4}\d{1,5}|#x0{0,4}[\da-f]{1,4});/gi,
  decode: (entity) => {
    const name = entity.slice(1, -1).toLowerCase();
    if (!name.startsWith("#")) return ENTITIES[name] ?? entity;
    return String.fromCharCode(name[1] === "x" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)));
  },
};

const ENCODINGS = [json, uri, form, html];

/** Encodings within encodings, such as JSON in JSON. */
const MAX_LAYERS = 2;

/**
 * A text as it is, and with the encodings undone that it contains: JSON, URI, form and HTML, up to two layers of them.
 * @param decoding The text.
 * @param layers The number of layers.
 */
export function* decodingsOf(decoding: Decoding, layers: number = MAX_LAYERS): Generator<Decoding> {
  yield decoding;
  if (layers === 0) return;
  let previous: string | undefined;
  for (const encoding of ENCODINGS) {
    const next = decoded(decoding, encoding);
    // Without a "+", URI and form are the same.
    if (next === undefined || next.text === previous) continue;
    previous = next.text;
    yield* decodingsOf(next, layers - 1);
  }
}

/** The text with one encoding undone; `undefined` if it does not contain it. */
function decoded({ text, positions }: Decoding, { pattern, decode }: Encoding): Decoding | undefined {
  if (text.search(pattern) === -1) return undefined;
  const starts: number[] = [];
  const startAt = (at: number) => starts.push(positions?.[at] ?? at);
  let done = 0;
  const plain = text.replace(pattern, (encoded: string, at: number) => {
    while (done < at) startAt(done++);
    const character = decode(encoded);
    for (let unit = 0; unit < character.length; unit += 1) startAt(at);
    done = at + encoded.length;
    return character;
  });
  while (done <= text.length) startAt(done++);
  return { text: plain, positions: starts };
}
