const PIECE = 12;
const SHORTEST_IN_PIECES = 16;

/** The forms in which a secret must not appear, by name. */
export function formsOf(secret: string): ReadonlyMap<string, string> {
  const bytes = Buffer.from(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const html = secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  const forms = new Map([
    ["as it is", secret],
    ["in JSON", json],
    ["in JSON in JSON", JSON.stringify(json).slice(1, -1)],
    ["in HTML", html],
    ["in a URL", encodeURIComponent(secret)],
    ["in a form", new URLSearchParams({ "": secret }).toString().slice(1)],
    ["in hexadecimal digits", bytes.toString("hex")],
    ["backwards", Array.from(secret).reverse().join("")],
  ]);
  for (const before of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const own = encoded.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6));
    forms.set(`in base64, ${before} bytes in`, own);
    forms.set(`in base64, ${before} bytes in, for URLs`, own.replaceAll("+", "-").replaceAll("/", "_"));
  }
  if (SHORTEST_IN_PIECES <= secret.length && !secret.includes("://")) {
    forms.set("its beginning", secret.slice(0, PIECE));
    forms.set("its end", secret.slice(-PIECE));
  }
  return forms;
}

/** The parts of a secret that are secret by themselves: the last part of an address, each line of a key on several lines. */
export function partsOf(secret: string): string[] {
  if (secret.includes("-----BEGIN ")) {
    return secret.split(/\r?\n/).filter((line) => line.length >= SHORTEST_IN_PIECES && !line.startsWith("-----"));
  }
  return secret.includes("://") ? [secret, secret.slice(secret.lastIndexOf("/") + 1)] : [secret];
}
