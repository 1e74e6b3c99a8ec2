import { isDeepStrictEqual } from "node:util";
import { type CheckFailure, ProviderClient, type ResourceType, RpcError } from "./client";
import { DynamicProviderProcess, type ProcessOptions } from "./process";
import { annotated, opened, type Properties } from "./properties";

/** A resource as a program declares it. */
export interface Declared {
  /** Its type. */
  readonly type: ResourceType;
  /** Its inputs. */
  readonly inputs: Properties;
}

/** A resource as a state keeps it. */
export interface ResourceState {
  /** Its type. */
  readonly type: ResourceType;
  /** Its id. */
  readonly id: string;
  /** The checked inputs, with `__provider`. */
  readonly inputs: Properties;
  /** The outputs, with `__provider`. */
  readonly outputs: Properties;
  /** What a partial failure left to do; the next `up` updates then, whatever `diff` says. */
  readonly initErrors: readonly string[];
}

/** What the engine would do with a resource. */
export interface Plan {
  /** The step. */
  readonly step: "create" | "same" | "update" | "replace";
  /** The inputs that `check` gave, to create or update with. */
  readonly inputs: Properties;
  /** The top-level inputs that differ from those of the state. */
  readonly changed: readonly string[];
  /** The properties whose change replaces. */
  readonly replaces: readonly string[];
}

/** What a deployment did with a resource. */
export interface Deployed {
  /** The step. */
  readonly step: Plan["step"];
  /** What the state holds afterwards. */
  readonly state: ResourceState;
}

/** How a harness starts. */
export interface HarnessOptions extends ProcessOptions {
  /** The configuration of the stack or of the explicit provider, by full key. Default: none. */
  readonly config?: Readonly<Record<string, string>>;
}

/** Inputs that `check` refused. */
export class CheckError extends Error {
  /** The name of this kind of error. */
  override readonly name = "CheckError";

  /**
   * Takes the mistakes.
   * @param failures The mistakes.
   */
  constructor(readonly failures: readonly CheckFailure[]) {
    super(failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
  }
}

/**
 * The engine's side of one operation (`up`, `refresh` or `destroy`), with a process of its own as the engine starts one.
 * It keeps the engine's rules: secrets are opened for the process and marked again by name, `olds` are outputs, a partial
 * failure is kept, an answer without id is refused. It does not apply `additionalSecretOutputs`, so that what the provider
 * itself marks can be seen.
 */
export class Harness {
  /** The single calls, for tests of what crosses the wire. */
  readonly rpc: ProviderClient;
  readonly #process: DynamicProviderProcess;
  readonly #isShared: boolean;

  private constructor(started: DynamicProviderProcess, handlerOf?: (type: ResourceType) => string) {
    this.#process = started;
    this.#isShared = handlerOf !== undefined;
    this.rpc = new ProviderClient(started.address, handlerOf);
  }

  /**
   * Starts a process and configures it.
   * @param options The configuration and the environment.
   */
  static async start({ config = {}, ...options }: HarnessOptions = {}): Promise<Harness> {
    return new Harness(await DynamicProviderProcess.start(options)).#configured(config);
  }

  /**
   * Takes a process that others have used, and leaves it running when it is closed. Where many operations are needed, this
   * saves the start of a process for each.
   * @param shared The process.
   * @param config The configuration of the stack or of the explicit provider, by full key.
   * @param handlerOf The code to serve each type with. It has to make what a process of its own would have.
   */
  static async over(
    shared: DynamicProviderProcess,
    config: Readonly<Record<string, string>>,
    handlerOf: (type: ResourceType) => string,
  ): Promise<Harness> {
    return new Harness(shared, handlerOf).#configured(config);
  }

  async #configured(config: Readonly<Record<string, string>>): Promise<Harness> {
    const { acceptsSecrets } = await this.rpc.configure(config);
    if (!acceptsSecrets) return this;
    await this.close();
    throw new Error("The dynamic-provider process accepts secrets now: this harness opens them for it.");
  }

  /**
   * Runs one operation in a process of its own, and closes it whatever happens.
   * @param options The configuration and the environment.
   * @param operation What the engine does.
   */
  static async during<T>(options: HarnessOptions, operation: (harness: Harness) => Promise<T>): Promise<T> {
    const harness = await Harness.start(options);
    try {
      return await operation(harness);
    } finally {
      await harness.close();
    }
  }

  /** All that the process has written to stdout and stderr: what Pulumi shows below the stack. */
  get written(): string {
    return this.#process.written;
  }

  /** The part of it that was written to stdout. */
  get stdout(): string {
    return this.#process.stdout;
  }

  /**
   * Checks and compares, as `pulumi preview` does.
   * @param declared The resource as declared.
   * @param state What the state holds of it, if anything.
   * @throws CheckError when the inputs are wrong.
   * @throws RpcError when the process answers with an error.
   */
  async preview({ type, inputs: news }: Declared, state?: ResourceState): Promise<Plan> {
    const inputs = await this.check({ type, inputs: news }, state);
    if (state === undefined) return { step: "create", inputs, changed: Object.keys(news), replaces: [] };
    const diff = await this.rpc.diff(type, { id: state.id, olds: state.outputs, news: inputs });
    const changed = changedNames(state.inputs, inputs);
    const changes = diff.changes === "unknown" ? changed.length > 0 : diff.changes === "some";
    const step = diff.replaces.length > 0 ? "replace" : changes || state.initErrors.length > 0 ? "update" : "same";
    return { step, inputs, changed, replaces: diff.replaces };
  }

  /**
   * Deploys a resource, as `pulumi up` does. A partial failure is no error here: the state has its reasons.
   * @param declared The resource as declared.
   * @param state What the state holds of it, if anything.
   * @throws CheckError when the inputs are wrong.
   * @throws RpcError when the process answers with an error and nothing is to be kept.
   */
  async up(declared: Declared, state?: ResourceState): Promise<Deployed> {
    const { type } = declared;
    const { step, inputs } = await this.preview(declared, state);
    if (state === undefined) return { step, state: await this.create(type, inputs) };
    if (step === "same") return { step, state: { ...state, inputs } };
    if (step === "update") return { step, state: await this.update(state, inputs) };
    await this.destroy(state);
    return { step, state: await this.create(type, await this.check(declared)) };
  }

  /**
   * Reads a resource again, as `pulumi refresh` does.
   * @param state What the state holds.
   * @returns What it holds afterwards; `undefined` when the object is gone.
   * @throws RpcError when the process answers with an error.
   */
  async refresh(state: ResourceState): Promise<ResourceState | undefined> {
    const { type, id, outputs } = state;
    const read = await this.rpc.read(type, { id, outputs });
    if (read.id === "") return undefined;
    return {
      ...state,
      id: read.id,
      inputs: read.inputs === undefined ? state.inputs : annotated(read.inputs, state.inputs),
      outputs: annotated(read.outputs, outputs),
      initErrors: [],
    };
  }

  /**
   * Reads an object that is not managed, as the static `get` of a resource class does.
   * @param type The resource's type.
   * @param id Its id.
   * @throws RpcError when the process answers with an error, as it does when there is no such object.
   */
  async get(type: ResourceType, id: string): Promise<ResourceState> {
    const asked: Properties = { __get: true };
    const read = await this.rpc.read(type, { id, outputs: asked });
    return { type, id: read.id, inputs: read.inputs ?? asked, outputs: read.outputs, initErrors: [] };
  }

  /**
   * Deletes a resource, as `pulumi destroy` does.
   * @param state What the state holds.
   * @throws RpcError when the process answers with an error.
   */
  async destroy({ type, id, outputs }: ResourceState): Promise<void> {
    await this.rpc.delete(type, { id, outputs });
  }

  /** Ends the process, unless it is shared. */
  async close(): Promise<void> {
    this.rpc.close();
    if (!this.#isShared) await this.#process.close();
  }

  /**
   * Checks inputs, as the engine does before it compares, and once more before the second half of a replacement.
   * @param declared The resource as declared.
   * @param state What the state holds of it, if anything.
   * @returns The inputs to create or update with.
   * @throws CheckError when the inputs are wrong.
   */
  async check({ type, inputs: news }: Declared, state?: ResourceState): Promise<Properties> {
    const { inputs, failures } = await this.rpc.check(type, { olds: state?.inputs ?? {}, news });
    if (failures.length > 0) throw new CheckError(failures);
    return annotated(inputs, news);
  }

  /**
   * Creates a resource.
   * @param type Its type.
   * @param inputs What `check` gave.
   * @returns What the state holds afterwards, after a partial failure with its reasons.
   * @throws RpcError when the process answers with an error and nothing is to be kept.
   */
  async create(type: ResourceType, inputs: Properties): Promise<ResourceState> {
    try {
      const { id, outputs } = await this.rpc.create(type, inputs);
      if (id === "") throw new Error("The provider created an object and answered without its id: it would be lost.");
      return { type, id, inputs, outputs: annotated(outputs, inputs), initErrors: [] };
    } catch (error) {
      const { id, properties, reasons } = initFailureOf(error);
      return { type, id, inputs, outputs: annotated(properties, inputs), initErrors: reasons };
    }
  }

  /**
   * Updates a resource.
   * @param state What the state holds.
   * @param inputs What `check` gave.
   * @returns What the state holds afterwards, after a partial failure with its reasons and the inputs from before.
   * @throws RpcError when the process answers with an error and nothing is to be kept.
   */
  async update(state: ResourceState, inputs: Properties): Promise<ResourceState> {
    const { type, id, outputs: olds } = state;
    try {
      const { outputs } = await this.rpc.update(type, { id, olds, news: inputs });
      return { type, id, inputs, outputs: annotated(outputs, inputs), initErrors: [] };
    } catch (error) {
      const { properties, reasons } = initFailureOf(error);
      return { ...state, outputs: annotated(properties, inputs), initErrors: reasons };
    }
  }
}

function initFailureOf(error: unknown) {
  if (error instanceof RpcError && error.initFailure !== undefined) return error.initFailure;
  throw error;
}

function changedNames(before: Properties, now: Properties): string[] {
  const [old, current] = [opened(before), opened(now)];
  const names = new Set([...Object.keys(old), ...Object.keys(current)]);
  return [...names].filter((name) => !isDeepStrictEqual(old[name], current[name]));
}
