import { isRuuid } from "../ids/ruuid";
import { isUuid } from "../ids/uuid";
import { isJsonObject } from "../json/jsonObject";
import { namedSecrets, secretFields } from "./namedSecrets";
import { plainLines } from "./plainText";
import { MIN_SECRET_LENGTH, SecretSearch } from "./secretSearch";

const REDACTED = "[secret]";

// A webhook URL is a secret: with it anybody can post events.
const REDACTED_URL = "[webhook URL]";

const MAX_SECRET_LENGTH = 16_384;

const WITHHELD = "[a text that could not be redacted]";

// "webhook" is not part of the pattern, which would then take quadratic time in a text of many addresses.
const ADDRESS = /https?(?::|%3a)(?:\\?\/|%2f){2}[^\s"'<>]*/gi;

// Rhombus does not describe the keys of this map. They are most likely the tokens of the deployments.
const MAP_OF_DEPLOYMENTS = "deploymentToSettingsMap";

/**
 * Removes secrets from texts: values that it has learned (as they are, encoded, or truncated: see {@link SecretSearch}), webhook URLs,
 * and values that a text itself names as secrets (`presharedSecret=…`).
 */
export class Redactor {
  private readonly secrets = new Set<string>();
  private search: SecretSearch | undefined;

  /** Learns secrets. Values of fewer than 4 characters, null and undefined are ignored; of a value, the first 16,384 characters count. */
  add(...values: readonly (string | null | undefined)[]): void {
    for (const value of values) {
      if (typeof value !== "string" || value.length < MIN_SECRET_LENGTH || this.secrets.has(value)) continue;
      this.secrets.add(value.slice(0, MAX_SECRET_LENGTH));
      this.search = undefined;
    }
  }

  /** Learns the secrets in a request or an answer: at any depth, the fields that the schemas of Rhombus use for secrets. */
  learn(content: unknown): void {
    // A list, not recursion: an answer may be nested deeper than the stack.
    const ahead: unknown[] = [content];
    while (ahead.length > 0) {
      const next = ahead.pop();
      if (Array.isArray(next)) for (const item of next) ahead.push(item);
      else if (isJsonObject(next)) this.learnFields(next, ahead);
    }
  }

  /** Learns the secrets in a text that is not JSON, for example truncated JSON: the quoted values beside the names of secrets. */
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

  /** The text for people: without secrets and without invisible characters. */
  redact(text: string): string {
    return withheldOnError(() => {
      const clean = plainLines(this.withoutKnownSecrets(text));
      // An invisible character between the words of a secret is a space now.
      return clean === text ? clean : this.withoutKnownSecrets(clean);
    });
  }

  /** The text for machines: without secrets, and otherwise unchanged. */
  withoutSecrets(text: string): string {
    return withheldOnError(() => this.withoutKnownSecrets(text));
  }

  /**
   * The text without the secrets that were learned, and otherwise unchanged. For a text of many values: a value that looks as if it began
   * a secret hides nothing of what follows it. Each value was passed to {@link withoutSecretLookalikes} before.
   */
  withoutLearnedSecrets(text: string): string {
    return withheldOnError(() => this.withoutLearned(text));
  }

  private withoutKnownSecrets(text: string): string {
    return withoutKeys(withoutNamed(this.withoutLearned(withoutUrls(text))));
  }

  private withoutLearned(text: string): string {
    this.search ??= new SecretSearch(this.secrets);
    return this.search.replaceIn(text, REDACTED);
  }
}

/**
 * A value without what has the form of a secret: webhook URLs, and values that the text itself names as secrets. A value without a
 * visible end reaches to the end of the text.
 * @param text One value, such as a name.
 */
export function withoutSecretLookalikes(text: string): string {
  return withheldOnError(() => withoutKeys(withoutNamed(withoutUrls(text))));
}

function withoutUrls(text: string): string {
  return text.replace(ADDRESS, (url) => (/webhook/i.test(url) ? REDACTED_URL : url));
}

/** Redaction runs while errors are built, so it never throws. */
function withheldOnError(redacted: () => string): string {
  try {
    return redacted();
  } catch {
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
