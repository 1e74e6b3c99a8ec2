import { masked } from "../server/requestLog";

const prefix = "/webhooks/onguard/";

/** The path of a deployment's webhook. It embeds the token, so it is a secret as well. */
export function onGuardWebhookPath(rhombusToken: string): string {
  return `${prefix}${rhombusToken}`;
}

/** The token in a webhook's path, undefined when the path is not one. */
export function tokenInPath(path: string): string | undefined {
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** The path without the token of a webhook, also where somebody has not quite met the address of one. */
export function shownPath(path: string): string {
  return path.replace(/(\/web-?hooks?\/(?:onguard\/)?).+/is, `$1${masked}`);
}
