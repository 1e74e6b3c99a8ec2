import { isUtf8 } from "node:buffer";
import http from "node:http";
import https from "node:https";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { AxiosError, AxiosInstance } from "axios";
import { epochMs } from "../../clock";
import { isLoopback, type Settings } from "../settings/settings";
import { type Failure, failureOf, NoTunnel, noTunnel, type Reply, unreachable } from "./failures";
import { type Route, routeTo } from "./proxy";

// Servers and load balancers keep an idle connection for longer, so a write does not meet one that is just being closed.
const IDLE_CONNECTION_MS = 4_000;

// The value that axios sets for each call: another one costs two more system calls per call.
const PROBE_MS = 60_000;

/** axios takes 70 ms to load, so it is loaded with the first call. */
function loadAxios(): typeof import("axios") {
  return require("axios");
}

function loadTunnel(): typeof import("./tunnel") {
  return require("./tunnel");
}

/** A request. */
export interface HttpRequest {
  /** The path below the endpoint. */
  readonly path: string;
  /** The body. */
  readonly body: string;
  /** True if a partner's call names the organization of the settings. */
  readonly isInOrganization: boolean;
  /** The maximum size of the answer, in bytes. */
  readonly maxAnswerBytes: number;
}

/** Sends requests to the endpoint, through the proxy of the environment if there is one. */
export class Transport {
  /** The route to the endpoint. */
  readonly route: Route;
  private axios: AxiosInstance | undefined;
  private skewMs: number | undefined;

  /** Takes the settings. Nothing is contacted or loaded before the first request. */
  constructor(private readonly settings: Settings) {
    this.route = isLoopback(settings.endpoint) ? { secrets: [] } : routeTo(settings.endpoint);
  }

  /** The milliseconds by which this machine's clock is ahead of the server's, accurate to a second; `undefined` before an answer with a date. */
  get clockAheadMs(): number | undefined {
    return this.skewMs;
  }

  /**
   * Sends a request once. The time limit covers everything from the connection to the last byte of the answer.
   * @param request The request.
   */
  async send({ path, body, isInOrganization, maxAnswerBytes }: HttpRequest): Promise<Reply> {
    if (this.route.fault !== undefined) return noTunnel(this.route.fault);
    this.axios ??= this.createAxios();
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), this.settings.timeoutSeconds * 1_000);
    try {
      const { data, headers } = await this.axios.request<Buffer>({
        url: path,
        data: body,
        headers: this.headers(isInOrganization),
        maxContentLength: maxAnswerBytes,
        signal: deadline.signal,
      });
      this.noteTime(headers.date);
      return isUtf8(data) ? { kind: "answer", body: textOf(data) } : { kind: "notUtf8" };
    } catch (error) {
      return this.failureIn(error, deadline.signal.aborted);
    } finally {
      clearTimeout(timer);
    }
  }

  private createAxios(): AxiosInstance {
    return loadAxios().create({
      ...this.agents(),
      // The agents use the proxy.
      proxy: false,
      baseURL: this.settings.endpoint,
      method: "post",
      // Bytes: as text, axios replaces invalid UTF-8.
      responseType: "arraybuffer",
      transformRequest: [(body) => body],
      transformResponse: [(body) => body],
      maxRedirects: 0,
      // Rhombus documents no other success. Another 2xx comes from another server, or means that the call was only queued.
      validateStatus: (status) => status === 200,
    });
  }

  private agents(): { httpAgent: http.Agent; httpsAgent: https.Agent } {
    const { clientCertificate, timeoutSeconds } = this.settings;
    const identity =
      clientCertificate === undefined ? {} : { cert: clientCertificate.certificate, key: clientCertificate.key };
    const connections = { keepAlive: true, keepAliveMsecs: PROBE_MS, timeout: IDLE_CONNECTION_MS };
    // Explicit, because NODE_TLS_REJECT_UNAUTHORIZED=0 changes the default.
    const secure = { ...connections, ...identity, rejectUnauthorized: true };
    const httpAgent = new http.Agent(connections);
    const { url: proxy } = this.route;
    if (proxy === undefined) return { httpAgent, httpsAgent: new https.Agent(secure) };
    const { TunnelAgent } = loadTunnel();
    return { httpAgent, httpsAgent: new TunnelAgent({ ...secure, proxy, connectMs: timeoutSeconds * 1_000 }) };
  }

  private headers(isInOrganization: boolean): Record<string, string> {
    const { apiKey, partner, orgUuid, clientCertificate } = this.settings;
    const scheme = clientCertificate === undefined ? "api-token" : "api";
    return {
      "x-auth-scheme": partner ? `partner-${scheme}` : scheme,
      "x-auth-apikey": apiKey,
      "Content-Type": "application/json",
      Accept: "application/json",
      "User-Agent": "pulumi-rhombus",
      ...(partner && orgUuid !== undefined && isInOrganization ? { "x-auth-org": orgUuid } : {}),
    };
  }

  private failureIn(error: unknown, isLate: boolean): Failure {
    if (!loadAxios().isAxiosError(error)) return failureOf(error);
    const unsent = unsentFailure(error, { isLate, isProxied: this.route.url !== undefined });
    if (unsent !== undefined) return unsent;
    if (isLate) return { kind: "timeout" };
    if (error.response !== undefined) {
      this.noteTime(error.response.headers.date);
      error.response.data = textOf(error.response.data);
    }
    return failureOf(error);
  }

  private noteTime(date: unknown): void {
    const serverMs = typeof date === "string" ? Date.parse(date) : Number.NaN;
    // The header is in whole seconds, rounded down.
    if (!Number.isNaN(serverMs)) this.skewMs = epochMs() - (serverMs + 500);
  }
}

/**
 * The failure of a TLS request that was not sent; `undefined` if it may have been sent. It is sent only after the handshake with the
 * endpoint, certificate check included: the status 200 of a proxy proves nothing.
 */
function unsentFailure(
  error: AxiosError,
  { isLate, isProxied }: { isLate: boolean; isProxied: boolean },
): Failure | undefined {
  if (error.cause instanceof NoTunnel) return noTunnel(error.cause.fault);
  const request: unknown = error.request;
  if (!(request instanceof http.ClientRequest) || request.protocol !== "https:") return undefined;
  const socket: Socket | null = request.socket;
  if (socket instanceof TLSSocket && socket.authorized) return undefined;
  if (socket !== null) return unreachable(isLate ? "ETIMEDOUT" : (error.code ?? ""));
  return isLate && isProxied ? noTunnel({ kind: "noAnswer" }) : undefined;
}

function textOf(data: unknown): string {
  return Buffer.isBuffer(data) ? new TextDecoder().decode(data) : "";
}
