/** How the names of environment variables end that hold a secret themselves. What ends in `_FILE` or `_ID` names one only. */
const SECRET_NAME =
  /(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|SECRET_KEY|SECRET_ACCESS_KEY|PRIVATE_KEY)$/i;

/** Variables whose names do not end like that. */
const OTHERS = ["RHOMBUS_CLIENT_KEY"];

/** A proxy may be given with a name and a password. */
const PROXY_NAME = /(?:^|_)PROXY$/i;

/** A shorter value would blank out ordinary words of messages. */
const SHORTEST = 8;

/** A line of a private key that is shorter says nothing of it. */
const SHORTEST_LINE = 16;

/**
 * The secrets in the environment: the API key, and those of Pulumi, clouds and build servers, of at least 8 characters each. The
 * engine hands its own environment, with its access token and passphrase, to the processes that it starts.
 * @param env The environment variables.
 */
export function environmentSecrets(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(env).flatMap(([name, value = ""]) => {
    const found = SECRET_NAME.test(name) || OTHERS.includes(name) ? linesOf(value) : [];
    return (PROXY_NAME.test(name) ? passwordsIn(value) : found).filter((each) => each.length >= SHORTEST);
  });
}

/** A private key is quoted by the line. A path is no secret. */
function linesOf(value: string): string[] {
  const text = value.trim();
  if (!text.includes("-----BEGIN ")) return /^(?:[A-Za-z]:)?[\\/]\S*\.\w{1,5}$/.test(text) ? [] : [text];
  return text.split(/\r?\n|\\n/).filter((line) => line.length >= SHORTEST_LINE && !line.startsWith("-----"));
}

/** The password in the address of a proxy, as it is written and as it is meant. */
function passwordsIn(address: string): string[] {
  const password = /^(?:[a-z][\w+.-]*:\/\/)?[^/?#]*?:([^/?#]*)@/i.exec(address.trim())?.[1];
  if (password === undefined) return [];
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}
