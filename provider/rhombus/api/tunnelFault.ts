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
  const without = `if ${hostname} (from ${settings.sources.endpoint}) can be reached without it, list it in NO_PROXY`;
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
        remedy: `Check that the proxy runs and reaches ${hostname}; ${without}. rhombus:timeoutSeconds sets how long to wait.`,
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
          ? "The certificate of the proxy must be one that Node trusts; for a certificate of your own company set NODE_EXTRA_CA_CERTS."
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
    return `The proxy refused the credentials in ${variable}, or none are given: write http://user:password@ before its host, with special characters percent-encoded. Only Basic credentials are supported.`;
  }
  if (status >= 500 || status === 408 || status === 429) {
    return `The proxy failed, or its connection to ${hostname}: try again later; ${without}.`;
  }
  if (status >= 400) return `The proxy does not allow ${hostname}: have its administrator allow it; ${without}.`;
  return `A proxy opens a connection with status 200: check that ${variable} names a proxy, and that no sign-in page answers in its place.`;
}
