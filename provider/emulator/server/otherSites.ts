import type { IncomingMessage } from "node:http";
import { Refusal } from "./operation";

/** A `Host` that only a client on this machine sends. The port may differ where it is forwarded. */
const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

/**
 * Refuses requests that a page of another site may have sent through a browser on this machine. Throws a
 * {@link Refusal}, 403, if the host is another name, which may resolve to 127.0.0.1 (DNS rebinding), or if the browser
 * names another origin. Clients that are no browsers name none. `ownScheme` is the scheme of the emulator.
 */
export function refuseOtherSites({ method, headers }: IncomingMessage, ownScheme: "http" | "https"): void {
  const { host = "", origin } = headers;
  if (!loopbackHost.test(host)) {
    throw new Refusal(403, "Forbidden", "Use 127.0.0.1 or localhost: the emulator answers to no other host name.");
  }
  const isOwnOrigin = origin === undefined || origin === `${ownScheme}://${host}`;
  if (!isOwnOrigin || !(isOwnSite(headers) || isLink(method, headers))) {
    throw new Refusal(403, "Forbidden", "Open the emulator's own page: it answers to no page of another site.");
  }
}

function isOwnSite(headers: IncomingMessage["headers"]): boolean {
  const site = headers["sec-fetch-site"];
  return site === undefined || site === "same-origin" || site === "none";
}

/** True for the click on a link of another site, which shows the emulator's page and no part of it to that site. */
function isLink(method: string | undefined, headers: IncomingMessage["headers"]): boolean {
  return method === "GET" && headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
}
