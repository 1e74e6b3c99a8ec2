import { NAME_KEY } from "../../../provider/pulumi/handler";
import { definitions, type ResourceType } from "../../../provider/resources/registry";
import { Deployment, type Outcome as DriverOutcome, type OperationOptions } from "../../drivers/deployment";
import type { Engine, ResourceState } from "../../drivers/engine";
import { opened, secret } from "../../drivers/properties";
import type { OrganizationName, Slot } from "./slots";
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

/** What an operation did with a resource. */
export interface Outcome extends Omit<DriverOutcome, "declared"> {
  readonly logical: string;
  readonly organization: OrganizationName;
  readonly declared?: Branch;
  readonly said: string;
}

/** The stack of a sequence. */
export class ModelDeployment {
  readonly #deployment: Deployment;

  constructor(open: (organization: OrganizationName) => Promise<Engine>) {
    this.#deployment = new Deployment((provider) => open(provider as OrganizationName));
  }

  stored(logical: string): ResourceState | undefined {
    return this.#deployment.state.get(logical);
  }

  names(): string[] {
    return [...this.#deployment.state.keys()];
  }

  alias(from: string, to: string): void {
    const { state } = this.#deployment;
    const kept = state.get(from);
    if (kept === undefined || state.has(to)) return;
    state.delete(from);
    state.set(to, kept);
  }

  async preview(program: readonly DeclaredResource[]): Promise<Outcome[]> {
    return this.#told(program, await this.#deployment.preview(program.map(resourceOf)));
  }

  async up(program: readonly DeclaredResource[], options: OperationOptions = {}): Promise<Outcome[]> {
    return this.#told(program, await this.#deployment.up(program.map(resourceOf), options));
  }

  async refresh(): Promise<Outcome[]> {
    return this.#told([], await this.#deployment.refresh({ parallel: true }));
  }

  async destroy(): Promise<Outcome[]> {
    return this.#told([], await this.#deployment.destroy());
  }

  #told(program: readonly DeclaredResource[], outcomes: readonly DriverOutcome[]): Outcome[] {
    return outcomes.map(({ declared, ...outcome }) => {
      const inputs = declared && program.find(({ logical }) => logical === outcome.name)?.inputs;
      const about = {
        logical: outcome.name,
        organization: outcome.provider as OrganizationName,
        said: outcome.message,
      };
      return { ...outcome, ...about, ...(inputs === undefined ? {} : { declared: inputs }) };
    });
  }
}

function resourceOf({ logical, slot, inputs }: DeclaredResource) {
  const entries = Object.entries(inputs).map(([name, value]): [string, unknown] => {
    return [name, name === "apiToken" || name === "apiSecretKey" ? secret(value) : value];
  });
  const { type, organization } = slot;
  return {
    name: logical,
    type,
    provider: organization,
    inputs: { ...Object.fromEntries(entries), [NAME_KEY]: logical },
  };
}

export function outputsOf(state: ResourceState): Branch {
  return opened(state.outputs);
}

export function inputsOf(state: ResourceState): Branch {
  return named(state.type, opened(state.inputs));
}

export function echoOf(state: ResourceState): Branch {
  return named(state.type, opened(state.outputs));
}

function named(type: ResourceType, values: Branch): Branch {
  const { fields } = definitions[type];
  return branch(Object.entries(values).filter(([name]) => Object.hasOwn(fields, name)));
}
