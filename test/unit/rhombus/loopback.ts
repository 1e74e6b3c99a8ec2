import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { RhombusClient } from "../../../provider/rhombus/api/client";
import { RhombusError } from "../../../provider/rhombus/errors/rhombusError";
import type { Redactor } from "../../../provider/rhombus/redaction/redactor";
import { resolveSettings } from "../../../provider/rhombus/settings/settings";

/** The key of the clients below. */
export const apiKey = "loopbackKeyLoopback22A";

/** A request that the server received. */
export interface Received {
  path: string;
  method: string;
  headers: http.IncomingHttpHeaders;
  body: string;
  port: number | undefined;
  at: number;
}

/**
 * A reply of the server: a status (default: 200) and a body (JSON, text or bytes; default: an organization), no reply, or the end of the
 * connection.
 */
export type Reply =
  | { status?: number; headers?: http.OutgoingHttpHeaders; body?: unknown }
  | "hang"
  | "reset"
  | "cut off";

/** A server that a test owns, and a client that talks to it. */
export interface Scene {
  client: RhombusClient;
  received: Received[];
  warned: string[];
  logged: string[];
  url: string;
}

/**
 * Runs a test against a server on loopback.
 * @param replies The replies, in order. The last one is repeated.
 * @param test The test.
 * @param config The client's configuration, without `rhombus:`.
 */
export async function withReplies(
  replies: Reply | readonly Reply[],
  test: (scene: Scene) => Promise<void>,
  config: Record<string, string> = {},
): Promise<void> {
  const queue = [replies].flat();
  const received: Received[] = [];
  const server = http.createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      const { url = "", method = "", headers } = request;
      received.push({ path: url, method, headers, body, port: request.socket.remotePort, at: Date.now() });
      give(queue[Math.min(received.length, queue.length) - 1] ?? {}, response);
    });
  });
  await listening(server, (url) => test({ ...clientFor(url, config), received, url }));
}

/** Runs a test while a server listens on loopback, then closes the server. */
export async function listening(
  server: http.Server | https.Server,
  test: (url: string) => Promise<void>,
): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await test(`${server instanceof https.Server ? "https" : "http"}://127.0.0.1:${portOf(server.address())}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** A client for an address, with its warnings and logs. `config` is its configuration, without `rhombus:`. */
export function clientFor(url: string, config: Record<string, string> = {}, redactor?: Redactor) {
  const values: Record<string, string> = { apiKey, endpoint: url, ...config };
  const settings = resolveSettings({ config: (key) => values[key.replace("rhombus:", "")], env: {} });
  const [warned, logged]: [string[], string[]] = [[], []];
  const output = { warn: (text: string) => warned.push(text), log: (text: string) => logged.push(text) };
  return { client: new RhombusClient(settings, output, redactor), warned, logged };
}

/** The error of a failed call. */
export async function failureOf(call: Promise<unknown>): Promise<RhombusError> {
  const error: unknown = await call.then(
    () => assertNever("the call succeeded"),
    (reason: unknown) => reason,
  );
  if (error instanceof RhombusError) return error;
  throw error;
}

/** Advances a fake clock until a promise settles. Sockets get their turns in between. */
export async function elapse<T>(clock: { tickAsync(ms: number): Promise<number> }, promise: Promise<T>): Promise<T> {
  let settled = false;
  const done = () => {
    settled = true;
  };
  promise.then(done, done);
  while (!settled) {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    await clock.tickAsync(100);
  }
  return promise;
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === "string") throw new Error("the server does not listen on a port");
  return address.port;
}

function assertNever(reason: string): never {
  throw new Error(reason);
}

function give(reply: Reply, response: http.ServerResponse): void {
  if (reply === "hang") return;
  if (reply === "reset") {
    response.destroy();
  } else if (reply === "cut off") {
    response.writeHead(200, { "content-length": 1_000 }).write('{"group":');
    setImmediate(() => response.destroy());
  } else {
    const { status = 200, headers = {}, body = { org: { uuid: "Y1vE5bXrQvqmgMIFBqNtEA" } } } = reply;
    const written = typeof body === "string" || body instanceof Uint8Array;
    response.writeHead(status, headers).end(written ? body : JSON.stringify(body));
  }
}
