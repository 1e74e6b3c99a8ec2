import { looksLikePath } from "./presentable";

/** Endings of the names of environment variables with secrets. `_FILE` and `_ID` are not among them: they only refer to a secret. */
const SECRET_NAME =
  /(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|SECRET_KEY|SECRET_ACCESS_KEY|PRIVATE_KEY)$/i;

/** Variables with the address of a proxy, which may contain a password. */
const PROXY_NAME = /^(?!no_)(?:.*_)?PROXY$/i;

/** A shorter value would redact ordinary words. */
const SHORTEST = 8;

/**
 * The secrets in the environment of at least 8 characters: the API key, and those of Pulumi, clouds and build servers. The engine
 * passes its own environment, with its access token and passphrase, to the processes that it starts.
 * @param env The environment variables.
 */
export function environmentSecrets(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(env).flatMap(([name, value = ""]) => {
    const isKey = name === "RHOMBUS_CLIENT_KEY" && (value.includes(PEM_MARK) || !looksLikePath(value.trim()));
    const found = SECRET_NAME.test(name) || isKey ? linesOf(value) : [];
    return (PROXY_NAME.test(name) ? credentialsIn(value) : found).filter((each) => each.length >= SHORTEST);
  });
}

/** The lines of a private key, or the value itself. A path is not a secret. */
function linesOf(value: string): string[] {
  const text = value.trim();
  if (text.includes(PEM_MARK)) return secretLines(text);
  return /^(?:[A-Za-z]:)?[\\/]\S*\.\w{1,5}$/.test(text) ? [] : [text];
}

/** The beginning of PEM text. */
export const PEM_MARK = "-----BEGIN ";

/** The secret lines of a private key in PEM text; none for other text. */
export function secretLines(text: string): string[] {
  const lines = text.split(/\r?\n|\\n/);
  return text.includes(PEM_MARK) ? lines.filter((line) => line.length >= SHORTEST && !line.startsWith("--")) : [];
}

/**
 * The credentials in the address of a proxy, which may be malformed because of them, encoded and decoded. A user without a password
 * counts, because it may be a token.
 */
export function credentialsIn(address: string): string[] {
  const credentials = /^(?:[a-z][a-z\d+.-]*:\/\/)?(.*)@/is.exec(address.trim())?.[1];
  if (credentials === undefined) return [];
  const [user = "", ...rest] = credentials.split(":");
  return [credentials, rest.join(":") || user].flatMap((secret) => [secret, decoded(secret)]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
