import { STATUS_CODES } from "node:http";
import type { TunnelFault } from "../http/failures";
import type { CallContext } from "./remedies";

/** Explains why a proxy made no tunnel, with the fix. */
export function explainTunnel(
  fault: TunnelFault,
  { settings, proxy }: CallContext,
): { readonly what: string; readonly remedy: string } {
  const { host, hostname } = new URL(settings.endpoint);
  const variable = proxy?.variable ?? "";
  const named = `the proxy ${proxy?.address} (from ${variable})`;
  const without = `list ${hostname} (from ${settings.sources.endpoint}) in NO_PROXY if it can be reached without the proxy`;
  switch (fault.kind) {
    case "malformed":
      return {
        what: `${variable} is not the address of a proxy`,
        remedy: `Write ${variable} as http://proxy.example:3128, or http://user:password@proxy.example:3128 with special characters percent-encoded; ${without}.`,
      };
    case "unsupported":
      return {
        what: `${named} is neither an http nor an https proxy; SOCKS and others are not supported`,
        remedy: `Set HTTPS_PROXY to an http:// or https:// proxy; ${without}.`,
      };
    case "noAnswer":
      return {
        what: `${named} made no connection to ${host} within ${settings.timeoutSeconds} s`,
        remedy: `Check that the proxy runs and reaches the host; ${without}. rhombus:timeoutSeconds sets how long to wait.`,
      };
    case "status":
      return {
        what: `${named} answered ${[fault.status, STATUS_CODES[fault.status]].join(" ").trim()}`,
        remedy: remedyForStatus(fault.status, variable, hostname, without),
      };
    case "broken":
      return {
        what: brokenTunnel(fault.code, named),
        remedy: /CERT|TLS|SIGNED|UNABLE_TO|HOSTNAME/.test(fault.code)
          ? "Check the certificate of the proxy: Node does not trust it. For a certificate of your own company, set NODE_EXTRA_CA_CERTS."
          : `Check the address in ${variable} and that the proxy runs; ${without}.`,
      };
  }
}

function brokenTunnel(code: string, named: string): string {
  if (/^(ECONNRESET|EPIPE)$/.test(code)) return `${named} closed the connection (${code})`;
  return code.startsWith("HPE_") ? `${named} does not speak HTTP (${code})` : `no connection to ${named} (${code})`;
}

function remedyForStatus(status: number, variable: string, hostname: string, without: string): string {
  if (status === 407) {
    return `Write http://user:password@ before the host in ${variable}, with special characters percent-encoded: the proxy refused the credentials, or none are given. Only Basic credentials are supported.`;
  }
  if (status >= 500 || status === 408 || status === 429) {
    return `Try again later; ${without}. The proxy failed, or its connection to ${hostname}.`;
  }
  if (status >= 400) return `Have the administrator of the proxy allow ${hostname}; ${without}.`;
  return `Check that ${variable} names a proxy, and that no sign-in page answers in its place: a proxy opens a connection with status 200.`;
}
