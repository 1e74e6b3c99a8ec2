import type { ResourceType } from "../../provider/resources/registry";
import { CheckError, type Declared, type Engine, type Plan, type ResourceState } from "./engine";
import { ProviderError } from "./transport";

/** A resource of a program. */
export interface ProgramResource extends Declared {
  /** Its logical name. */
  readonly name: string;
  /** Its explicit provider. Default: the default provider. */
  readonly provider?: string;
}

/** A resource in the state of a stack. */
export interface StackResource extends ResourceState {
  readonly provider: string;
}

/** What an operation did with a resource. */
export interface Outcome {
  readonly name: string;
  readonly type: ResourceType;
  readonly provider: string;
  /** What the program declares; absent for a resource that only the state contains. */
  readonly declared?: Declared["inputs"];
  /** Absent if there is none, or if planning failed. */
  readonly plan?: Plan;
  /** The state before. */
  readonly before: StackResource | undefined;
  /** The answer of the provider as a state; absent if the call failed or the object is gone. */
  readonly after?: ResourceState;
  readonly step: Plan["step"] | "delete" | "read";
  /** `partial`: the object exists but is not all that was declared. */
  readonly result: "ok" | "partial" | "error";
  /** The error message; empty if there is none. */
  readonly message: string;
  /** True if a replacement has deleted the old object. */
  readonly deleted?: boolean;
}

/** Options of an operation. */
export interface OperationOptions {
  /** Refreshes first, in the same processes. */
  readonly refresh?: boolean;
  /** Carries out all steps at once. Default: one after the other. */
  readonly parallel?: boolean;
  /** The resource whose answer never reaches the engine. */
  readonly lost?: string | undefined;
}

/** The state of a stack, and the operations of the engine on it. Each operation uses new provider processes. */
export class Deployment {
  /** The resources of the stack, by name. */
  readonly state = new Map<string, StackResource>();
  readonly #open: (provider: string) => Promise<Engine>;

  /** Takes the function that starts a provider. The default provider is `""`. */
  constructor(open: (provider: string) => Promise<Engine>) {
    this.#open = open;
  }

  /** Plans, as `pulumi preview` does. */
  async preview(program: readonly ProgramResource[]): Promise<Outcome[]> {
    return this.#during((engineOf) => each(program, {}, async (resource) => this.#plan(engineOf, resource)));
  }

  /** Deploys, as `pulumi up` does. A failure does not stop the other steps, but then nothing is deleted. */
  async up(program: readonly ProgramResource[], options: OperationOptions = {}): Promise<Outcome[]> {
    return this.#during(async (engineOf) => {
      const read = options.refresh ? await this.#readAll(engineOf, { parallel: true }) : [];
      if (read.some(isFailed)) return read;
      const plan = (resource: ProgramResource) => this.#plan(engineOf, resource);
      const plans = options.parallel ? await each(program, {}, plan) : [];
      const steps = await each(program, options, async (resource, index) =>
        this.#apply(engineOf, { ...resource, ...options }, plans[index] ?? (await plan(resource))),
      );
      const outcomes = [...read, ...steps];
      if (outcomes.some(isFailed)) return outcomes;
      const names = new Set(program.map(({ name }) => name));
      return [...outcomes, ...(await this.#deleteAll(engineOf, options, names))];
    });
  }

  /** Reads every resource, as `pulumi refresh` does. */
  async refresh(options: OperationOptions = {}): Promise<Outcome[]> {
    return this.#during((engineOf) => this.#readAll(engineOf, options));
  }

  /** Deletes every resource, as `pulumi destroy` does. */
  async destroy(options: OperationOptions = {}): Promise<Outcome[]> {
    return this.#during((engineOf) => this.#deleteAll(engineOf, options));
  }

  /** Runs an operation with one engine for each provider, which is started when it is needed. */
  async #during<T>(operation: (engineOf: EngineOf) => Promise<T>): Promise<T> {
    const engines = new Map<string, Promise<Engine>>();
    const engineOf = ({ provider = "" }: { provider?: string }) => {
      const engine = engines.get(provider) ?? this.#open(provider);
      engines.set(provider, engine);
      return engine;
    };
    try {
      return await operation(engineOf);
    } finally {
      for (const engine of engines.values()) await (await engine).close();
    }
  }

  async #plan(engineOf: EngineOf, resource: ProgramResource): Promise<Outcome> {
    const { name, type, inputs, provider = "" } = resource;
    const before = this.state.get(name);
    const about = { name, type, provider, declared: inputs, before };
    try {
      const plan = await (await engineOf(resource)).preview(resource, before);
      return { ...about, plan, step: plan.step, result: "ok", message: "" };
    } catch (error) {
      return { ...about, step: before === undefined ? "create" : "same", result: "error", message: messageOf(error) };
    }
  }

  async #apply(engineOf: EngineOf, resource: ProgramResource & OperationOptions, planned: Outcome): Promise<Outcome> {
    const { plan, before, name, provider } = planned;
    if (plan === undefined) return planned;
    const keep = (state: ResourceState) => {
      if (resource.lost !== name) this.state.set(name, { ...state, provider });
    };
    let deleted = before?.pendingReplacement ?? false;
    try {
      const engine = await engineOf(resource);
      const after = await engine.apply(resource, plan, before, (state) => {
        deleted = true;
        keep(state);
      });
      keep(after);
      const isPartial = plan.step !== "same" && after.initErrors.length > 0;
      const result = isPartial ? "partial" : "ok";
      return { ...planned, after, result, message: isPartial ? after.initErrors.join(" ") : "", deleted };
    } catch (error) {
      return { ...planned, result: "error", message: messageOf(error), deleted };
    }
  }

  async #readAll(engineOf: EngineOf, options: OperationOptions): Promise<Outcome[]> {
    return each(this.#existing(), options, async ([name, before]): Promise<Outcome> => {
      const { type, provider } = before;
      const about = { name, type, provider, before, step: "read" } as const;
      try {
        const after = await (await engineOf(before)).refresh(before);
        if (after === undefined) this.state.delete(name);
        else this.state.set(name, { ...after, provider });
        return { ...about, ...(after === undefined ? {} : { after }), result: "ok", message: "" };
      } catch (error) {
        return { ...about, result: "error", message: messageOf(error) };
      }
    });
  }

  /** The resources whose object exists. */
  #existing(): [string, StackResource][] {
    return [...this.state].filter(([, { pendingReplacement }]) => !pendingReplacement);
  }

  async #deleteAll(
    engineOf: EngineOf,
    { lost, ...options }: OperationOptions,
    declared: ReadonlySet<string> = new Set(),
  ): Promise<Outcome[]> {
    const rest = [...this.state].filter(([name]) => !declared.has(name));
    return each(rest, options, async ([name, before]): Promise<Outcome> => {
      const { type, provider } = before;
      const about = { name, type, provider, before, step: "delete" } as const;
      try {
        await (await engineOf(before)).destroy(before);
        if (lost !== name) this.state.delete(name);
        return { ...about, result: "ok", message: "" };
      } catch (error) {
        return { ...about, result: "error", message: messageOf(error) };
      }
    });
  }
}

type EngineOf = (resource: { provider?: string }) => Promise<Engine>;

/** True for an outcome that stops the engine from deleting. */
export function isFailed({ result }: Outcome): boolean {
  return result !== "ok";
}

async function each<T>(
  items: readonly T[],
  { parallel = false }: OperationOptions,
  act: (item: T, index: number) => Promise<Outcome>,
): Promise<Outcome[]> {
  if (parallel) return Promise.all(items.map(act));
  const outcomes: Outcome[] = [];
  for (const [index, item] of items.entries()) outcomes.push(await act(item, index));
  return outcomes;
}

/** The message for the user. Any other error is a mistake of the test. */
function messageOf(error: unknown): string {
  if (error instanceof ProviderError || error instanceof CheckError) return error.message;
  throw error;
}
