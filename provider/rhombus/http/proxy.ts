import { getProxyForUrl } from "proxy-from-env";
import { credentialsIn } from "../redaction/environmentSecrets";
import type { TunnelFault } from "./failures";

/** A proxy, for messages. */
export interface NamedProxy {
  /** The environment variable that names it. */
  readonly variable: string;
  /** Its address without credentials, such as `http://proxy.example:3128`; absent if the variable contains no address. */
  readonly address?: string;
}

/** The route to an endpoint, from the environment. */
export interface Route {
  /** The proxy; absent for a direct route. */
  readonly proxy?: NamedProxy;
  /** The address of the proxy with its credentials; absent without a proxy or if it cannot be used. */
  readonly url?: URL;
  /** The reason why the proxy cannot be used; absent if it can. */
  readonly fault?: TunnelFault;
  /** The credentials of the proxy, encoded and decoded. */
  readonly secrets: readonly string[];
}

/**
 * The route to an https address, from `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`. The names in lower case take precedence.
 * @param target The address.
 */
export function routeTo(target: string): Route {
  if (getProxyForUrl(target) === "") return { secrets: [] };
  const variable = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"].find((name) => process.env[name]) ?? "";
  const written = process.env[variable]?.trim() ?? "";
  const secrets = credentialsIn(written);
  // Other tools also assume http if there is no scheme.
  const url = urlOf(/^[a-z][a-z\d+.-]*:\/\//i.test(written) ? written : `http://${written}`);
  if (url === undefined) return { proxy: { variable }, fault: { kind: "malformed" }, secrets };
  const proxy = { variable, address: `${url.protocol}//${url.host}` };
  if (!/^https?:$/.test(url.protocol)) return { proxy, fault: { kind: "unsupported" }, secrets };
  // Node connects to an IPv6 address only without its brackets.
  Object.defineProperty(url, "hostname", { value: url.hostname.replace(/^\[|\]$/g, "") });
  return { proxy, url, secrets };
}

function urlOf(written: string): URL | undefined {
  try {
    const url = new URL(written);
    // The agent decodes them and would throw there.
    decodeURIComponent(url.username);
    decodeURIComponent(url.password);
    // An unencoded character in the credentials makes the rest a path, a query or a fragment.
    const isWhole = /^\/?$/.test(url.pathname) && url.search === "" && url.hash === "";
    return url.hostname === "" || !isWhole ? undefined : url;
  } catch {
    return undefined;
  }
}
