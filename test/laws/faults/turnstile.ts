import { createServer, type IncomingMessage, type Server, type ServerResponse, request as send } from "node:http";

/** Stands between one program and an emulator: lets the program's calls by one by one, and holds one of them up. */
export class Turnstile {
  readonly #server: Server;
  readonly #target: URL;
  #toHold: number;
  #meanwhile: () => Promise<void>;

  private constructor(target: string, hold: { readonly position: number; meanwhile(): Promise<void> }) {
    this.#target = new URL(target);
    this.#toHold = hold.position;
    this.#meanwhile = hold.meanwhile;
    this.#server = createServer((request, response) => {
      this.#pass(request, response).catch(() => response.destroy());
    });
  }

  /**
   * Opens one.
   * @param target Where the emulator listens.
   * @param hold Which call is held up, counted from 0, and what happens before it goes on.
   */
  static async open(
    target: string,
    hold: { readonly position: number; meanwhile(): Promise<void> },
  ): Promise<Turnstile> {
    const turnstile = new Turnstile(target, hold);
    await new Promise<void>((resolve) => turnstile.#server.listen(0, "127.0.0.1", resolve));
    return turnstile;
  }

  /** Where the program finds it. */
  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new TypeError("The turnstile is not open.");
    return `http://127.0.0.1:${address.port}`;
  }

  /** Whether the call has come that was to be held up. */
  get hasHeld(): boolean {
    return this.#toHold < 0;
  }

  /** Closes it. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    if (this.#toHold-- === 0) await this.#meanwhile();
    const { hostname: host, port } = this.#target;
    const { method, headers, url: path } = request;
    const forwarded = send({ host, port, method, path, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on("error", () => response.destroy()).pipe(response);
    });
    forwarded.on("error", () => response.destroy()).end(Buffer.concat(chunks));
  }
}
