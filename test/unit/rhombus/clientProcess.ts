import type { OperationName } from "../../../provider/rhombus/api/operations";
import { RhombusError } from "../../../provider/rhombus/errors/rhombusError";
import { clientFor } from "./loopback";

/** Calls to make. */
export interface CallRequest {
  /** The name of the client, which is created with the first call. */
  readonly client: string;
  /** The operations, without requests. */
  readonly calls: readonly OperationName[];
  /** The environment variables for proxies and TLS. */
  readonly env?: Readonly<Record<string, string>>;
  /** The client's configuration without `rhombus:`. */
  readonly config?: Readonly<Record<string, string>>;
}

/** The result of a call. */
export interface CallResult {
  readonly answer?: object;
  readonly error?: { readonly kind: string; readonly outcome: string; readonly message: string };
}

const clients = new Map<string, ReturnType<typeof clientFor>["client"]>();

async function done(call: Promise<object>): Promise<CallResult> {
  try {
    return { answer: await call };
  } catch (error) {
    if (!(error instanceof RhombusError)) throw error;
    const { kind, outcome, message } = error;
    return { error: { kind, outcome, message } };
  }
}

process.on("message", async ({ client: name, calls, env = {}, config = {} }: CallRequest) => {
  for (const variable of Object.keys(process.env)) if (/_proxy$/i.test(variable)) delete process.env[variable];
  Object.assign(process.env, env);
  const client = clients.get(name) ?? clientFor("https://rhombus.example", config).client;
  clients.set(name, client);
  const results: CallResult[] = [];
  for (const operation of calls) results.push(await done(client.call(operation, {})));
  process.send?.(results);
});
