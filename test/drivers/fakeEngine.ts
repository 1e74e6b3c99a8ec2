import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { HANDLER_KEY, handlerText } from "../../provider/pulumi/handler";
import { definitionOf, type ResourceType } from "../../provider/resources/registry";
import { annotated, opened, type Properties } from "./properties";
import { type CheckFailure, ProviderError, type Transport } from "./transport";

/** A resource as a program declares it. */
export interface Declared {
  readonly type: ResourceType;
  readonly inputs: Properties;
}

/** A resource in a state. */
export interface ResourceState {
  readonly type: ResourceType;
  readonly id: string;
  /** The checked inputs, with `__provider`. */
  readonly inputs: Properties;
  /** The outputs, with `__provider`. */
  readonly outputs: Properties;
  /** The reasons of a partial failure. The next deployment updates the resource then, whatever `diff` answers. */
  readonly initErrors: readonly string[];
  /** A replacement has deleted the object and not created it yet. The engine neither reads nor deletes it. */
  readonly pendingReplacement?: true;
}

/** A planned step. */
export interface PlannedStep {
  readonly step: "create" | "same" | "update" | "replace";
  /** The checked inputs. */
  readonly inputs: Properties;
}

/**
 * True if a replacement creates the new object before it deletes the old one.
 * @param type The type.
 */
export function createsFirst(type: ResourceType): boolean {
  return definitionOf(type).createsReplacementFirst ?? false;
}

/** Inputs that `check` refused. */
export class CheckError extends Error {
  override readonly name = "CheckError";

  constructor(readonly failures: readonly CheckFailure[]) {
    super(failures.map(({ property, reason }) => (property === "" ? reason : `${property}: ${reason}`)).join("\n"));
  }
}

/**
 * The rules of the engine for one resource: secrets are marked again by name, the prior values are outputs, a partial failure is
 * stored, an answer without id is an error, a replacement deletes first unless the definition states otherwise. It does not apply `additionalSecretOutputs`, so that
 * the marks of the provider itself can be seen.
 */
export class FakeEngine {
  /** Takes the transport to the provider, which tests of single calls use as well. */
  constructor(readonly provider: Transport) {}

  /** Checks and compares, as `pulumi preview` does. */
  async preview(declared: Declared, state?: ResourceState): Promise<PlannedStep> {
    const { type } = declared;
    const inputs = await this.#check(declared, state);
    if (state === undefined) return { step: "create", inputs };
    const { changes, replaces } = await this.provider.diff(type, { id: state.id, olds: state.outputs, news: inputs });
    // The engine checks the inputs of a replacement again, without those of the state.
    if (state.pendingReplacement || replaces.length > 0)
      return { step: "replace", inputs: await this.#check(declared) };
    const isChanged = changes ?? !isDeepStrictEqual(opened(state.inputs), opened(inputs));
    return { step: isChanged || state.initErrors.length > 0 ? "update" : "same", inputs };
  }

  /**
   * Carries out a plan. A partial failure is not an error: the state has its reasons. The old object of a replacement that
   * creates first is left to the caller.
   * @param onDeleted Takes the state after the first half of a replacement.
   */
  async apply(
    { type }: Declared,
    { step, inputs }: PlannedStep,
    state?: ResourceState,
    onDeleted: (state: ResourceState) => void = () => {},
  ): Promise<ResourceState> {
    if (state === undefined) return this.#create(type, inputs);
    if (step === "same") return { ...state, inputs };
    if (step === "update") return this.#update(state, inputs);
    if (createsFirst(type)) return this.#create(type, inputs);
    await this.destroy(state);
    onDeleted({ ...state, pendingReplacement: true });
    return this.#create(type, inputs);
  }

  /** Deploys a resource, as `pulumi up` does. */
  async up(declared: Declared, state?: ResourceState): Promise<{ step: PlannedStep["step"]; state: ResourceState }> {
    const plan = await this.preview(declared, state);
    const applied = await this.apply(declared, plan, state);
    if (state !== undefined && plan.step === "replace" && createsFirst(declared.type)) await this.destroy(state);
    return { step: plan.step, state: applied };
  }

  /** Reads a resource, as `pulumi refresh` does. Returns `undefined` if the object is gone. */
  async refresh(state: ResourceState): Promise<ResourceState | undefined> {
    const { type, id, outputs } = state;
    if (state.pendingReplacement) return state;
    const read = await this.provider.read(type, { id, outputs });
    if (read.id === "") return undefined;
    return {
      ...state,
      id: read.id,
      inputs: read.inputs === undefined ? state.inputs : annotated(read.inputs, state.inputs),
      outputs: annotated(read.outputs, outputs),
      initErrors: [],
    };
  }

  /** Reads an object that is not managed, as the static `get` of a resource class does. */
  async get(type: ResourceType, id: string): Promise<ResourceState> {
    const asked = { __get: true };
    const { inputs = asked, ...read } = await this.provider.read(type, { id, outputs: asked });
    return { type, ...read, inputs, initErrors: [] };
  }

  /** Deletes a resource, as `pulumi destroy` does. */
  async destroy({ type, id, outputs, pendingReplacement }: ResourceState): Promise<void> {
    if (!pendingReplacement) await this.provider.delete(type, { id, outputs });
  }

  async #check({ type, inputs: news }: Declared, state?: ResourceState): Promise<Properties> {
    const { inputs, failures } = await this.provider.check(type, { olds: state?.inputs ?? {}, news });
    if (failures.length > 0) throw new CheckError(failures);
    return annotated(inputs, news);
  }

  async #create(type: ResourceType, inputs: Properties): Promise<ResourceState> {
    try {
      const { id, outputs } = await this.provider.create(type, inputs);
      assert.ok(id, "the provider created an object and did not answer its id");
      return { type, id, inputs, outputs: annotated(outputs, inputs), initErrors: [] };
    } catch (error) {
      const { id, properties, reasons } = initFailureOf(type, error);
      return { type, id, inputs, outputs: annotated(properties, inputs), initErrors: reasons };
    }
  }

  /** After a partial failure, the state has the outputs of the failure and the inputs from before. */
  async #update({ type, id, outputs: olds, ...state }: ResourceState, inputs: Properties): Promise<ResourceState> {
    try {
      const { outputs } = await this.provider.update(type, { id, olds, news: inputs });
      return { type, id, inputs, outputs: annotated(outputs, inputs), initErrors: [] };
    } catch (error) {
      const { properties, reasons } = initFailureOf(type, error);
      return { ...state, type, id, outputs: annotated(properties, inputs), initErrors: reasons };
    }
  }
}

function initFailureOf(type: ResourceType, error: unknown) {
  if (!(error instanceof ProviderError) || error.initFailure === undefined) throw error;
  const { properties } = error.initFailure;
  assert.equal(properties[HANDLER_KEY], handlerText(type), "a partial failure needs __provider");
  return error.initFailure;
}
