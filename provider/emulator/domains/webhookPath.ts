import { masked } from "../server/requestLog";

const prefix = "/webhooks/onguard/";

/** The path of a deployment's webhook. It contains the token and is therefore secret. */
export function onGuardWebhookPath(rhombusToken: string): string {
  return `${prefix}${rhombusToken}`;
}

/** The token in the path of a webhook; undefined for other paths. */
export function tokenInPath(path: string): string | undefined {
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** The path with the token of a webhook masked, also in paths that only resemble that of a webhook. */
export function shownPath(path: string): string {
  return path.replace(/(\/web-?hooks?\/(?:onguard\/)?).+/is, `$1${masked}`);
}
