import { getProxyForUrl } from "proxy-from-env";
import type { TunnelFault } from "./failures";

/** A proxy as messages name it. */
export interface NamedProxy {
  /** The environment variable that names it. */
  readonly variable: string;
  /** Its address without credentials, `http://proxy.example:3128`; absent where the variable holds none. */
  readonly address?: string;
}

/** The way to an endpoint, as the environment describes it. */
export interface Route {
  /** The proxy that calls go through; absent where they go directly. */
  readonly proxy?: NamedProxy;
  /** The proxy's address as Node takes it, with credentials; absent without a proxy, or where it cannot be used. */
  readonly url?: URL;
  /** Why the proxy cannot be used; absent where it can. */
  readonly fault?: TunnelFault;
  /** The proxy's credentials, as the variable holds them and decoded. */
  readonly secrets: readonly string[];
}

/**
 * The way to an https address. `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` count, each in small letters first.
 * @param target The address.
 */
export function routeTo(target: string): Route {
  if (getProxyForUrl(target) === "") return { secrets: [] };
  const variable = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"].find((name) => process.env[name]) ?? "";
  const written = process.env[variable]?.trim() ?? "";
  const secrets = credentialsIn(written);
  // Without a scheme it is http, as other tools read it.
  const url = urlOf(/^[a-z][a-z\d+.-]*:\/\//i.test(written) ? written : `http://${written}`);
  if (url === undefined) return { proxy: { variable }, fault: { kind: "malformed" }, secrets };
  const proxy = { variable, address: `${url.protocol}//${url.host}` };
  if (!/^https?:$/.test(url.protocol)) return { proxy, fault: { kind: "unsupported" }, secrets };
  // Node connects to an IPv6 address without its brackets only.
  Object.defineProperty(url, "hostname", { value: url.hostname.replace(/^\[|\]$/g, "") });
  return { proxy, url, secrets };
}

function urlOf(written: string): URL | undefined {
  try {
    const url = new URL(written);
    // They are decoded where they are sent.
    decodeURIComponent(url.username);
    decodeURIComponent(url.password);
    // Credentials with a character that has to be percent-encoded are read as something else.
    const isWhole = /^\/?$/.test(url.pathname) && url.search === "" && url.hash === "";
    return url.hostname === "" || !isWhole ? undefined : url;
  } catch {
    return undefined;
  }
}

/** Cut out, not parsed: it may be the credentials that make the address malformed. A user without a password is one, as tokens are given so. */
function credentialsIn(written: string): string[] {
  const credentials = /^(?:[a-z][a-z\d+.-]*:\/\/)?(.*)@/is.exec(written)?.[1];
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
