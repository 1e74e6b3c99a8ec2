import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Duplex } from "node:stream";
import { selfSigned } from "../../../certificates";
import type { CallRequest, CallResult } from "../clientProcess";
import { listening } from "../loopback";

/** The endpoint of calls through a proxy. Only the proxies of tests resolve its name. */
export const endpoint = "https://rhombus.example";

/** A CONNECT request that a proxy received. */
export interface Asked {
  /** The target of the tunnel. */
  readonly target: string;
  /** The headers. */
  readonly headers: http.IncomingHttpHeaders;
}

/** The behaviour of a proxy after a CONNECT. */
export type Conduct = (client: Duplex) => void;

/** Answers CONNECT with a text and ends the connection. */
export function answers(text: string): Conduct {
  return (client) => client.end(text);
}

/** Answers CONNECT with a status and a body. */
export function refuses(status: number, body = "", headers = ""): Conduct {
  return answers(`HTTP/1.1 ${status} X\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

/** Makes tunnels to a port of this machine. */
export class Tunnels {
  /** Both ends of each tunnel. */
  readonly pairs: { readonly client: Duplex; readonly server: net.Socket }[] = [];

  /** Connects to a port. */
  to(port: number): Conduct {
    return (client) => {
      const server = net.connect(port, "127.0.0.1");
      this.pairs.push({ client, server });
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      client.pipe(server).pipe(client);
      for (const each of [client, server])
        each.on("error", () => {}).on("close", () => [client, server].map((one) => one.destroy()));
    };
  }

  /** Resets the client side of all tunnels. */
  reset(): void {
    for (const { client } of this.pairs) if (client instanceof net.Socket) client.resetAndDestroy();
  }
}

/**
 * Runs a test while a proxy listens on loopback.
 * @param conducts Its behaviour for each CONNECT. The last one is repeated.
 * @param test The test. It receives the proxy's address and the CONNECT requests.
 * @param secure Use https to the proxy.
 */
export async function withProxy(
  conducts: Conduct | readonly Conduct[],
  test: (address: string, asked: Asked[]) => Promise<void>,
  secure = false,
): Promise<void> {
  const queue = [conducts].flat();
  const asked: Asked[] = [];
  const open = new Set<Duplex>();
  const proxy = secure
    ? https.createServer({ key: selfSigned.key, cert: selfSigned.certificate })
    : http.createServer();
  proxy.on("connect", ({ url: target = "", headers }, client: Duplex) => {
    asked.push({ target, headers });
    open.add(client.on("error", () => {}));
    queue[Math.min(asked.length, queue.length) - 1]?.(client);
  });
  await listening(proxy, async (address) => {
    try {
      await test(address, asked);
    } finally {
      // The server does not close its tunnels.
      for (const client of open) client.destroy();
    }
  });
}

/** The API behind a proxy: it speaks TLS with the certificate of `rhombus.example`. */
export async function withApi(
  handler: http.RequestListener,
  test: (port: number, server: https.Server) => Promise<void>,
  options: https.ServerOptions = {},
): Promise<void> {
  const server = https.createServer({ key: selfSigned.key, cert: selfSigned.certificate, ...options }, handler);
  await listening(server, (url) => test(Number(new URL(url).port), server));
}

/** A process whose client trusts the certificate of `rhombus.example`. Only the environment of a process can do that. */
export class ClientProcess {
  readonly #folder = mkdtempSync(path.join(tmpdir(), "rhombus-proxy-"));
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  #output = "";

  /** Starts it. */
  constructor() {
    const trusted = path.join(this.#folder, "ca.pem");
    writeFileSync(trusted, selfSigned.certificate);
    this.#child = fork(path.join(__dirname, "../clientProcess.ts"), {
      execArgv: ["--import", "tsx"],
      env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: trusted },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#exit = once(this.#child, "exit");
    this.#child.stderr?.on("data", (bytes) => {
      this.#output += bytes;
    });
  }

  /** Its end, if it has ended, and its stderr. */
  get state(): { readonly hasEnded: boolean; readonly output: string } {
    return {
      hasEnded: this.#child.exitCode !== null || this.#child.signalCode !== null,
      output: this.#output,
    };
  }

  /** Makes calls in sequence. Calls with the same `client` share a client. */
  async call(request: CallRequest): Promise<CallResult[]> {
    const ended = this.#exit.then(() => {
      throw new Error(`the process has ended: ${this.#output}`);
    });
    this.#child.send(request);
    const [results]: CallResult[][] = await Promise.race([once(this.#child, "message"), ended]);
    return results ?? [];
  }

  /** Ends it. */
  async end(): Promise<void> {
    this.#child.kill();
    await this.#exit;
    rmSync(this.#folder, { recursive: true });
  }
}
