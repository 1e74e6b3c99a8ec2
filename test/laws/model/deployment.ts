import assert from "node:assert/strict";
import type { Emulator } from "../../../provider/emulator";
import { definitions } from "../../../provider/resources/registry";
import { type ResourceType, RpcError } from "../../drivers/grpc/client";
import { CheckError, type Harness, type Plan, type ResourceState } from "../../drivers/grpc/harness";
import { opened, type Properties, type Property, secret } from "../../drivers/grpc/properties";
import type { Engine } from "./renewal";
import { type OrganizationName, organizations, type Slot } from "./slots";
import { type Branch, branch } from "./tree";

/** A resource that the program declares. */
export interface DeclaredResource {
  /** Its name in the program. */
  readonly logical: string;
  /** What it is. */
  readonly slot: Slot;
  /** Its inputs. */
  readonly inputs: Branch;
}

/** What an operation did with a resource, and what came of it. */
export interface Outcome {
  /** Its name in the program or in the state. */
  readonly logical: string;
  /** Its type. */
  readonly type: ResourceType;
  /** Its organization. */
  readonly organization: OrganizationName;
  /** What the program declares; absent where the state alone knows the resource. */
  readonly declared?: Branch;
  /** What the engine planned; absent where it did not come to that. */
  readonly plan?: Plan;
  /** What the state held before. */
  readonly before: ResourceState | undefined;
  /** What the operation answered: what the state holds now, unless the answer was lost. Absent where it failed, or is gone. */
  readonly after?: ResourceState;
  /** What was done. */
  readonly step: "create" | "same" | "update" | "replace" | "delete" | "read";
  /** `partial`: it exists but is not all that was declared. */
  readonly result: "ok" | "partial" | "error";
  /** What the user was told; empty when all went well. */
  readonly said: string;
  /** Of a replacement: whether the old object was deleted. */
  readonly deleted?: boolean;
}

/** How an operation is run. */
export interface Manner {
  /** Refreshes first, in the same processes. */
  readonly refresh?: boolean;
  /** All resources of an organization at once. */
  readonly parallel?: boolean;
  /** The answer about this resource never reaches the engine. */
  readonly lost?: string | undefined;
}

/** How the provider calls Rhombus. */
export interface Pacing {
  /** How often a call is tried again. Default 0. */
  readonly retries?: number;
  /** Whether the provider soon gives up on a call. Default false. */
  readonly isHasty?: boolean;
}

/** A resource in the state. */
interface Kept {
  readonly organization: OrganizationName;
  readonly state: ResourceState;
}

/** The stack: what it holds, and how the engine deploys it. */
export class Deployment {
  readonly #engine: Engine;
  readonly #emulator: Emulator;
  readonly #state = new Map<string, Kept>();
  #pacing: Pacing = {};

  /** Takes where the processes come from, and the vendor. */
  constructor(engine: Engine, emulator: Emulator) {
    this.#engine = engine;
    this.#emulator = emulator;
  }

  /** Sets how the provider calls Rhombus from now on. Default: without tries again. */
  pace(pacing: Pacing): void {
    this.#pacing = pacing;
  }

  /** What the state holds of a resource. */
  stored(logical: string): ResourceState | undefined {
    return this.#state.get(logical)?.state;
  }

  /** The names of all resources in the state. */
  names(): string[] {
    return [...this.#state.keys()];
  }

  /** Renames a resource in the state, as an alias does. */
  alias(from: string, to: string): void {
    const kept = this.#state.get(from);
    if (kept === undefined || this.#state.has(to)) return;
    this.#state.delete(from);
    this.#state.set(to, kept);
  }

  /**
   * Plans, as `pulumi preview` does.
   * @param program What the program declares.
   */
  async preview(program: readonly DeclaredResource[]): Promise<Outcome[]> {
    return this.#everywhere(program, (harness, resources) =>
      this.#inTurn(resources, async (resource) => this.#planned(harness, resource)),
    );
  }

  /**
   * Deploys, as `pulumi up` does: what fails does not keep the others from going on, but then nothing is deleted.
   * @param program What the program declares.
   * @param manner How.
   */
  async up(program: readonly DeclaredResource[], manner: Manner = {}): Promise<Outcome[]> {
    let failed = false;
    const harnesses = new Map<OrganizationName, (outcomes: Outcome[]) => void>();
    const deployed = new Map<OrganizationName, Promise<Outcome[]>>();
    const names = Object.keys(organizations).filter(isOrganization);
    const involved = names.filter((name) => this.#isInvolved(name, program));
    for (const name of involved) {
      deployed.set(name, new Promise((resolve) => harnesses.set(name, resolve)));
    }
    const all = await Promise.all(
      involved.map((name) =>
        this.#during(name, async (harness) => {
          const own = program.filter(({ slot }) => slot.organization === name);
          const outcomes = await this.#deploy(harness, name, own, manner);
          harnesses.get(name)?.(outcomes);
          // The engine deletes when the program is at its end, and only if nothing has failed anywhere.
          const everywhere = (await Promise.all(deployed.values())).flat();
          failed ||= everywhere.some(({ result }) => result !== "ok");
          return failed ? outcomes : [...outcomes, ...(await this.#deleteRest(harness, name, program, manner))];
        }),
      ),
    );
    return all.flat();
  }

  /** Reads every resource, as `pulumi refresh` does. */
  async refresh(): Promise<Outcome[]> {
    return this.#everywhere([], (harness, _resources, organization) => this.#readAll(harness, organization));
  }

  /** Deletes every resource, as `pulumi destroy` does. */
  async destroy(): Promise<Outcome[]> {
    return this.#everywhere([], (harness, _resources, organization) => this.#deleteRest(harness, organization, [], {}));
  }

  async #everywhere(
    program: readonly DeclaredResource[],
    operation: (
      harness: Harness,
      resources: readonly DeclaredResource[],
      organization: OrganizationName,
    ) => Promise<Outcome[]>,
  ): Promise<Outcome[]> {
    const involved = Object.keys(organizations)
      .filter(isOrganization)
      .filter((name) => this.#isInvolved(name, program));
    const outcomes = await Promise.all(
      involved.map((name) =>
        this.#during(name, (harness) =>
          operation(
            harness,
            program.filter(({ slot }) => slot.organization === name),
            name,
          ),
        ),
      ),
    );
    return outcomes.flat();
  }

  #isInvolved(name: OrganizationName, program: readonly DeclaredResource[]): boolean {
    const stored = [...this.#state.values()].some(({ organization }) => organization === name);
    return stored || program.some(({ slot }) => slot.organization === name);
  }

  #during<T>(name: OrganizationName, operation: (harness: Harness) => Promise<T>): Promise<T> {
    const { retries = 0, isHasty = false } = this.#pacing;
    const config = {
      ...organizations[name].config(this.#emulator),
      "rhombus:maxRetries": `${retries}`,
      ...(isHasty ? { "rhombus:timeoutSeconds": `${this.#engine.shortTimeoutSeconds}` } : {}),
    };
    return this.#engine.during(name, config, operation);
  }

  async #deploy(
    harness: Harness,
    organization: OrganizationName,
    resources: readonly DeclaredResource[],
    { refresh = false, parallel = false, lost }: Manner,
  ): Promise<Outcome[]> {
    const read = refresh ? await this.#readAll(harness, organization) : [];
    if (read.some(({ result }) => result === "error")) return read;
    if (!parallel) return [...read, ...(await this.#inTurn(resources, (each) => this.#step(harness, each, lost)))];
    const plans = await this.#inTurn(resources, (each) => this.#planned(harness, each));
    const steps = await Promise.all(
      resources.map((each, index) => this.#carryOut(harness, each, plans[index] ?? assert.fail("no plan"), lost)),
    );
    return [...read, ...steps];
  }

  async #inTurn<T>(items: readonly T[], act: (item: T) => Promise<Outcome>): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const item of items) outcomes.push(await act(item));
    return outcomes;
  }

  async #step(harness: Harness, resource: DeclaredResource, lost: string | undefined): Promise<Outcome> {
    return this.#carryOut(harness, resource, await this.#planned(harness, resource), lost);
  }

  /** Checks and compares. */
  async #planned(harness: Harness, { logical, slot, inputs }: DeclaredResource): Promise<Outcome> {
    const before = this.stored(logical);
    const about = { logical, type: slot.type, organization: slot.organization, declared: inputs, before };
    try {
      const plan = await harness.preview({ type: slot.type, inputs: sealedInputs(inputs) }, before);
      return { ...about, plan, step: plan.step, result: "ok", said: "" };
    } catch (error) {
      return { ...about, step: before === undefined ? "create" : "same", result: "error", said: saidBy(error) };
    }
  }

  async #carryOut(
    harness: Harness,
    resource: DeclaredResource,
    planned: Outcome,
    lost: string | undefined,
  ): Promise<Outcome> {
    const { plan, before } = planned;
    if (plan === undefined) return planned;
    const { logical, slot } = resource;
    const keep = (state: ResourceState | undefined) => {
      if (lost !== logical) this.#keep(logical, slot.organization, state);
    };
    let deleted = false;
    try {
      let after: ResourceState;
      if (plan.step === "same" && before !== undefined) after = { ...before, inputs: plan.inputs };
      else if (plan.step === "update" && before !== undefined) after = await harness.update(before, plan.inputs);
      else {
        if (before !== undefined) {
          await harness.destroy(before);
          deleted = true;
          keep(undefined);
        }
        const anew = await harness.check({ type: slot.type, inputs: sealedInputs(resource.inputs) });
        after = await harness.create(slot.type, anew);
      }
      keep(after);
      const said = after.initErrors.join(" ");
      const isPartial = plan.step !== "same" && after.initErrors.length > 0;
      return { ...planned, after, said: isPartial ? said : "", result: isPartial ? "partial" : "ok", deleted };
    } catch (error) {
      return { ...planned, result: "error", said: saidBy(error), deleted };
    }
  }

  async #readAll(harness: Harness, organization: OrganizationName): Promise<Outcome[]> {
    return Promise.all(
      this.#of(organization).map(async ([logical, { state: before }]): Promise<Outcome> => {
        const about = { logical, type: before.type, organization, before, step: "read" } as const;
        try {
          const after = await harness.refresh(before);
          this.#keep(logical, organization, after);
          return { ...about, ...(after === undefined ? {} : { after }), result: "ok", said: "" };
        } catch (error) {
          return { ...about, result: "error", said: saidBy(error) };
        }
      }),
    );
  }

  async #deleteRest(
    harness: Harness,
    organization: OrganizationName,
    program: readonly DeclaredResource[],
    { lost }: Manner,
  ): Promise<Outcome[]> {
    const rest = this.#of(organization).filter(([name]) => !program.some(({ logical }) => logical === name));
    return this.#inTurn(rest, async ([logical, { state: before }]): Promise<Outcome> => {
      const about = { logical, type: before.type, organization, before, step: "delete" } as const;
      try {
        await harness.destroy(before);
        if (lost !== logical) this.#state.delete(logical);
        return { ...about, result: "ok", said: "" };
      } catch (error) {
        return { ...about, result: "error", said: saidBy(error) };
      }
    });
  }

  #of(organization: OrganizationName): [string, Kept][] {
    return [...this.#state].filter(([, kept]) => kept.organization === organization);
  }

  #keep(logical: string, organization: OrganizationName, state: ResourceState | undefined): void {
    if (state === undefined) this.#state.delete(logical);
    else this.#state.set(logical, { organization, state });
  }
}

/** The inputs as the resource classes hand them to the engine: keys of other vendors are secrets. */
function sealedInputs(inputs: Branch): Properties {
  const entries = Object.entries(inputs).map(([name, value]): [string, Property] => {
    return [name, name === "apiToken" || name === "apiSecretKey" ? secret(value) : value];
  });
  return Object.fromEntries(entries);
}

function isOrganization(name: string): name is OrganizationName {
  return Object.hasOwn(organizations, name);
}

function saidBy(error: unknown): string {
  if (error instanceof RpcError) return error.details;
  assert.ok(error instanceof CheckError, `neither the provider nor a check failed: ${error}`);
  return error.message;
}

/**
 * The inputs and outputs in a state, as plain values.
 * @param state The state.
 */
export function outputsOf(state: ResourceState): Branch {
  return opened(state.outputs);
}

/**
 * The inputs in a state, as the engine keeps them.
 * @param state The state.
 */
export function inputsOf(state: ResourceState): Branch {
  return named(state.type, opened(state.inputs));
}

/**
 * The inputs in a state, as the provider echoed or read them.
 * @param state The state.
 */
export function echoOf(state: ResourceState): Branch {
  return named(state.type, opened(state.outputs));
}

function named(type: ResourceType, values: Branch): Branch {
  const { fields } = definitions[type];
  return branch(Object.entries(values).filter(([name]) => Object.hasOwn(fields, name)));
}
