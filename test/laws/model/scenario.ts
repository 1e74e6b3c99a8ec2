import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { check } from "../../../provider/core/operations/check";
import { type Behaviours, campusSeed, type Emulator, type OrganizationConsole } from "../../../provider/emulator";
import { NAME_KEY } from "../../../provider/pulumi/handler";
import { definitionOf } from "../../../provider/resources/registry";
import { Deployment, type Outcome, type ProgramResource } from "../../drivers/deployment";
import { direct } from "../../drivers/direct";
import { FakeEngine } from "../../drivers/fakeEngine";
import { secret } from "../../drivers/properties";
import { resourceFacts } from "../../resources/facts";
import { assertAllowed, assertPlan, leftoversOf } from "./expectations";
import { isOvercome, isSilent, type OperationFault, planOf } from "./faults";
import { byId, fieldsIn, type ModelOutcome, type RemoteObject, remoteId, remoteObjects } from "./remoteObjects";
import { isVendorKey, keyOf, resourceOf, undeclaredIn } from "./resources";
import type { Step } from "./sequence";
import { at, type Branch, branch, edited, isBranch, type Tree } from "./tree";

/** A resource in the program. */
interface Declaration {
  /** Its logical name, which changes with a rename. */
  readonly name: string;
  readonly inputs: Branch;
}

/** The setting `timeoutSeconds` under a fault without an answer. No other timer of the provider is as long. */
export const DEADLINE_SECONDS = 599;

/** The longest pause between two reads. */
export const PAUSE_MS = 60;

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The emulator, the stack and the program of a sequence. */
export class Scenario {
  readonly deployment = new Deployment(() => this.#open());
  /** The declarations, by the name of the resource in the model. */
  readonly program = new Map<string, Declaration>();
  /** The ids of the objects that were created in the console. */
  readonly createdRemotely = new Set<string>();
  /** The ids of the objects that an operation created and the state does not contain. */
  readonly leftovers = new Set<string>();
  /** The number of steps that were possible. */
  steps = 0;
  readonly #renames = new Map<string, number>();
  readonly #console: OrganizationConsole;
  #fault: OperationFault | undefined;

  constructor(readonly emulator: Emulator) {
    this.#console = emulator.console(campusSeed.acme.orgUuid);
  }

  get behaviours(): Behaviours {
    return this.emulator.behaviours;
  }

  remote(): RemoteObject[] {
    return remoteObjects(this.#console);
  }

  /** The ids of the objects in the state. */
  managed(): ReadonlySet<string> {
    return new Set([...this.deployment.state.values()].flatMap((state) => remoteId(state) ?? []));
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
    const { behaviours } = this;
    const transition = { before, after: this.remote(), outcomes: outcomes.map(modelOutcome), behaviours, hasFault };
    assertAllowed(transition);
    for (const id of leftoversOf(transition, this.managed())) this.leftovers.add(id);
    return outcomes;
  }

  up(): Promise<Outcome[]> {
    return this.run(() => this.deployment.up(this.#resources()));
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
    const outcomes = await this.deployment.preview(this.#resources());
    for (const outcome of outcomes) assertPlan(modelOutcome(outcome));
    assert.deepEqual(this.remote(), before);
    return outcomes;
  }

  /** Puts a resource into the program, or changes its inputs. Invalid inputs and two resources of one name are not possible. */
  declare(resource: string, written: Branch): boolean {
    const { type } = resourceOf(resource);
    const inputs = { ...undeclaredIn(type), ...written };
    if (check(definitionOf(type), inputs).failures.length > 0) return false;
    const key = keyOf(type, inputs);
    const others = [...this.program].filter(([other]) => other !== resource);
    if (others.some(([other, each]) => keyOf(resourceOf(other).type, each.inputs) === key)) return false;
    this.program.set(resource, { name: this.program.get(resource)?.name ?? this.#nameOf(resource), inputs });
    return true;
  }

  /** Gives an object other properties in the console. */
  set({ type, id }: RemoteObject, tree: Tree | undefined): void {
    resourceFacts[type].set(this.#console, id, isBranch(tree) ? tree : {});
  }

  /** The program as the engine receives it. Vendor keys are secrets. */
  #resources(): ProgramResource[] {
    return [...this.program].map(([resource, { name, inputs }]) => {
      const { type } = resourceOf(resource);
      const entries = Object.entries(inputs).map(([field, value]) => {
        return [field, isVendorKey(type, field) ? secret(value) : value];
      });
      return { name, type, inputs: { ...Object.fromEntries(entries), [NAME_KEY]: name } };
    });
  }

  async #open(): Promise<FakeEngine> {
    const config: Record<string, string> = {
      "rhombus:apiKey": campusSeed.acme.apiKey,
      "rhombus:endpoint": this.emulator.url,
      "rhombus:maxRetries": `${this.#fault?.retries ?? 0}`,
    };
    if (isSilent(this.#fault)) config["rhombus:timeoutSeconds"] = `${DEADLINE_SECONDS}`;
    const polling = { delaysMs: [5, PAUSE_MS, PAUSE_MS], sleep };
    return new FakeEngine(await direct(config, { polling, tell: () => {} }));
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
        return this.declare(step.resource, declaredInputs(step));
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
      default:
        await this.#operate(step);
        return true;
    }
  }

  async #operate(step: Extract<Step, { do: "preview" | "refresh" | "destroy" | "up" }>): Promise<unknown> {
    switch (step.do) {
      case "preview":
        return this.preview();
      case "refresh":
        return this.refresh(step.fault);
      case "destroy":
        return this.run(() => this.deployment.destroy(), step.fault);
      case "up": {
        const { fault, do: _action, ...options } = step;
        const lost = step.lost === undefined ? undefined : this.program.get(step.lost)?.name;
        return this.run(() => this.deployment.up(this.#resources(), { ...options, lost }), fault);
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
    return isBranch(changed) && this.declare(resource, changed);
  }

  /** Somebody changes the object of a resource in the console, or one that could be its object. */
  #editRemotely({ resource, path, value }: Extract<Step, { do: "edit" | "editRemotely" }>): boolean {
    const { type } = resourceOf(resource);
    const object = this.#objectOf(resource);
    if (object === undefined || hasValue(object.tree, path, value)) return false;
    const tree = edited(object.tree, path, value);
    const others = this.remote().filter(({ id }) => id !== object.id);
    const isTaken = others.some((other) => keyOf(other.type, other.tree) === keyOf(type, tree));
    if (isTaken && !this.#mayShareName(type)) return false;
    this.set(object, tree);
    return true;
  }

  #createRemotely(resource: string): boolean {
    const { type, least } = resourceOf(resource);
    const before = this.remote();
    const exists = before.some((other) => keyOf(other.type, other.tree) === keyOf(type, least));
    if (exists && !this.#mayShareName(type)) return false;
    resourceFacts[type].add(this.#console, { ...least, enabled: true }, this.behaviours);
    for (const { id } of this.remote()) if (!byId(before, id)) this.createdRemotely.add(id);
    return true;
  }

  #removeRemotely(resource: string): boolean {
    const object = this.#objectOf(resource);
    if (object === undefined) return false;
    resourceFacts[object.type].remove(this.#console, object.id);
    return true;
  }

  #mayShareName(type: string): boolean {
    if (type === "AccessControlGroup") return this.behaviours.groupNames !== "unique";
    return type === "OnGuardIntegration";
  }

  /** The object of a resource in the state, or one that could be its object. */
  #objectOf(resource: string): RemoteObject | undefined {
    const { type, least } = resourceOf(resource);
    const declaration = this.program.get(resource);
    const state = this.deployment.state.get(declaration?.name ?? this.#nameOf(resource));
    const key = keyOf(type, declaration?.inputs ?? least);
    const objects = this.remote();
    return byId(objects, remoteId(state)) ?? objects.find((each) => keyOf(each.type, each.tree) === key);
  }

  #nameOf(resource: string): string {
    return `${resource}${this.#renames.get(resource) ?? ""}`;
  }

  /** Waits until reads no longer lag, because the model does not know what they show. */
  async #waitForReads(): Promise<void> {
    const { readLagMs } = this.behaviours;
    if (readLagMs > 0) await sleep(readLagMs + 2);
  }
}

function modelOutcome({ declared, ...outcome }: Outcome): ModelOutcome {
  return declared === undefined ? outcome : { ...outcome, declared: fieldsIn(outcome.type, declared) };
}

function declaredInputs({ resource, fields, adopt }: Extract<Step, { do: "declare" }>): Branch {
  const { least, fields: values } = resourceOf(resource);
  const others = Object.entries(fields).map(([name, which = 0]) => [name, values[name]?.[which]] as const);
  return { ...least, ...branch(others), ...(adopt ? { adopt } : {}) };
}

function hasValue(tree: Tree, path: readonly string[], value: Tree | undefined): boolean {
  return isDeepStrictEqual(
    path.reduce<Tree | undefined>((found, name) => at(found, name), tree),
    value,
  );
}
