import { isUtf8 } from "node:buffer";
import http from "node:http";
import https from "node:https";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { AxiosError, AxiosInstance, AxiosResponse, InternalAxiosRequestConfig } from "axios";
import type { Settings } from "../settings/settings";
import { FailedTry, NoTunnel, noTunnel, unreachable } from "./failures";
import type { Route } from "./proxy";

// Below what servers and load balancers keep an idle connection for, so that a write does not meet one that is just being closed.
const IDLE_CONNECTION_MS = 4_000;

// What axios sets for each call: an agent with another value would set it anew after each, which are two system calls too many.
const PROBE_MS = 60_000;

/** The HTTP library takes 70 ms to load, which a program that changes nothing need not pay. */
function loadAxios(): typeof import("axios") {
  return require("axios");
}

function loadAxiosRetry(): typeof import("axios-retry").default {
  return require("axios-retry").default;
}

function loadTunnel(): typeof import("./tunnel") {
  return require("./tunnel");
}

/** The sockets of a client. */
export interface Agents {
  /** For http, which is spoken on this machine only. */
  readonly httpAgent: http.Agent;
  /** For https, through the proxy if there is one. */
  readonly httpsAgent: https.Agent;
  /** Whether https goes through a proxy. */
  readonly isProxied: boolean;
}

/** A request. It is given to each try and to nothing else, because all of it holds secrets, or sockets that do. */
export interface Sent {
  /** The body. */
  readonly data: string;
  /** The headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** The sockets. */
  readonly agents: Agents;
}

/**
 * Makes the agents of a client. Nothing is contacted.
 * @param settings The settings.
 * @param route The way to the endpoint.
 */
export function agentsFor({ clientCertificate, timeoutSeconds }: Settings, { url }: Route): Agents {
  const identity =
    clientCertificate === undefined ? {} : { cert: clientCertificate.certificate, key: clientCertificate.key };
  const connections = { keepAlive: true, keepAliveMsecs: PROBE_MS, timeout: IDLE_CONNECTION_MS };
  // Said outright, because NODE_TLS_REJECT_UNAUTHORIZED=0 would turn it off.
  const secure = { ...connections, ...identity, rejectUnauthorized: true };
  const httpAgent = new http.Agent(connections);
  if (url === undefined) return { httpAgent, httpsAgent: new https.Agent(secure), isProxied: false };
  const { TunnelAgent } = loadTunnel();
  const httpsAgent = new TunnelAgent({ ...secure, proxy: url, connectMs: timeoutSeconds * 1_000 });
  return { httpAgent, httpsAgent, isProxied: true };
}

/**
 * Sets the HTTP library up.
 * @param maxRetries How often a call may be tried again.
 */
export function connect(maxRetries: number): AxiosInstance {
  const instance = loadAxios().create({
    method: "post",
    // As bytes, because the library would put other characters for what is no UTF-8.
    responseType: "arraybuffer",
    transformRequest: [(body) => body],
    transformResponse: [(body) => body],
    maxRedirects: 0,
    // Rhombus documents no other success; another 2xx says that somebody else answers, or only that the call has been put off.
    validateStatus: (status) => status === 200,
    // The agents know the way.
    proxy: false,
  });
  loadAxiosRetry()(instance, { retries: maxRetries });
  return instance;
}

/**
 * Makes one try and ends it when it takes too long, from the first connection to the last byte of the answer.
 * @param config The library's configuration of the call.
 * @param sent The request.
 * @param timeoutMs How long it may take, in milliseconds.
 */
export async function makeTry(
  config: InternalAxiosRequestConfig,
  { data, headers, agents }: Sent,
  timeoutMs: number,
): Promise<AxiosResponse> {
  const axios = loadAxios();
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), timeoutMs);
  const { httpAgent, httpsAgent, isProxied } = agents;
  const sent = { data, headers: axios.AxiosHeaders.from(headers), httpAgent, httpsAgent };
  try {
    const response = await axios.getAdapter("http")({ ...config, ...sent, signal: deadline.signal });
    if (!isUtf8(response.data)) throw new FailedTry({ kind: "notUtf8" }, config);
    return withoutRequest(response, config);
  } catch (error) {
    const isLate = deadline.signal.aborted;
    if (!axios.isAxiosError(error)) throw error;
    const unsent = unsentFailure(error, { isLate, isProxied });
    if (unsent !== undefined) throw new FailedTry(unsent, config);
    if (isLate) throw new axios.AxiosError("no full answer in time", axios.AxiosError.ETIMEDOUT, config);
    throw bare(error, config);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Why a request over TLS was not sent; `undefined` where it may have been. It is sent when the handshake with the endpoint has ended, the check of its
 * certificate included: the status 200 of a proxy is only the proxy's word.
 */
function unsentFailure(error: AxiosError, { isLate, isProxied }: { isLate: boolean; isProxied: boolean }) {
  if (error.cause instanceof NoTunnel) return noTunnel(error.cause.fault);
  const request: unknown = error.request;
  if (!(request instanceof http.ClientRequest) || request.protocol !== "https:") return undefined;
  const socket: Socket | null = request.socket;
  if (socket instanceof TLSSocket && socket.authorized) return undefined;
  if (socket !== null) return unreachable(isLate ? "ETIMEDOUT" : (error.code ?? ""));
  return isLate && isProxied ? noTunnel({ kind: "silent" }) : undefined;
}

/** An error without the request, which holds the key and the body: whatever prints one at length must not show them. */
function bare(error: AxiosError, config: InternalAxiosRequestConfig): AxiosError {
  error.config = config;
  delete error.request;
  if (error.response !== undefined) error.response = withoutRequest(error.response, config);
  return error;
}

/** A response without the request, and with its bytes as text. */
function withoutRequest(response: AxiosResponse, config: InternalAxiosRequestConfig): AxiosResponse {
  const data = Buffer.isBuffer(response.data) ? new TextDecoder().decode(response.data) : response.data;
  return { ...response, data, config, request: undefined };
}
