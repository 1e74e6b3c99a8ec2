import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { Behaviours, Emulator } from "../../../provider/emulator";
import { NAME_KEY } from "../../../provider/pulumi/handler";
import { definitionOf } from "../../../provider/resources/registry";
import { Deployment, type Outcome, type ProgramResource } from "../../drivers/deployment";
import type { Engine } from "../../drivers/engine";
import { secret } from "../../drivers/properties";
import { resourceFacts } from "../../resources/facts";
import type { Engines } from "./engines";
import { assertAllowed, assertPlan } from "./expectations";
import { isOvercome, isSilent, type OperationFault, planOf } from "./faults";
import { leftoversOf } from "./leftovers";
import { byId, KISI_V1, type RemoteObject, remoteId, remoteObjects } from "./remoteObjects";
import {
  keyOf,
  nameFieldOf,
  type OrganizationName,
  organizationNames,
  organizations,
  resourceOf,
  validInputs,
} from "./resources";
import type { Step } from "./sequence";
import { at, type Branch, branch, edited, isBranch, type Tree } from "./tree";

/** A resource in the program. */
interface Declaration {
  /** Its logical name, which changes with a rename. */
  readonly name: string;
  readonly inputs: Branch;
}

/** All remote objects, by organization. */
export type RemoteState = Readonly<Record<OrganizationName, readonly RemoteObject[]>>;

/** The emulator, the stack and the program of a sequence. */
export class Scenario {
  readonly deployment = new Deployment((provider) => this.#open(provider));
  /** The declarations, by the name of the resource in the model. */
  readonly program = new Map<string, Declaration>();
  /** The ids of the objects that somebody created in the console. */
  readonly createdRemotely = new Set<string>();
  /** The ids of the objects that an operation created and the state does not contain. */
  readonly leftovers = new Set<string>();
  /** The number of steps that were possible. */
  steps = 0;
  readonly #renames = new Map<string, number>();
  readonly #engines: Engines;
  #fault: OperationFault | undefined;

  constructor(
    readonly emulator: Emulator,
    engines: Engines,
  ) {
    this.#engines = engines;
  }

  get behaviours(): Behaviours {
    return this.emulator.behaviours;
  }

  /** The program as the engine receives it. Keys of other vendors are secrets. */
  declared(): ProgramResource[] {
    return [...this.program].map(([resource, { name, inputs }]) => {
      const { type, organization } = resourceOf(resource);
      const { fields } = definitionOf(type);
      const entries = Object.entries(inputs).map(([field, value]) => {
        return [field, fields[field]?.modifiers.secret ? secret(value) : value];
      });
      return { name, type, provider: organization, inputs: { ...Object.fromEntries(entries), [NAME_KEY]: name } };
    });
  }

  /** The inputs that the program declares under a logical name. */
  inputsOf(name: string): Branch | undefined {
    return [...this.program.values()].find((each) => each.name === name)?.inputs;
  }

  remote(): RemoteState {
    return { acme: this.#objects("acme"), bluebird: this.#objects("bluebird") };
  }

  /** The ids of the objects in the state. */
  managed(): ReadonlySet<string> {
    return new Set([...this.deployment.state.values()].flatMap((state) => remoteId(state, this.behaviours) ?? []));
  }

  /** Carries out a step if it is possible. */
  async take(step: Step): Promise<void> {
    if (await this.#carryOut(step)) this.steps++;
  }

  /** Runs an operation of the engine and compares its effects with the model. */
  async run(operation: () => Promise<Outcome[]>, fault?: OperationFault): Promise<Outcome[]> {
    await this.#waitForReads();
    const before = this.remote();
    const { outcomes, hasFault } = await this.#during(fault, operation);
    const after = this.remote();
    for (const organization of organizationNames) {
      const own = outcomes.filter(({ provider }) => provider === organization);
      const { behaviours } = this;
      const sides = { before: before[organization], after: after[organization] };
      assertAllowed({ ...sides, outcomes: own.map((each) => this.#explicit(each)), behaviours, hasFault });
      const created = { ...sides, outcomes: own, managed: this.managed(), behaviours };
      for (const id of leftoversOf(created)) this.leftovers.add(id);
    }
    return outcomes;
  }

  up(): Promise<Outcome[]> {
    return this.run(() => this.deployment.up(this.declared()));
  }

  /** Refreshes. No remote object may change. */
  async refresh(fault?: OperationFault): Promise<Outcome[]> {
    const before = this.remote();
    const outcomes = await this.run(() => this.deployment.refresh({ parallel: true }), fault);
    assert.deepEqual(this.remote(), before);
    return outcomes;
  }

  /** Plans, and compares the plans with the model. No remote object may change. */
  async preview(): Promise<Outcome[]> {
    await this.#waitForReads();
    const before = this.remote();
    const outcomes = await this.deployment.preview(this.declared());
    for (const outcome of outcomes) assertPlan(this.#explicit(outcome));
    assert.deepEqual(this.remote(), before);
    return outcomes;
  }

  /** Puts a resource into the program, or changes its inputs. Two resources of one name are not possible. */
  declare(resource: string, inputs: Branch): boolean {
    const { type, organization } = resourceOf(resource);
    const isTaken = [...this.program].some(([other, declaration]) => {
      const { type: otherType, organization: otherOrganization } = resourceOf(other);
      const isSame = keyOf(otherType, declaration.inputs) === keyOf(type, inputs);
      return other !== resource && otherOrganization === organization && isSame;
    });
    if (isTaken) return false;
    this.program.set(resource, { name: this.program.get(resource)?.name ?? this.#nameOf(resource), inputs });
    return true;
  }

  async #open(provider: string): Promise<Engine> {
    const organization = organizationNames.find((name) => name === provider) ?? assert.fail(provider);
    const config: Record<string, string> = organizations[organization].config(this.emulator);
    config["rhombus:maxRetries"] = `${this.#fault?.retries ?? 0}`;
    if (isSilent(this.#fault)) config["rhombus:timeoutSeconds"] = `${this.#engines.shortTimeoutSeconds}`;
    return this.#engines.open(config);
  }

  /** The outcome with inputs as the program declares them, without marks of secrets. */
  #explicit(outcome: Outcome) {
    const { declared, ...rest } = outcome;
    const inputs = declared === undefined ? undefined : this.inputsOf(outcome.name);
    return inputs === undefined ? rest : { ...rest, declared: inputs };
  }

  /** Runs an operation, and finds out if a fault affected it. */
  async #during(fault: OperationFault | undefined, operation: () => Promise<Outcome[]>) {
    const { emulator } = this;
    emulator.clearRequests();
    const planned = fault && emulator.fail(planOf(fault));
    this.#fault = fault;
    const outcomes = await operation();
    this.#fault = undefined;
    emulator.clearFaults();
    const isUsed = planned !== undefined && planned.remaining < (fault?.times ?? 1);
    const isFelt = fault !== undefined && (isUsed || isSilent(fault)) && !isOvercome(fault);
    return { outcomes, hasFault: isFelt || emulator.requests().some(({ status }) => status === 500) };
  }

  async #carryOut(step: Step): Promise<boolean> {
    switch (step.do) {
      case "declare":
        return this.declare(step.resource, declaredInputs(step, this.behaviours));
      case "undeclare":
        return this.program.delete(step.resource);
      case "edit":
        return this.#edit(step);
      case "rename":
        return this.#rename(step);
      case "editRemotely":
        return this.#editRemotely(step);
      case "createRemotely":
        return this.#createRemotely(step.resource);
      case "removeRemotely":
        return this.#removeRemotely(step.resource);
      case "preview":
        await this.preview();
        return true;
      case "refresh":
        await this.refresh(step.fault);
        return true;
      case "destroy":
        await this.run(() => this.deployment.destroy(), step.fault);
        return true;
      case "up": {
        const { fault, do: _action, ...options } = step;
        const lost = step.lost === undefined ? undefined : this.program.get(step.lost)?.name;
        await this.run(() => this.deployment.up(this.declared(), { ...options, lost }), fault);
        return true;
      }
    }
  }

  #rename({ resource, with: way }: Extract<Step, { do: "rename" }>): boolean {
    const declaration = this.program.get(resource);
    if (declaration === undefined) return false;
    this.#renames.set(resource, (this.#renames.get(resource) ?? 0) + 1);
    const name = this.#nameOf(resource);
    const { state } = this.deployment;
    const stored = state.get(declaration.name);
    if (way === "alias" && stored !== undefined && !state.has(name)) {
      state.delete(declaration.name);
      state.set(name, stored);
    }
    const { inputs } = declaration;
    this.program.set(resource, { name, inputs: way === "adopt" ? { ...inputs, adopt: true } : inputs });
    return true;
  }

  #edit({ resource, path, value }: Extract<Step, { do: "edit" | "editRemotely" }>): boolean {
    const inputs = this.program.get(resource)?.inputs;
    if (inputs === undefined || hasValue(inputs, path, value)) return false;
    const changed = edited(inputs, path, value);
    return isBranch(changed) && this.declare(resource, validInputs(resource, changed, this.behaviours));
  }

  /** Somebody changes the object of a resource in the console, or one that could be its object. */
  #editRemotely({ resource, path, value }: Extract<Step, { do: "edit" | "editRemotely" }>): boolean {
    const { type, organization } = resourceOf(resource);
    const object = this.#objectOf(resource);
    if (object === undefined || hasValue(object.tree, path, value)) return false;
    const tree = edited(object.tree, path, value);
    const others = this.#objects(organization).filter(({ id }) => id !== object.id);
    const isTaken = others.some((other) => keyOf(other.type, other.tree) === keyOf(type, tree));
    if (isTaken && !this.#mayShareName(type)) return false;
    this.set(organization, object, tree);
    return true;
  }

  /** Gives an object other properties in the console. */
  set(organization: OrganizationName, { type, id }: RemoteObject, tree: Tree | undefined): void {
    resourceFacts[type].set(this.#console(organization), id, isBranch(tree) ? tree : {});
  }

  #createRemotely(resource: string): boolean {
    const { type, organization, least } = resourceOf(resource);
    const before = this.#objects(organization);
    const exists = before.some((other) => keyOf(other.type, other.tree) === keyOf(type, least));
    if (exists && (nameFieldOf(type) === undefined || !this.#mayShareName(type))) return false;
    resourceFacts[type].add(this.#console(organization), { ...least, enabled: true }, this.behaviours);
    for (const { id } of this.#objects(organization)) if (!byId(before, id)) this.createdRemotely.add(id);
    return true;
  }

  #removeRemotely(resource: string): boolean {
    const object = this.#objectOf(resource);
    if (object === undefined) return false;
    resourceFacts[object.type].remove(this.#console(resourceOf(resource).organization), object.id);
    return true;
  }

  #mayShareName(type: string): boolean {
    return type !== "AccessControlGroup" || this.behaviours.groupNames !== "unique";
  }

  /** The object of a resource in the state, or one that could be its object. */
  #objectOf(resource: string): RemoteObject | undefined {
    const { type, organization, least } = resourceOf(resource);
    const declaration = this.program.get(resource);
    const state = this.deployment.state.get(declaration?.name ?? this.#nameOf(resource));
    const key = keyOf(type, declaration?.inputs ?? least);
    const objects = this.#objects(organization);
    const named = () => objects.find((each) => keyOf(each.type, each.tree) === key);
    const found = byId(objects, remoteId(state, this.behaviours)) ?? named();
    return found?.id === KISI_V1 ? undefined : found;
  }

  #nameOf(resource: string): string {
    return `${resource}${this.#renames.get(resource) ?? ""}`;
  }

  #console(organization: OrganizationName) {
    return this.emulator.console(organizations[organization].orgUuid);
  }

  #objects(organization: OrganizationName): RemoteObject[] {
    return remoteObjects(this.#console(organization));
  }

  /** Waits until reads no longer lag, because the model does not know what they show. */
  async #waitForReads(): Promise<void> {
    const { readLagMs } = this.behaviours;
    if (readLagMs > 0) await new Promise((resolve) => setTimeout(resolve, readLagMs + 2));
  }
}

function declaredInputs({ resource, fields, adopt }: Extract<Step, { do: "declare" }>, behaviours: Behaviours): Branch {
  const { least, fields: values } = resourceOf(resource);
  const others = Object.entries(fields).map(([name, which = 0]) => [name, values[name]?.[which]] as const);
  return validInputs(resource, { ...least, ...branch(others), ...(adopt ? { adopt } : {}) }, behaviours);
}

function hasValue(tree: Tree, path: readonly string[], value: Tree | undefined): boolean {
  return isDeepStrictEqual(
    path.reduce<Tree | undefined>((found, name) => at(found, name), tree),
    value,
  );
}
