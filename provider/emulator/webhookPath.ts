const prefix = "/webhooks/onguard/";

/** The path of a deployment's webhook. It embeds the token, so it is a secret as well. */
export function onGuardWebhookPath(rhombusToken: string): string {
  return `${prefix}${rhombusToken}`;
}

/** The token in a webhook's path, undefined when the path is not one. */
export function tokenInPath(path: string): string | undefined {
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}
