import { createServer, type IncomingMessage, type ServerResponse, request as send } from "node:http";

/**
 * Starts a proxy between a program and an emulator, which holds one call until something else is done.
 * @param target The URL of the emulator.
 * @param position The number of calls before the one that is held.
 * @param meanwhile Runs while the call is held.
 */
export async function startHoldingProxy(target: string, position: number, meanwhile: () => Promise<void>) {
  const { hostname: host, port } = new URL(target);
  let callsToHold = position;

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    if (callsToHold-- === 0) await meanwhile();
    const { method, headers, url: path } = request;
    const forwarded = send({ host, port, method, path, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on("error", () => response.destroy()).pipe(response);
    });
    forwarded.on("error", () => response.destroy()).end(Buffer.concat(chunks));
  }

  const server = createServer((request, response) => {
    forward(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("The proxy does not listen.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    hasHeld: () => callsToHold < 0,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
