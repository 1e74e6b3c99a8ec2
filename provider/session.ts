import type { dynamic } from "@pulumi/pulumi";
import { Ownership } from "./core/ownership/ownership";
import { type Polling, threeSeconds } from "./core/resource/polling";
import { dynamicProvider, type Session } from "./pulumi/serve/dynamicProvider";
import { endWithEngine } from "./pulumi/serve/engine";
import { redactUncaught } from "./pulumi/serve/uncaught";
import { perType, type ResourceType } from "./resources/registry";
import type { RhombusApi } from "./rhombus/api/api";
import { connectionTo, settingsFrom } from "./rhombus/connection";
import { environmentSecrets } from "./rhombus/redaction/environmentSecrets";
import { plainText } from "./rhombus/redaction/plainText";
import { Redactor } from "./rhombus/redaction/redactor";

/** The providers of all resources, by type. */
export type Providers = Readonly<Record<ResourceType, Required<dynamic.ResourceProvider>>>;

/** Options that tests set. */
export interface ProvidersOptions {
  /** The environment variables. Default: those of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The polling policy for reads that may lag behind writes. Default: up to 3 s. */
  readonly polling?: Polling;
  /** Writes a line for the user. Default: to stderr, which Pulumi displays below the stack. */
  readonly tell?: (line: string) => void;
  /** The process whose uncaught errors are redacted. Default: none. */
  readonly uncaughtOf?: NodeJS.Process;
}

/**
 * The providers of one process. All resources share one client and one memory.
 * @param options For tests.
 */
export function createProviders(options: ProvidersOptions = {}): Providers {
  const session = new ProcessSession(options);
  return perType((definition) => dynamicProvider(definition, session));
}

/** The engine starts a process for each provider resource, so all resources of a process have one configuration. */
class ProcessSession implements Session {
  readonly ownership = new Ownership();
  readonly polling: Polling;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #tell: (line: string) => void;
  readonly #redactor = new Redactor();
  #config: dynamic.Config | undefined;
  #api: RhombusApi | undefined;

  constructor({ env = process.env, polling = threeSeconds, tell = console.error, uncaughtOf }: ProvidersOptions) {
    this.#env = env;
    this.polling = polling;
    this.#tell = tell;
    this.#redactor.add(...environmentSecrets(env));
    if (uncaughtOf !== undefined) redactUncaught(uncaughtOf, (text) => this.#redactor.redact(text));
  }

  configure(config: dynamic.Config): void {
    this.#config = config;
    endWithEngine(process.argv[2]);
  }

  api(): RhombusApi {
    this.#api ??= this.#connect();
    return this.#api;
  }

  warn(message: string): void {
    this.#writeLine(`warning: rhombus: ${message}`);
  }

  learn(secrets: readonly string[]): void {
    this.#redactor.add(...secrets);
  }

  redact(text: string): string {
    return plainText(this.#redactor.redact(text));
  }

  /** Writes a line to stderr. Nothing else in the process does; answers and errors pass `redact` as well. */
  #writeLine(line: string): void {
    this.#tell(this.redact(line));
  }

  #connect(): RhombusApi {
    const settings = settingsFrom({ config: (key) => this.#config?.get(key), env: this.#env }, this.#redactor);
    const outlets = { warn: (message: string) => this.warn(message), log: (line: string) => this.#writeLine(line) };
    return connectionTo(settings, this.#redactor, outlets);
  }
}
