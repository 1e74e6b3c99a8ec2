import path from "node:path";
import type { ResourceType } from "../../../provider/resources/registry";
import { FakeEngine } from "../fakeEngine";
import { ProviderClient } from "./client";
import { DynamicProviderProcess } from "./process";

/** Options of an engine. */
export interface ProcessEngineOptions {
  /** The environment variables of the process besides PATH. Default: none. */
  readonly env?: Readonly<Record<string, string>>;
  /** The configuration of the stack or of the explicit provider, by full key. Default: none. */
  readonly config?: Readonly<Record<string, string>>;
}

/** The engine of one operation, with Pulumi's dynamic-provider process. */
export class ProcessEngine extends FakeEngine {
  override readonly provider: ProviderClient;
  readonly #process: DynamicProviderProcess;
  readonly #end: () => Promise<void>;

  private constructor(process: DynamicProviderProcess, client: ProviderClient, end: () => Promise<void>) {
    super(client);
    this.#process = process;
    this.provider = client;
    this.#end = end;
  }

  /** Starts a process of its own. */
  static async start({ config = {}, ...options }: ProcessEngineOptions = {}): Promise<ProcessEngine> {
    const process = await DynamicProviderProcess.start(options);
    return new ProcessEngine(process, new ProviderClient(process.address), () => process.close()).#configured(config);
  }

  /** Runs one operation in a process of its own. */
  static async during<T>(options: ProcessEngineOptions, operation: (engine: ProcessEngine) => Promise<T>): Promise<T> {
    const engine = await ProcessEngine.start(options);
    try {
      return await operation(engine);
    } finally {
      await engine.close();
    }
  }

  /** Takes a process that others use, with providers of its own. Starting a process takes a second of computing time. */
  static async sharing(
    process: DynamicProviderProcess,
    config: Readonly<Record<string, string>>,
  ): Promise<ProcessEngine> {
    const generation = ++generations;
    const client = new ProviderClient(process.address, (type) => renewedHandler(type, generation));
    return new ProcessEngine(process, client, async () => {}).#configured(config);
  }

  /** All that the process has written to stdout and stderr, which Pulumi displays below the stack. */
  get written(): string {
    return this.#process.written;
  }

  /** The part of it that was written to stdout. */
  get stdout(): string {
    return this.#process.stdout;
  }

  /** Closes the connection, and ends the process unless it is shared. */
  async close(): Promise<void> {
    this.provider.close();
    await this.#end();
  }

  async #configured(config: Readonly<Record<string, string>>): Promise<this> {
    const { acceptsSecrets } = await this.provider.configure(config);
    if (!acceptsSecrets) return this;
    await this.close();
    throw new Error("The dynamic-provider process accepts secrets now, and this engine sends them in plain text.");
  }
}

let generations = 0;

const SESSION = path.resolve(__dirname, "../../../dist/session.js");

/**
 * The code of a type that gives each generation its own providers, as a process of its own would. The SDK evaluates each
 * text once.
 */
function renewedHandler(type: ResourceType, generation: number): string {
  return `exports.handler = () => {
    const renewed = (globalThis.renewed ??= new Map());
    const { createProviders } = require(${JSON.stringify(SESSION)});
    if (!renewed.has(${generation})) renewed.set(${generation}, createProviders({ uncaughtOf: process }));
    return renewed.get(${generation}).${type};
  };`;
}
