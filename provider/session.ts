import type { dynamic } from "@pulumi/pulumi";
import { ProcessMemory } from "./core/ownership/processMemory";
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

/** What a test may put in place of the real thing. */
export interface ProvidersOptions {
  /** The environment variables. Default: those of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** How long to disbelieve a surprising read. Default: 3 s. */
  readonly polling?: Polling;
  /** Where lines for the user go. Default: the process's standard error, which Pulumi shows below the stack. */
  readonly tell?: (line: string) => void;
  /** The process whose uncaught errors to free of secrets. Default: none. */
  readonly uncaughtOf?: NodeJS.Process;
}

/**
 * Makes the providers of one process: one client, one ownership and one set of locks, shared by all resources.
 * @param options What to put in place of the real thing.
 */
export function createProviders(options: ProvidersOptions = {}): Providers {
  const session = new ProcessSession(options);
  return perType((definition) => dynamicProvider(definition, session));
}

/** One process serves one provider, so all its resources have one configuration. */
class ProcessSession implements Session {
  readonly memory = new ProcessMemory();
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
    this.#say(`warning: rhombus: ${message}`);
  }

  learn(secrets: readonly string[]): void {
    this.#redactor.add(...secrets);
  }

  redact(text: string): string {
    return plainText(this.#redactor.redact(text));
  }

  /** The one way to the standard error. What else leaves the process is an answer or an error, and passes `redact` as well. */
  #say(line: string): void {
    this.#tell(this.redact(line));
  }

  #connect(): RhombusApi {
    const settings = settingsFrom({ config: (key) => this.#config?.get(key), env: this.#env }, this.#redactor);
    const outlets = { warn: (message: string) => this.warn(message), log: (line: string) => this.#say(line) };
    return connectionTo(settings, this.#redactor, outlets);
  }
}
