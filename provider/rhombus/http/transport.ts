import { isUtf8 } from "node:buffer";
import http from "node:http";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { AxiosError, AxiosInstance, AxiosResponse, InternalAxiosRequestConfig } from "axios";
import { isLoopback, type Settings } from "../settings/settings";
import { type Agents, agentsFor } from "./agents";
import type { Attempts } from "./attempts";
import { FailedAttempt, type Failure, failureOf, NoTunnel, noTunnel, unreachable } from "./failures";
import { type Route, routeTo } from "./proxy";

/** axios takes 70 ms to load, so it is loaded with the first call. */
function loadAxios(): typeof import("axios") {
  return require("axios");
}

function loadAxiosRetry(): typeof import("axios-retry").default {
  return require("axios-retry").default;
}

/** A request. Attempts get it beside axios's configuration, which axios shows in its errors. */
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
  private agents: Agents | undefined;
  private axios: AxiosInstance | undefined;
  private skewMs: number | undefined;

  /** Takes the settings. Nothing is contacted or loaded before the first request. */
  constructor(private readonly settings: Settings) {
    this.route = isLoopback(settings.endpoint) ? { secrets: [] } : routeTo(settings.endpoint);
  }

  /** The lead of this machine's clock over the server's, in milliseconds, accurate to a second; `undefined` before an answer with a date. */
  get clockAheadMs(): number | undefined {
    return this.skewMs;
  }

  /**
   * Sends a request, with retries.
   * @param request The request.
   * @param attempts The attempts of its call.
   * @returns The body of the answer with status 200.
   * @throws FailedAttempt with the failure of the last attempt.
   */
  async send(request: HttpRequest, attempts: Attempts): Promise<string> {
    if (this.route.fault !== undefined) throw new FailedAttempt(noTunnel(this.route.fault));
    this.axios ??= createAxiosInstance(this.settings.maxRetries);
    let pauseMs: number | undefined;
    const { data } = await this.axios.request<string>({
      url: `${this.settings.endpoint}${request.path}`,
      maxContentLength: request.maxAnswerBytes,
      adapter: (config) => attempts.run(() => this.attempt(config, request)),
      "axios-retry": {
        retryCondition: (error) => {
          pauseMs = attempts.pauseAfter(failureOf(error));
          return pauseMs !== undefined;
        },
        retryDelay: () => pauseMs ?? 0,
      },
    });
    return data;
  }

  /** One attempt. The time limit covers everything from the connection to the last byte of the answer. */
  private async attempt(config: InternalAxiosRequestConfig, request: HttpRequest): Promise<AxiosResponse<string>> {
    const axios = loadAxios();
    this.agents ??= agentsFor(this.settings, this.route);
    const deadline = new AbortController();
    const { signal } = deadline;
    const timer = setTimeout(() => deadline.abort(), this.settings.timeoutSeconds * 1_000);
    const headers = axios.AxiosHeaders.from(this.headers(request));
    try {
      const sent = { ...config, ...this.agents, headers, data: request.body, signal };
      const answer = await axios.getAdapter("http")(sent);
      this.noteTime(answer.headers.date);
      if (!isUtf8(answer.data)) throw new FailedAttempt({ kind: "notUtf8" }, config);
      // Without the request, which contains secrets.
      const { status, statusText } = answer;
      return { data: textOf(answer.data), status, statusText, headers: answer.headers, config };
    } catch (error) {
      if (!axios.isAxiosError(error)) throw error;
      throw new FailedAttempt(this.failureIn(error, signal.aborted), config);
    } finally {
      clearTimeout(timer);
    }
  }

  private failureIn(error: AxiosError, isLate: boolean): Failure {
    const unsent = unsentFailure(error, { isLate, isProxied: this.route.url !== undefined });
    if (unsent !== undefined) return unsent;
    if (isLate) return { kind: "timeout" };
    if (error.response !== undefined) {
      this.noteTime(error.response.headers.date);
      error.response.data = textOf(error.response.data);
    }
    return failureOf(error);
  }

  private headers({ isInOrganization }: HttpRequest): Record<string, string> {
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

  private noteTime(date: unknown): void {
    const serverMs = typeof date === "string" ? Date.parse(date) : Number.NaN;
    // The header is in whole seconds, rounded down.
    if (!Number.isNaN(serverMs)) this.skewMs = Date.now() - (serverMs + 500);
  }
}

function createAxiosInstance(maxRetries: number): AxiosInstance {
  const instance = loadAxios().create({
    method: "post",
    // Bytes: as text, axios replaces invalid UTF-8.
    responseType: "arraybuffer",
    transformRequest: [(body) => body],
    transformResponse: [(body) => body],
    maxRedirects: 0,
    // Rhombus documents no other success. Another 2xx comes from another server, or means that the call was only queued.
    validateStatus: (status) => status === 200,
    // The agents use the proxy.
    proxy: false,
  });
  loadAxiosRetry()(instance, { retries: maxRetries });
  return instance;
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
