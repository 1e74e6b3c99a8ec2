import assert from "node:assert/strict";
import { runtime } from "@pulumi/pulumi";
import type { Polling } from "../../provider/core/resource/polling";
import {
  campusSeed,
  type Emulator,
  type EmulatorOptions,
  type OrganizationConsole,
  startEmulator,
} from "../../provider/emulator";
import { HANDLER_KEY, handlerText, NAME_KEY } from "../../provider/pulumi/handler";
import { createProviders, type Providers } from "../../provider/session";
import { isEnvelope, isProperties, opened, type Properties } from "./wire";

export { opened, type Properties } from "./wire";

/** The type name of a resource. */
export type TypeName = keyof Providers;

/** A resource as a program declares it. */
export interface Declared {
  readonly type: TypeName;
  readonly inputs: Properties;
}

/** A program: its resources, by name. */
export type Program = Readonly<Record<string, Declared>>;

/** The step that was planned or done for each resource, by name. */
export type Steps = Readonly<Record<string, "same" | "create" | "update" | "replace" | "delete">>;

/** A resource in the state of a stack. */
export interface Stored {
  readonly type: TypeName;
  readonly id: string;
  /** The inputs, secrets in clear. */
  readonly inputs: Properties;
  /** The outputs, secrets in clear. */
  readonly outputs: Properties;
  /** The names of the outputs and inputs that are secrets. */
  readonly secrets: ReadonlySet<string>;
  /** Its last create or update failed in part: the engine updates it, even if `diff` shows no change, until it succeeds or is read. */
  readonly unfinished?: true;
  /** Its replacement has deleted the object and not created it yet: the engine neither reads nor deletes it. */
  readonly isDeleted?: true;
}

/** A value that is unknown at preview. */
export const unknown: string = runtime.unknownValue;

/** Polling without pauses. */
export const immediatePolling: Polling = { delaysMs: [0, 0, 0], sleep: async () => {} };

/** Polling for 300 ms, for reads that lag. */
export const quickPolling: Polling = {
  delaysMs: [50, 100, 150],
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Options of a stack. */
export interface StackOptions {
  /** The stack config without the endpoint. Default: the key of Acme, no retries, calls of at most 1 s. */
  readonly config?: Readonly<Record<string, string>>;
  /** Default: without pauses. */
  readonly polling?: Polling;
}

/** Some resources failed. The message contains all their errors. */
export class DeploymentFailed extends Error {
  /** The error of each resource that failed, by name. */
  constructor(readonly failures: Readonly<Record<string, string>>) {
    super(Object.values(failures).join("\n"));
  }
}

/**
 * An imitation of the engine, in this process: new providers for each operation, secrets as plain values in the state,
 * partial failures stored.
 */
export class Stack {
  /** The lines that the last operation printed. */
  lines: string[] = [];
  readonly #state = new Map<string, Stored>();
  readonly #emulator: Emulator;
  readonly #polling: Polling;
  #config: Readonly<Record<string, string>>;

  constructor(emulator: Emulator, { config = {}, polling = immediatePolling }: StackOptions = {}) {
    this.#emulator = emulator;
    this.#polling = polling;
    this.#config = { apiKey: campusSeed.acme.apiKey, maxRetries: "0", timeoutSeconds: "1", ...config };
  }

  /** Changes the stack config from now on. */
  configure(config: Readonly<Record<string, string>>): void {
    this.#config = { ...this.#config, ...config };
  }

  /** A resource in the state. Fails the test if there is none. */
  stored(name: string): Stored {
    const stored = this.#state.get(name);
    assert.ok(stored, `"${name}" is not in the state, which has ${[...this.#state.keys()].join(", ") || "nothing"}`);
    return stored;
  }

  /** True if the resource is in the state. */
  has(name: string): boolean {
    return this.#state.has(name);
  }

  /** Writes a resource into the state, for example as another version of the provider left it. */
  store(name: string, stored: Omit<Stored, "secrets">): void {
    this.#state.set(name, { ...stored, secrets: new Set() });
  }

  /** A copy of this stack's state under other settings, such as another key. */
  under(config: Readonly<Record<string, string>>): Stack {
    const copy = new Stack(this.#emulator, { config: { ...this.#config, ...config }, polling: this.#polling });
    for (const [name, stored] of this.#state) copy.#state.set(name, stored);
    return copy;
  }

  /** The steps that an `up` would take. Inputs may be unknown. */
  async preview(program: Program): Promise<Steps> {
    const providers = await this.#start();
    const planned = await this.#each(Object.entries(program), async ([name, declared]) => {
      const news = await checked(providers, name, declared, this.#state.get(name));
      return this.#planned(providers, name, declared, news);
    });
    return planned;
  }

  /** Deploys the program, then deletes the other resources of the state, one by one by default. */
  async up(program: Program, options: { parallel?: boolean } = {}): Promise<Steps> {
    const providers = await this.#start();
    const steps = await this.#each(
      Object.entries(program),
      async ([name, declared]) => {
        const news = await checked(providers, name, declared, this.#state.get(name));
        const step = await this.#planned(providers, name, declared, news);
        if (step === "replace") {
          // The engine checks the inputs of a replacement again, without prior inputs.
          const inputs = await checked(providers, name, declared, undefined);
          const old = this.stored(name);
          await this.#delete(providers, name);
          this.#state.set(name, { ...old, isDeleted: true });
          await this.#create(providers, name, declared.type, inputs);
        } else if (step === "update") await this.#update(providers, name, news);
        else if (step === "create") await this.#create(providers, name, declared.type, news);
        return step;
      },
      options,
    );
    const rest = [...this.#state.keys()].filter((name) => !Object.hasOwn(program, name));
    const deleted = await this.#each(
      rest.map((name) => [name] as const),
      async ([name]) => {
        await this.#delete(providers, name);
        return "delete" as const;
      },
      options,
    );
    return { ...steps, ...deleted };
  }

  /** Reads every resource. Returns the names of those that are gone; they are removed from the state. */
  async refresh(options: { parallel?: boolean } = {}): Promise<string[]> {
    const providers = await this.#start();
    const gone: string[] = [];
    await this.#each(
      [...this.#state].filter(([, { isDeleted }]) => !isDeleted),
      async ([name, { type, id, outputs }]) => {
        const read = await providers[type].read(id, { ...outputs, [HANDLER_KEY]: handlerText(type) });
        if (read.id === "" || read.id === undefined) {
          this.#state.delete(name);
          gone.push(name);
        } else this.#record(name, type, { id: read.id, inputs: read.inputs ?? {}, outputs: read.props ?? {} });
        return "same" as const;
      },
      options,
    );
    return gone;
  }

  /** Deletes every resource. */
  async destroy(options: { parallel?: boolean } = {}): Promise<void> {
    const providers = await this.#start();
    await this.#each(
      [...this.#state.keys()].map((name) => [name] as const),
      async ([name]) => {
        await this.#delete(providers, name);
        return "delete" as const;
      },
      options,
    );
  }

  /** Reads an existing object, as a static `get` does. */
  async get(type: TypeName, id: string): Promise<Stored> {
    const providers = await this.#start();
    let found: Stored | undefined;
    await this.#each([["it"]], async () => {
      const read = await providers[type].read(id, { __get: true, [HANDLER_KEY]: handlerText(type) });
      found = stored(type, { id: read.id ?? "", inputs: read.inputs ?? {}, outputs: read.props ?? {} });
      return "same";
    });
    return found ?? assert.fail("nothing was read");
  }

  /** The warnings of the last operation. */
  get warnings(): string[] {
    return this.lines.filter((line) => line.startsWith("warning: "));
  }

  async #start(): Promise<Providers> {
    this.lines = [];
    const tell = (line: string) => this.lines.push(line);
    const providers = createProviders({ env: {}, polling: this.#polling, tell });
    const values: Readonly<Record<string, string>> = { endpoint: this.#emulator.url, ...this.#config };
    const get = (key: string) => values[key.replace(/^rhombus:/, "")];
    const config = { get, require: (key: string) => get(key) ?? assert.fail(`no ${key}`) };
    await Promise.all(Object.values(providers).map((provider) => provider.configure({ config })));
    return providers;
  }

  async #each<Entry extends readonly [string, ...unknown[]]>(
    entries: readonly Entry[],
    act: (entry: Entry) => Promise<Steps[string]>,
    { parallel = false }: { parallel?: boolean } = {},
  ): Promise<Steps> {
    const steps: Record<string, Steps[string]> = {};
    const failures: Record<string, string> = {};
    const one = async (entry: Entry) => {
      const [name] = entry;
      try {
        steps[name] = await act(entry);
      } catch (error) {
        assert.ok(error instanceof Error, "only errors are thrown");
        if (error.name === "AssertionError") throw error;
        failures[name] = error.message;
      }
    };
    if (parallel) await Promise.all(entries.map(one));
    else for (const entry of entries) await one(entry);
    if (Object.keys(failures).length > 0) throw new DeploymentFailed(failures);
    return steps;
  }

  async #planned(providers: Providers, name: string, { type }: Declared, news: Properties): Promise<Steps[string]> {
    const old = this.#state.get(name);
    if (old === undefined) return "create";
    const diff = await providers[type].diff(old.id, withHandler(old.type, old.outputs), news);
    if (old.isDeleted || (diff.replaces ?? []).length > 0) return "replace";
    return diff.changes === false && !old.unfinished ? "same" : "update";
  }

  async #create(providers: Providers, name: string, type: TypeName, inputs: Properties): Promise<void> {
    const made = await providers[type]
      .create(inputs)
      .catch((error: unknown) => this.#partial(name, type, inputs, error));
    this.#record(name, type, { id: made.id, inputs, outputs: made.outs ?? {} });
  }

  async #update(providers: Providers, name: string, inputs: Properties): Promise<void> {
    const { type, id, inputs: prior, outputs } = this.stored(name);
    const updated = await providers[type]
      .update(id, withHandler(type, outputs), inputs)
      .catch((error: unknown) => this.#partial(name, type, prior, error));
    this.#record(name, type, { id, inputs, outputs: updated.outs ?? {} });
  }

  async #delete(providers: Providers, name: string): Promise<void> {
    const { type, id, outputs, isDeleted } = this.stored(name);
    if (!isDeleted) await providers[type].delete(id, withHandler(type, outputs));
    this.#state.delete(name);
  }

  /** Stores the object of a partial failure, as the engine does: after an update, with the prior inputs. Throws the error again. */
  #partial(name: string, type: TypeName, inputs: Properties, error: unknown): never {
    if (error instanceof Error && "properties" in error && "id" in error && "reasons" in error) {
      assert.ok(typeof error.id === "string" && isProperties(error.properties) && Array.isArray(error.reasons));
      assert.equal(error.properties[HANDLER_KEY], handlerText(type), "a partial failure needs __provider");
      this.#record(name, type, { id: error.id, inputs, outputs: error.properties }, { unfinished: true });
    }
    throw error;
  }

  #record(
    name: string,
    type: TypeName,
    wire: { id: string; inputs: Properties; outputs: Properties },
    failed: { unfinished?: true } = {},
  ): void {
    this.#state.set(name, { ...stored(type, wire), ...failed });
  }
}

/** The checked inputs. The property of a failure must be empty, as the engine prints it with its value. */
async function checked(
  providers: Providers,
  name: string,
  { type, inputs }: Declared,
  old: Stored | undefined,
): Promise<Properties> {
  const olds = old === undefined ? {} : withHandler(type, old.inputs);
  const result = await providers[type].check(olds, { ...withHandler(type, inputs), [NAME_KEY]: name });
  const failures = (result.failures ?? []).map(({ property, reason }) => `${property}${reason}`);
  if (failures.length > 0) throw new Error(failures.join("\n"));
  return withHandler(type, opened(result.inputs ?? {}));
}

function withHandler(type: TypeName, properties: Properties): Properties {
  return { ...properties, [HANDLER_KEY]: handlerText(type) };
}

function stored(
  type: TypeName,
  { id, inputs, outputs }: { id: string; inputs: Properties; outputs: Properties },
): Stored {
  assert.equal(typeof id, "string");
  const secrets = [...Object.entries(inputs), ...Object.entries(outputs)].filter(([, value]) => isEnvelope(value));
  return {
    type,
    id,
    inputs: opened(inputs),
    outputs: opened(outputs),
    secrets: new Set(secrets.map(([name]) => name)),
  };
}

const running: Emulator[] = [];

/** Starts an emulator, and returns it with the console of Acme and an empty stack. {@link endAll} closes it. */
export async function begin(
  options: EmulatorOptions & StackOptions = {},
): Promise<{ emulator: Emulator; console: OrganizationConsole; stack: Stack }> {
  const emulator = await startEmulator(options);
  running.push(emulator);
  return { emulator, console: emulator.console(campusSeed.acme.orgUuid), stack: new Stack(emulator, options) };
}

/** Closes the emulators that {@link begin} started. */
export async function endAll(): Promise<void> {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
}
