import type { AgentOptions, RequestOptions } from "node:https";
import type { Duplex } from "node:stream";
import { HttpsProxyAgent } from "hpagent";
import { NoTunnel, type TunnelFault } from "./failures";

/** Options of tunnels. */
export interface TunnelOptions extends AgentOptions {
  /** The address of the proxy, with its credentials. */
  readonly proxy: URL;
  /** The time limit of the proxy to make a tunnel, in milliseconds. */
  readonly connectMs: number;
}

/** Connects through a proxy: CONNECT makes a tunnel to the endpoint, and TLS with the endpoint runs inside it. Tunnels are reused. */
export class TunnelAgent extends HttpsProxyAgent {
  private readonly connectMs: number;

  /** Takes the options. Nothing is contacted before the first call. */
  constructor({ connectMs, proxy, ...options }: TunnelOptions) {
    // Explicit: with NODE_TLS_REJECT_UNAUTHORIZED=0 any server would get the credentials of the proxy.
    super({ ...options, proxy, proxyRequestOptions: { rejectUnauthorized: true } });
    this.connectMs = connectMs;
  }

  /** Makes a tunnel. The callback receives it or a {@link NoTunnel}. */
  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, tunnel: Duplex) => void,
  ): undefined {
    // In place of the limit for idle connections, which is far shorter.
    super.createConnection({ ...options, timeout: this.connectMs }, (error, tunnel) => {
      // If the call has ended, nothing else listens for errors before the next call.
      tunnel?.on("error", () => {});
      callback?.(error === null ? null : new NoTunnel(faultOf(error)), tunnel);
    });
    return undefined;
  }
}

/** The fault behind an error of hpagent, which reports a status or a timeout only in its message. */
function faultOf(error: Error): TunnelFault {
  const status = /^Bad response: (\d+)$/.exec(error.message)?.[1];
  if (status !== undefined) return { kind: "status", status: Number(status) };
  if (error.message === "Proxy timeout") return { kind: "noAnswer" };
  return { kind: "broken", code: "code" in error && typeof error.code === "string" ? error.code : error.name };
}
