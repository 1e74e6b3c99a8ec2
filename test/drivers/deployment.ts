import type { ResourceType } from "../../provider/resources/registry";
import {
  CheckError,
  createsFirst,
  type Declared,
  type FakeEngine,
  type PlannedStep,
  type ResourceState,
} from "./fakeEngine";
import { ProviderError } from "./transport";

/** A resource of a program. */
export interface ProgramResource extends Declared {
  /** Its logical name. */
  readonly name: string;
}

/** The result of an operation for a resource. */
export interface Outcome {
  readonly name: string;
  readonly type: ResourceType;
  /** The declaration of the program; absent for a resource that only the state contains. */
  readonly declared?: Declared["inputs"];
  /** Absent if there is none, or if planning failed. */
  readonly plan?: PlannedStep;
  /** The state before. */
  readonly before: ResourceState | undefined;
  /** The answer of the provider as a state; absent if the call failed or the object is gone. */
  readonly after?: ResourceState;
  readonly step: PlannedStep["step"] | "delete" | "read";
  /** `partial`: the object exists but is not all that was declared. */
  readonly result: "ok" | "partial" | "error";
  /** The error message; empty if there is none. */
  readonly message: string;
  /** True if a replacement has deleted the old object. */
  readonly deleted?: boolean;
}

/** Options of an operation. */
export interface OperationOptions {
  /** Refreshes first, in the same process. */
  readonly refresh?: boolean;
  /** Carries out all steps at once. Default: one after the other. */
  readonly parallel?: boolean;
  /** The resource whose answer never reaches the engine. */
  readonly lost?: string | undefined;
}

/** The state of a stack, and the operations of the engine on it. */
export class Deployment {
  /** The resources of the stack, by name. */
  readonly state = new Map<string, ResourceState>();
  /** The old objects of replacements that create first. The engine deletes them at the end of a deployment without failures. */
  readonly pendingDeletions = new Set<{ readonly name: string; readonly state: ResourceState }>();
  readonly #open: () => Promise<FakeEngine>;

  /** Takes the function that starts the provider of an operation. */
  constructor(open: () => Promise<FakeEngine>) {
    this.#open = open;
  }

  /** Plans, as `pulumi preview` does. */
  async preview(program: readonly ProgramResource[]): Promise<Outcome[]> {
    const engine = await this.#open();
    return each(program, {}, (resource) => this.#plan(engine, resource));
  }

  /** Deploys, as `pulumi up` does. A failure does not stop the other steps, but then nothing is deleted. */
  async up(program: readonly ProgramResource[], options: OperationOptions = {}): Promise<Outcome[]> {
    const engine = await this.#open();
    const read = options.refresh ? await this.#readAll(engine, { parallel: true }) : [];
    if (read.some(isFailed)) return read;
    const plans = options.parallel ? await each(program, {}, (resource) => this.#plan(engine, resource)) : [];
    const steps = await each(program, options, async (resource, index) => {
      const planned = plans[index] ?? (await this.#plan(engine, resource));
      return this.#apply(engine, { ...resource, ...options }, planned);
    });
    const outcomes = [...read, ...steps];
    if (outcomes.some(isFailed)) return outcomes;
    const names = new Set(program.map(({ name }) => name));
    return [...outcomes, ...(await this.#deleteAll(engine, options, names))];
  }

  /** Reads every resource, as `pulumi refresh` does. */
  async refresh(options: OperationOptions = {}): Promise<Outcome[]> {
    return this.#readAll(await this.#open(), options);
  }

  /** Deletes every resource, as `pulumi destroy` does. */
  async destroy(options: OperationOptions = {}): Promise<Outcome[]> {
    return this.#deleteAll(await this.#open(), options);
  }

  async #plan(engine: FakeEngine, resource: ProgramResource): Promise<Outcome> {
    const { name, type, inputs: declared } = resource;
    const before = this.state.get(name);
    const about = { name, type, declared, before };
    const step = before === undefined ? "create" : "same";
    return attempted({ ...about, step }, async () => {
      const plan = await engine.preview(resource, before);
      return { ...about, plan, step: plan.step, result: "ok", message: "" };
    });
  }

  async #apply(engine: FakeEngine, resource: ProgramResource & OperationOptions, planned: Outcome): Promise<Outcome> {
    const { plan, before, name } = planned;
    if (plan === undefined) return planned;
    const keep = (state: ResourceState) => {
      if (resource.lost !== name) this.state.set(name, state);
    };
    let deleted = before?.pendingReplacement ?? false;
    const outcome = await attempted(planned, async () => {
      const after = await engine.apply(resource, plan, before, (state) => {
        deleted = true;
        keep(state);
      });
      keep(after);
      const isLeft = before !== undefined && plan.step === "replace" && createsFirst(before.type);
      if (isLeft) this.pendingDeletions.add({ name, state: before });
      const isPartial = plan.step !== "same" && after.initErrors.length > 0;
      const message = isPartial ? after.initErrors.join(" ") : "";
      return { ...planned, after, result: isPartial ? "partial" : "ok", message };
    });
    return { ...outcome, deleted };
  }

  /** Reads the resources whose object exists. */
  async #readAll(engine: FakeEngine, options: OperationOptions): Promise<Outcome[]> {
    const existing = [...this.state].filter(([, { pendingReplacement }]) => !pendingReplacement);
    return each(existing, options, async ([name, before]) => {
      const about = { name, type: before.type, before, step: "read" } as const;
      return attempted(about, async () => {
        const after = await engine.refresh(before);
        if (after === undefined) this.state.delete(name);
        else this.state.set(name, after);
        return { ...about, ...(after === undefined ? {} : { after }), result: "ok", message: "" };
      });
    });
  }

  async #deleteAll(
    engine: FakeEngine,
    { lost, ...options }: OperationOptions,
    declared: ReadonlySet<string> = new Set(),
  ): Promise<Outcome[]> {
    const replaced = [...this.pendingDeletions].map((entry) => {
      const { name, state } = entry;
      return { name, label: `${name} (replaced)`, state, remove: () => this.pendingDeletions.delete(entry) };
    });
    const rest = [...this.state].filter(([name]) => !declared.has(name));
    const own = rest.map(([name, state]) => ({ name, label: name, state, remove: () => this.state.delete(name) }));
    return each([...replaced, ...own], options, async ({ name, label, state: before, remove }) => {
      const about = { name: label, type: before.type, before, step: "delete" } as const;
      return attempted(about, async () => {
        await engine.destroy(before);
        if (lost !== name) remove();
        return { ...about, result: "ok", message: "" };
      });
    });
  }
}

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

/** The outcome of an act; an error of the provider is one. Any other error is a mistake of the test. */
async function attempted(about: Omit<Outcome, "result" | "message">, act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ProviderError || error instanceof CheckError)) throw error;
    return { ...about, result: "error", message: error.message };
  }
}
