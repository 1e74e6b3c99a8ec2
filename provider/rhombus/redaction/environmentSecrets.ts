/** Endings of the names of environment variables with secrets. `_FILE` and `_ID` are not among them: they only refer to a secret. */
const SECRET_NAME =
  /(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|SECRET_KEY|SECRET_ACCESS_KEY|PRIVATE_KEY)$/i;

/** Variables with other endings. */
const OTHERS = ["RHOMBUS_CLIENT_KEY"];

/** Variables with the address of a proxy, which may contain a password. */
const PROXY_NAME = /(?:^|_)PROXY$/i;

/** A shorter value would redact ordinary words. */
const SHORTEST = 8;

/** A shorter line of a private key reveals nothing. */
const SHORTEST_LINE = 16;

/**
 * The secrets in the environment of at least 8 characters: the API key, and those of Pulumi, clouds and build servers. The engine
 * passes its own environment, with its access token and passphrase, to the processes that it starts.
 * @param env The environment variables.
 */
export function environmentSecrets(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(env).flatMap(([name, value = ""]) => {
    const found = SECRET_NAME.test(name) || OTHERS.includes(name) ? linesOf(value) : [];
    return (PROXY_NAME.test(name) ? passwordsIn(value) : found).filter((each) => each.length >= SHORTEST);
  });
}

/** The lines of a private key, or the value itself. A path is not a secret. */
function linesOf(value: string): string[] {
  const text = value.trim();
  if (!text.includes("-----BEGIN ")) return /^(?:[A-Za-z]:)?[\\/]\S*\.\w{1,5}$/.test(text) ? [] : [text];
  return text.split(/\r?\n|\\n/).filter((line) => line.length >= SHORTEST_LINE && !line.startsWith("-----"));
}

/** The password in the address of a proxy, encoded and decoded. */
function passwordsIn(address: string): string[] {
  const password = /^(?:[a-z][\w+.-]*:\/\/)?[^/?#]*?:([^/?#]*)@/i.exec(address.trim())?.[1];
  if (password === undefined) return [];
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}
