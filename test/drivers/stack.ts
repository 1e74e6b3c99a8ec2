import assert from "node:assert/strict";
import type { Polling } from "../../provider/core/resource/polling";
import {
  campusSeed,
  type Emulator,
  type EmulatorOptions,
  type OrganizationConsole,
  startEmulator,
} from "../../provider/emulator";
import { NAME_KEY } from "../../provider/pulumi/handler";
import type { ResourceType } from "../../provider/resources/registry";
import { Deployment, isFailed, type Outcome } from "./deployment";
import { direct } from "./direct";
import { type Declared, FakeEngine, type ResourceState } from "./fakeEngine";
import { opened, SecretProperty } from "./properties";
import { withHandler } from "./transport";

export type { Declared } from "./fakeEngine";
export { opened, type Properties, unknown } from "./properties";
export type { ResourceType as TypeName };

/** A program: its resources, by name. */
export type Program = Readonly<Record<string, Declared>>;

/** The step that was planned or done for each resource, by name. */
export type Steps = Readonly<Record<string, Outcome["step"]>>;

/** A resource in the state of a stack, with secrets in plain text and without `__provider`. */
export interface Stored extends ResourceState {
  /** The names of the outputs and inputs that are secrets. */
  readonly secrets: ReadonlySet<string>;
}

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

/** A stack with one provider, which runs in this process. A failure is thrown, as the Pulumi CLI fails. */
export class Stack {
  /** The lines that the last operation printed. */
  lines: string[] = [];
  readonly #deployment = new Deployment(() => this.#open());
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
    const { state } = this.#deployment;
    const stored = state.get(name);
    assert.ok(stored, `"${name}" is not in the state, which has ${[...state.keys()].join(", ") || "nothing"}`);
    return storedForm(stored);
  }

  /** True if the resource is in the state. */
  has(name: string): boolean {
    return this.#deployment.state.has(name);
  }

  /** Writes a resource into the state, for example as another version of the provider left it. */
  store(name: string, stored: Partial<Stored> & Pick<Stored, "type" | "id" | "inputs" | "outputs">): void {
    const { type, inputs, outputs } = stored;
    const handled = { inputs: withHandler(type, inputs), outputs: withHandler(type, outputs) };
    this.#deployment.state.set(name, { initErrors: [], ...stored, ...handled });
  }

  /** A copy of this stack's state under other settings, such as another key. */
  under(config: Readonly<Record<string, string>>): Stack {
    const copy = new Stack(this.#emulator, { config: { ...this.#config, ...config }, polling: this.#polling });
    for (const [name, stored] of this.#deployment.state) copy.#deployment.state.set(name, stored);
    return copy;
  }

  /** The steps that an `up` would take. Inputs may be unknown. */
  async preview(program: Program): Promise<Steps> {
    return stepsOf(await this.#run(() => this.#deployment.preview(resourcesOf(program))));
  }

  /** Deploys the program, then deletes the other resources of the state, one by one by default. */
  async up(program: Program, options: { parallel?: boolean } = {}): Promise<Steps> {
    return stepsOf(await this.#run(() => this.#deployment.up(resourcesOf(program), options)));
  }

  /** Reads every resource. Returns the names of those that are gone; they are removed from the state. */
  async refresh(options: { parallel?: boolean } = {}): Promise<string[]> {
    const outcomes = await this.#run(() => this.#deployment.refresh(options));
    return outcomes.filter(({ after }) => after === undefined).map(({ name }) => name);
  }

  /** Deletes every resource. */
  async destroy(options: { parallel?: boolean } = {}): Promise<void> {
    await this.#run(() => this.#deployment.destroy(options));
  }

  /** Reads an existing object, as a static `get` does. */
  async get(type: ResourceType, id: string): Promise<Stored> {
    this.lines = [];
    return storedForm(await (await this.#open()).get(type, id));
  }

  /** The warnings of the last operation. */
  get warnings(): string[] {
    return this.lines.filter((line) => line.startsWith("warning: "));
  }

  async #open(): Promise<FakeEngine> {
    const values = Object.entries({ endpoint: this.#emulator.url, ...this.#config });
    const config = Object.fromEntries(values.map(([key, value]) => [`rhombus:${key}`, value]));
    return new FakeEngine(await direct(config, { polling: this.#polling, tell: (line) => this.lines.push(line) }));
  }

  async #run(operation: () => Promise<Outcome[]>): Promise<Outcome[]> {
    this.lines = [];
    const outcomes = await operation();
    const failures = outcomes.filter(isFailed).map(({ name, message }) => [name, message]);
    if (failures.length > 0) throw new DeploymentFailed(Object.fromEntries(failures));
    return outcomes;
  }
}

function resourcesOf(program: Program) {
  return Object.entries(program).map(([name, { type, inputs }]) => {
    const present = Object.entries(inputs).filter(([, value]) => value !== undefined);
    return { name, type, inputs: { ...Object.fromEntries(present), [NAME_KEY]: name } };
  });
}

function stepsOf(outcomes: readonly Outcome[]): Steps {
  return Object.fromEntries(outcomes.map(({ name, step }) => [name, step]));
}

function storedForm({ inputs, outputs, ...stored }: ResourceState): Stored {
  const all = [...Object.entries(inputs), ...Object.entries(outputs)];
  const secrets = all.filter(([, value]) => value instanceof SecretProperty).map(([name]) => name);
  return { ...stored, inputs: opened(inputs), outputs: opened(outputs), secrets: new Set(secrets) };
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
