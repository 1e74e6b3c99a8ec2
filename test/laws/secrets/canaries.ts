import { randomBytes } from "node:crypto";
import { definitions } from "../../../provider/resources/registry";
import { secretSettings } from "../../../provider/rhombus/settings/settingNames";
import { secretNamesOf } from "../contract/secretValues";

/** Every secret that there is, by name; a new one of a definition or of the settings is among them by itself. */
export const canaryNames: readonly string[] = [
  ...Object.entries(definitions).flatMap(([type, each]) => secretNamesOf(each).map((name) => `${type}.${name}`)),
  ...secretSettings.flatMap((setting) => [`rhombus:${setting}`, `Provider.${setting}`, variableOf(setting)]),
];

/** Variables of others with a secret in them, which the engine hands to the processes that it starts. */
export const environmentNames: readonly string[] = [
  "PULUMI_ACCESS_TOKEN",
  "PULUMI_CONFIG_PASSPHRASE",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "GITHUB_TOKEN",
];

/** The environment variable of a setting. */
export function variableOf(setting: string): string {
  return `RHOMBUS_${setting.replace(/[A-Z]/g, "_$&").toUpperCase()}`;
}

/** A secret that nobody else has, with characters that URLs, JSON and web pages write differently. */
export function newCanary(): string {
  const random = randomBytes(18).toString("base64url");
  return `${random.slice(0, 12)}/"+\\=&<${random.slice(12)}`;
}

/** A text that is no secret, and stands nowhere else. */
export function newBait(): string {
  return `bait-${randomBytes(9).toString("hex")}`;
}

const PIECE = 12;
const SHORTEST_IN_PIECES = 16;

/** The forms in which a secret must not show, by what they are. */
export function formsOf(secret: string): ReadonlyMap<string, string> {
  const bytes = Buffer.from(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const html = secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  const pieces = SHORTEST_IN_PIECES <= secret.length && !secret.includes("://");
  const forms: [string, string][] = [
    ["as it is", secret],
    ["in JSON", json],
    ["in JSON in JSON", JSON.stringify(json).slice(1, -1)],
    ["in HTML", html],
    ["in a URL", encodeURIComponent(secret)],
    ["in a form", new URLSearchParams({ "": secret }).toString().slice(1)],
    ["in hexadecimal digits", bytes.toString("hex")],
    ["backwards", Array.from(secret).reverse().join("")],
    ...[0, 1, 2].flatMap((before) => inBase64(bytes, before)),
    ...(pieces
      ? (
          [
            ["its beginning", secret.slice(0, PIECE)],
            ["its end", secret.slice(-PIECE)],
          ] as const
        ).map(([name, text]): [string, string] => [name, text])
      : []),
  ];
  return new Map(forms);
}

function inBase64(bytes: Buffer, before: number): [string, string][] {
  const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
  const own = encoded.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6));
  const where = `in base64, ${before} bytes in`;
  return [
    [where, own],
    [`${where}, for URLs`, own.replaceAll("+", "-").replaceAll("/", "_")],
  ];
}

/** What of a secret is one by itself: of an address its last part, of a key on several lines each line. */
export function partsOf(secret: string): string[] {
  if (secret.includes("-----BEGIN ")) {
    return secret.split(/\r?\n/).filter((line) => line.length >= SHORTEST_IN_PIECES && !line.startsWith("-----"));
  }
  return secret.includes("://") ? [secret, secret.slice(secret.lastIndexOf("/") + 1)] : [secret];
}
