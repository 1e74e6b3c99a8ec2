import type { AgentOptions, RequestOptions } from "node:https";
import type { Duplex } from "node:stream";
import { HttpsProxyAgent } from "hpagent";
import { NoTunnel, type TunnelFault } from "./failures";

/** How tunnels are made. */
export interface TunnelOptions extends AgentOptions {
  /** The proxy; credentials in it are sent to it. */
  readonly proxy: URL;
  /** How long the proxy may say nothing before it has made a tunnel, in milliseconds. */
  readonly connectMs: number;
}

/** Leads calls through a proxy: the proxy makes a tunnel to the endpoint, and TLS with the endpoint is spoken within it. Tunnels are used again. */
export class TunnelAgent extends HttpsProxyAgent {
  private readonly connectMs: number;

  /** Takes the options. Nothing is contacted before the first call. */
  constructor({ connectMs, proxy, ...options }: TunnelOptions) {
    // Said outright, because NODE_TLS_REJECT_UNAUTHORIZED=0 would let anybody have the proxy's credentials.
    super({ ...options, proxy, proxyRequestOptions: { rejectUnauthorized: true } });
    this.connectMs = connectMs;
  }

  /** Makes a tunnel; the callback gets it, or a {@link NoTunnel}. */
  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, tunnel: Duplex) => void,
  ): undefined {
    // The limit stands in place of the time for which an idle connection is kept, which is far shorter.
    super.createConnection({ ...options, timeout: this.connectMs }, (error, tunnel) => {
      // The call that wanted the tunnel may have ended, and nobody listens before the next one.
      tunnel?.on("error", () => {});
      callback?.(error === null ? null : new NoTunnel(faultOf(error)), tunnel);
    });
    return undefined;
  }
}

/** Reads an error of hpagent, which has a status and a timeout in its message only. */
function faultOf(error: Error): TunnelFault {
  const status = /^Bad response: (\d+)$/.exec(error.message)?.[1];
  if (status !== undefined) return { kind: "status", status: Number(status) };
  if (error.message === "Proxy timeout") return { kind: "silent" };
  return { kind: "broken", code: "code" in error && typeof error.code === "string" ? error.code : error.name };
}
