import http from "node:http";
import https from "node:https";
import type { Settings } from "../settings/settings";
import type { Route } from "./proxy";

// Servers and load balancers keep an idle connection for longer, so a write does not meet one that is just being closed.
const IDLE_CONNECTION_MS = 4_000;

// The value that axios sets for each call: another one costs two more system calls per call.
const PROBE_MS = 60_000;

function loadTunnel(): typeof import("./tunnel") {
  return require("./tunnel");
}

/** The connection pools of a client. */
export interface Agents {
  /** For http, which is accepted on this machine only. */
  readonly httpAgent: http.Agent;
  /** For https, through the proxy if there is one. */
  readonly httpsAgent: https.Agent;
}

/**
 * Creates the connection pools. Nothing is contacted.
 * @param settings The settings.
 * @param route The route to the endpoint.
 */
export function agentsFor({ clientCertificate, timeoutSeconds }: Settings, { url }: Route): Agents {
  const identity =
    clientCertificate === undefined ? {} : { cert: clientCertificate.certificate, key: clientCertificate.key };
  const connections = { keepAlive: true, keepAliveMsecs: PROBE_MS, timeout: IDLE_CONNECTION_MS };
  // Explicit, because NODE_TLS_REJECT_UNAUTHORIZED=0 changes the default.
  const secure = { ...connections, ...identity, rejectUnauthorized: true };
  const httpAgent = new http.Agent(connections);
  if (url === undefined) return { httpAgent, httpsAgent: new https.Agent(secure) };
  const { TunnelAgent } = loadTunnel();
  return { httpAgent, httpsAgent: new TunnelAgent({ ...secure, proxy: url, connectMs: timeoutSeconds * 1_000 }) };
}
